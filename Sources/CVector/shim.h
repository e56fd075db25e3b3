// Vector instructions that Swift's SIMD types do not reach, such as movemask.
#if defined(__x86_64__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif
