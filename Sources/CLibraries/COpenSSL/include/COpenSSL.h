#ifndef GB_COPENSSL_H
#define GB_COPENSSL_H

#include <openssl/evp.h>

#endif
