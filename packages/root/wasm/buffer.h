/* One buffer for what goes in and what comes out; it moves when it grows. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define EXPORT(name) __attribute__((export_name(name)))

static void *buffer;
static size_t capacity;

/* At least `size` bytes, aligned to 16, or null. */
EXPORT("reserve") void *reserve(size_t size) {
  if (size > capacity) {
    free(buffer);
    capacity = 0;
    buffer = aligned_alloc(16, (size + 15) & ~(size_t)15);
    if (buffer) capacity = size;
  }
  return buffer;
}
