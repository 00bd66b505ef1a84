/* The decoder of LZMA, in the xz container, with its checks. */
#include "buffer.h"
#include "numbers.h"

#include "lzma.h"

/* 0: fine; 1: damaged, or not of that size. */
EXPORT("xz") int xz(const uint8_t *in, size_t n, uint8_t *out, size_t size) {
  uint64_t limit = 268435456;
  size_t from = 0, to = 0;
  lzma_ret code = lzma_stream_buffer_decode(&limit, 0, 0, in, &from, n, out, &to, size);
  return code == LZMA_OK && to == size ? 0 : 1;
}
