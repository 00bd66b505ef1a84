/* Byte order, and offsets of rows: what is done to a basket once it is unpacked. */
#include <stddef.h>
#include <stdint.h>

EXPORT("swap16") void swap16(uint16_t *p, size_t n) {
  for (size_t i = 0; i < n; i++) p[i] = __builtin_bswap16(p[i]);
}
EXPORT("swap32") void swap32(uint32_t *p, size_t n) {
  for (size_t i = 0; i < n; i++) p[i] = __builtin_bswap32(p[i]);
}
EXPORT("swap64") void swap64(uint64_t *p, size_t n) {
  for (size_t i = 0; i < n; i++) p[i] = __builtin_bswap64(p[i]);
}

typedef uint32_t loose __attribute__((aligned(1)));

/*
 * Offsets of rows in bytes, big-endian, to offsets of items, in place: (value - keylen - begin) >> shift, plus
 * base. The last is border instead of what is stored. Returns 1 when one descends or is no multiple.
 */
EXPORT("offsets") int offsets(loose *p, int32_t *out, size_t n, int32_t keylen, int32_t border, int shift, int32_t base) {
  uint32_t bad = 0, before = 0, mask = (1u << shift) - 1;
  for (size_t i = 0; i < n; i++) {
    uint32_t value = __builtin_bswap32(p[i]) - (uint32_t)keylen;
    bad |= (value < before) | (value & mask);
    before = value;
    out[i] = (int32_t)(value >> shift) + base;
  }
  bad |= ((uint32_t)border < before) | ((uint32_t)border & mask);
  out[n] = (border >> shift) + base;
  return bad != 0;
}
