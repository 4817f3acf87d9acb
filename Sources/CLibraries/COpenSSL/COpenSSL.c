#include "COpenSSL.h"

#include <pthread.h>

/* Looking an algorithm up by name costs more than hashing a short message, so it is fetched once
 * for the process. It is never freed: it lives as long as the library. */
static EVP_MD *sha256;
static pthread_key_t context_key;
static int key_exists;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;
static _Thread_local EVP_MD_CTX *thread_context;

static void free_context(void *context) { EVP_MD_CTX_free(context); }

static void prepare(void) {
  sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
  key_exists = pthread_key_create(&context_key, free_context) == 0;
}

EVP_MD_CTX *gb_openssl_sha256_new(void) {
  pthread_once(&prepared, prepare);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  if (context == NULL || EVP_DigestInit_ex2(context, sha256, NULL) == 1) return context;
  EVP_MD_CTX_free(context);
  return NULL;
}

int gb_openssl_sha256_restart(EVP_MD_CTX *context) {
  return EVP_DigestInit_ex2(context, sha256, NULL);
}

int gb_openssl_sha256_digest(EVP_MD_CTX *context, const void *bytes, size_t count,
                             uint64_t *words) {
  if (EVP_DigestInit_ex2(context, sha256, NULL) != 1) return 0;
  if (count > 0 && EVP_DigestUpdate(context, bytes, count) != 1) return 0;
  return gb_openssl_sha256_finish(context, words);
}

int gb_openssl_sha256_once(const void *bytes, size_t count, uint64_t *words) {
  if (thread_context == NULL) {
    EVP_MD_CTX *context = gb_openssl_sha256_new();
    if (context == NULL) return 0;
    if (!key_exists || pthread_setspecific(context_key, context) != 0) {
      /* Without the key nobody would free it at the end of the thread. */
      int result = gb_openssl_sha256_digest(context, bytes, count, words);
      EVP_MD_CTX_free(context);
      return result;
    }
    thread_context = context;
  }
  return gb_openssl_sha256_digest(thread_context, bytes, count, words);
}

int gb_openssl_sha256_finish(EVP_MD_CTX *context, uint64_t *words) {
  unsigned char digest[32];
  unsigned int length = 0;
  if (EVP_DigestFinal_ex(context, digest, &length) != 1 || length != sizeof digest) return 0;
  for (int word = 0; word < 4; word++) {
    uint64_t value = 0;
    for (int byte = 0; byte < 8; byte++) value = value << 8 | digest[word * 8 + byte];
    words[word] = value;
  }
  return 1;
}
