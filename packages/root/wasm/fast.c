/* zlib and raw deflate (libdeflate), LZ4 with XXH64, byte swaps and offsets: what most baskets need. */
#include "buffer.h"
#include "numbers.h"

#include "lib/deflate_decompress.c"
#include "lib/zlib_decompress.c"
#include "lib/adler32.c"
#include "lib/utils.c"

#define XXH_INLINE_ALL
#define XXH_STATIC_LINKING_ONLY
#include "xxhash.h"
#undef MIN
#undef MAX
#undef MEM_INIT
#undef likely
#undef unlikely
#undef expect
#include "lz4.c"

static struct libdeflate_decompressor *decompressor;

/* 0: fine; 1: damaged; 2: too short; 3: too long. */
EXPORT("zlib") int zlib(const void *in, size_t n, void *out, size_t size) {
  if (!decompressor) decompressor = libdeflate_alloc_decompressor();
  return libdeflate_zlib_decompress(decompressor, in, n, out, size, 0);
}

EXPORT("deflate") int deflate(const void *in, size_t n, void *out, size_t size) {
  if (!decompressor) decompressor = libdeflate_alloc_decompressor();
  return libdeflate_deflate_decompress(decompressor, in, n, out, size, 0);
}

/* 4: the checksum in front, big-endian, does not match. */
EXPORT("lz4") int lz4(const unsigned char *in, size_t n, void *out, size_t size) {
  if (n < 8) return 1;
  uint64_t sum = 0;
  for (int i = 0; i < 8; i++) sum = sum << 8 | in[i];
  if (XXH64(in + 8, n - 8, 0) != sum) return 4;
  return LZ4_decompress_safe((const char *)in + 8, out, (int)(n - 8), (int)size) == (int)size ? 0 : 1;
}

/* XXH3 of 64 bits, which RNTuple signs its pages and envelopes with. */
EXPORT("xxh3") uint64_t xxh3(const void *in, size_t n) { return XXH3_64bits(in, n); }
