#include <zlib.h>

// Macros of zlib that Swift cannot see.
static inline int lake_inflate_gzip_begin(z_stream *stream) {
  return inflateInit2(stream, 15 + 16 /* the gzip format alone */);
}
