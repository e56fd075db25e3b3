// Vector instructions that Swift's SIMD types do not reach, such as movemask.
#if defined(__x86_64__)
#include <immintrin.h>
#include <sys/platform/x86.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Whether this processor has the vector instructions that the program is compiled for. glibc has asked it already;
// the compiler's builtin would ask again, which takes long in a virtual machine.
static inline int lake_processor_fits(void) {
#if defined(__x86_64__)
  return CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_ACTIVE(FMA);
#else
  return 1;
#endif
}

// Asks for the cache line of an address that will be read; any address is allowed.
static inline void lake_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

// Asks for the cache line of an address that will be written; any address is allowed.
static inline void lake_prefetch_to_write(const void *address) { __builtin_prefetch(address, 1, 3); }

typedef double lake_double2 __attribute__((ext_vector_type(2)));
typedef int lake_int2 __attribute__((ext_vector_type(2)));

// Two numbers without their fractions; they fit.
static inline lake_int2 lake_truncated(lake_double2 numbers) {
  return __builtin_convertvector(numbers, lake_int2);
}
