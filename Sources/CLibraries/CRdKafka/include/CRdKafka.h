#ifndef GB_CRDKAFKA_H
#define GB_CRDKAFKA_H

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <malloc.h>

// The C library's allocator gives freed blocks of megabytes back to the system, and gets them anew.
static inline void gb_keep_freed_memory(int from_bytes, int up_to_bytes) {
#ifdef M_MMAP_THRESHOLD
  mallopt(M_MMAP_THRESHOLD, from_bytes);
  mallopt(M_TRIM_THRESHOLD, up_to_bytes);
#else
  (void)from_bytes, (void)up_to_bytes;
#endif
}

#endif
