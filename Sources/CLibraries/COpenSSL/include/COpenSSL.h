#ifndef GB_COPENSSL_H
#define GB_COPENSSL_H

#include <openssl/evp.h>
#include <stdint.h>

/* A hashing context that is ready for its first update. Null when memory ran out. */
EVP_MD_CTX *_Nullable gb_openssl_sha256_new(void);

/* Starts over. Returns 1 on success, as OpenSSL does. */
int gb_openssl_sha256_restart(EVP_MD_CTX *_Nonnull context);

/* Hashes one message in a context that already exists. Returns 1 on success. */
int gb_openssl_sha256_digest(EVP_MD_CTX *_Nonnull context, const void *_Nullable bytes,
                             size_t count, uint64_t *_Nonnull words);

/* Hashes one message in the context of the calling thread, which is freed when the thread ends. */
int gb_openssl_sha256_once(const void *_Nullable bytes, size_t count, uint64_t *_Nonnull words);

/* Writes the digest as four big-endian words. Returns 1 on success. */
int gb_openssl_sha256_finish(EVP_MD_CTX *_Nonnull context, uint64_t *_Nonnull words);

#endif
