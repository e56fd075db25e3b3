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

// Whether this processor has the vector instructions that `LakeAVX512` is compiled for.
static inline int lake_processor_has_avx512(void) {
#if defined(__x86_64__)
  return CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512BW) && CPU_FEATURE_ACTIVE(AVX512CD) &&
         CPU_FEATURE_ACTIVE(AVX512DQ) && CPU_FEATURE_ACTIVE(AVX512VL) && CPU_FEATURE_ACTIVE(AVX512_VBMI) &&
         CPU_FEATURE_ACTIVE(AVX512_VBMI2);
#else
  return 0;
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

typedef unsigned long long lake_ulong4 __attribute__((ext_vector_type(4), aligned(8)));

// Which of 64 numbers lie at most `span` above `low`, modulo 2^64: one bit each, the first the lowest. Swift compares vectors
// number by number.
static inline unsigned long long lake_numbers_within(const unsigned long long *numbers, unsigned long long low,
                                                     unsigned long long span) {
  lake_ulong4 within = 0, places = {1, 2, 4, 8};
  for (int first = 0; first < 64; first += 4, places <<= 4) {
    lake_ulong4 above = *(const lake_ulong4 *)(numbers + first) - low;
    within |= (lake_ulong4)(above <= span) & places;
  }
  return within[0] | within[1] | within[2] | within[3];
}

// The same where the lowest bit of a number is its sign, and the bits above it are its distance from zero: positive numbers lie
// at most `span` above `low`, negative ones `negative_span` above `negative_low`. `least` is added to each first.
static inline unsigned long long lake_signed_numbers_within(const unsigned long long *numbers, unsigned long long least,
                                                            unsigned long long low, unsigned long long span,
                                                            unsigned long long negative_low,
                                                            unsigned long long negative_span) {
  lake_ulong4 within = 0, places = {1, 2, 4, 8};
  for (int first = 0; first < 64; first += 4, places <<= 4) {
    lake_ulong4 number = *(const lake_ulong4 *)(numbers + first) + least;
    lake_ulong4 sign = -(number & 1);
    lake_ulong4 above = (number >> 1) - (low ^ (sign & (low ^ negative_low)));
    lake_ulong4 limit = span ^ (sign & (span ^ negative_span));
    within |= (lake_ulong4)(above <= limit) & places;
  }
  return within[0] | within[1] | within[2] | within[3];
}

#if defined(__AVX512VBMI2__)
// Comparisons that are macros, which Swift does not see; one bit for each byte or number.
static inline unsigned long long lake_equal_bytes(__m512i bytes, unsigned char byte) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)byte));
}

static inline unsigned long long lake_bytes_below(__m512i bytes, unsigned char byte) {
  return _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8((char)byte));
}

static inline unsigned long long lake_other_bytes(__m512i bytes, __m512i others) {
  return _mm512_cmpneq_epi8_mask(bytes, others);
}

static inline __m512i lake_joined_halves(__m256i low, __m256i high) {
  return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

static inline __m256d lake_joined_pairs(__m128d low, __m128d high) {
  return _mm256_insertf128_pd(_mm256_castpd128_pd256(low), high, 1);
}

static inline unsigned char lake_equal(__m256d numbers, __m256d others) {
  return _mm256_cmp_pd_mask(numbers, others, _CMP_EQ_OQ);
}

static inline unsigned char lake_above(__m256d numbers, __m256d others) {
  return _mm256_cmp_pd_mask(numbers, others, _CMP_GT_OQ);
}

static inline unsigned char lake_not_below(__m256d numbers, __m256d others) {
  return _mm256_cmp_pd_mask(numbers, others, _CMP_GE_OQ);
}

static inline __m256d lake_upper_half(__m512d numbers) { return _mm512_extractf64x4_pd(numbers, 1); }
#endif
