/* The decoder of ZSTD. */
#include "buffer.h"
#include "numbers.h"

#include "zstd.h"

static ZSTD_DCtx *context;

/* 0: fine; 1: damaged, or not of that size. */
EXPORT("zstd") int zstd(const void *in, size_t n, void *out, size_t size) {
  if (!context) context = ZSTD_createDCtx();
  return context && ZSTD_decompressDCtx(context, out, size, in, n) == size ? 0 : 1;
}
