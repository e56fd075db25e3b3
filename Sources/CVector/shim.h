// Vector instructions that Swift's SIMD types do not reach, such as movemask.
#if defined(__x86_64__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Whether this processor has the vector instructions that the program is compiled for.
static inline int lake_processor_fits(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
#else
  return 1;
#endif
}

// Asks for the cache line of an address that will be read; any address is allowed.
static inline void lake_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

// Asks for the cache line of an address that will be written; any address is allowed.
static inline void lake_prefetch_to_write(const void *address) { __builtin_prefetch(address, 1, 3); }
