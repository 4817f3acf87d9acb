#ifndef GB_CZLIB_H
#define GB_CZLIB_H

#include <zlib.h>

/// The init calls are macros, which Swift does not see.
static inline int gb_zlib_inflate_init(z_stream *_Nonnull stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}

static inline int gb_zlib_deflate_init(
    z_stream *_Nonnull stream, int level, int window_bits, int memory_level) {
  return deflateInit2(stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
}

#endif
