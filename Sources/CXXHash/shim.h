// The header-only form: hashes are inlined where they are used and no shared library is loaded. It names
// its functions by macros, which Swift does not see, hence the wrappers.
#define XXH_INLINE_ALL
// Swift reads headers as if nothing were optimised, for which xxHash would leave its inner functions apart.
#define XXH_NO_INLINE_HINTS 0
#include <xxhash.h>


#if XXH_VECTOR == XXH_AVX2
// The loop over long inputs again, because Swift compiles that of the library without unrolling it, which leaves the
// accumulators in memory. Here they are two registers. Values are the library's; the tests compare them.

XXH_FORCE_INLINE __m256i lake_xxh3_mix(__m256i sum, const xxh_u8 *input, const xxh_u8 *secret) {
  __m256i data = _mm256_loadu_si256((const __m256i *)input);
  __m256i key = _mm256_xor_si256(data, _mm256_loadu_si256((const __m256i *)secret));
  __m256i product = _mm256_mul_epu32(key, _mm256_srli_epi64(key, 32));
  __m256i swapped = _mm256_shuffle_epi32(data, _MM_SHUFFLE(1, 0, 3, 2));
  return _mm256_add_epi64(sum, _mm256_add_epi64(swapped, product));
}

XXH_FORCE_INLINE __m256i lake_xxh3_scramble(__m256i sum, const xxh_u8 *secret) {
  __m256i prime = _mm256_set1_epi32((int)XXH_PRIME32_1);
  __m256i key = _mm256_xor_si256(sum, _mm256_srli_epi64(sum, 47));
  key = _mm256_xor_si256(key, _mm256_loadu_si256((const __m256i *)secret));
  __m256i high = _mm256_mul_epu32(_mm256_srli_epi64(key, 32), prime);
  return _mm256_add_epi64(_mm256_mul_epu32(key, prime), _mm256_slli_epi64(high, 32));
}

// Replaces the eight sums by those of an input of more than 240 bytes.
static inline void lake_xxh3_accumulate(xxh_u64 *sums, const xxh_u8 *input, size_t count) {
  enum { STRIPES = (XXH_SECRET_DEFAULT_SIZE - XXH_STRIPE_LEN) / XXH_SECRET_CONSUME_RATE };
  const xxh_u8 *last = XXH3_kSecret + XXH_SECRET_DEFAULT_SIZE - XXH_STRIPE_LEN;
  __m256i low = _mm256_loadu_si256((const __m256i *)sums);
  __m256i high = _mm256_loadu_si256((const __m256i *)sums + 1);
  // The last stripe is added apart, also where it is whole.
  size_t stripes = (count - 1) / XXH_STRIPE_LEN;
  const xxh_u8 *from = input;
  while (stripes > 0) {
    size_t some = stripes < STRIPES ? stripes : STRIPES;
    const xxh_u8 *secret = XXH3_kSecret;
    for (size_t stripe = 0; stripe < some; stripe++) {
      low = lake_xxh3_mix(low, from, secret);
      high = lake_xxh3_mix(high, from + 32, secret + 32);
      from += XXH_STRIPE_LEN;
      secret += XXH_SECRET_CONSUME_RATE;
    }
    stripes -= some;
    if (some == STRIPES) {
      low = lake_xxh3_scramble(low, last);
      high = lake_xxh3_scramble(high, last + 32);
    }
  }
  from = input + count - XXH_STRIPE_LEN;
  low = lake_xxh3_mix(low, from, last - XXH_SECRET_LASTACC_START);
  high = lake_xxh3_mix(high, from + 32, last - XXH_SECRET_LASTACC_START + 32);
  _mm256_storeu_si256((__m256i *)sums, low);
  _mm256_storeu_si256((__m256i *)sums + 1, high);
}

static inline uint64_t lake_xxh3_64(const void *bytes, size_t count) {
  if (count <= XXH3_MIDSIZE_MAX) return XXH3_64bits(bytes, count);
  xxh_u64 sums[XXH_ACC_NB] = XXH3_INIT_ACC;
  lake_xxh3_accumulate(sums, (const xxh_u8 *)bytes, count);
  return XXH3_mergeAccs(
      sums, XXH3_kSecret + XXH_SECRET_MERGEACCS_START, (xxh_u64)count * XXH_PRIME64_1);
}

static inline XXH128_hash_t lake_xxh3_128(const void *bytes, size_t count) {
  if (count <= XXH3_MIDSIZE_MAX) return XXH3_128bits(bytes, count);
  xxh_u64 sums[XXH_ACC_NB] = XXH3_INIT_ACC;
  lake_xxh3_accumulate(sums, (const xxh_u8 *)bytes, count);
  const xxh_u8 *end = XXH3_kSecret + XXH_SECRET_DEFAULT_SIZE - sizeof(sums);
  XXH128_hash_t hash;
  hash.low64 = XXH3_mergeAccs(
      sums, XXH3_kSecret + XXH_SECRET_MERGEACCS_START, (xxh_u64)count * XXH_PRIME64_1);
  hash.high64 = XXH3_mergeAccs(
      sums, end - XXH_SECRET_MERGEACCS_START, ~((xxh_u64)count * XXH_PRIME64_2));
  return hash;
}
#else
static inline uint64_t lake_xxh3_64(const void *bytes, size_t count) {
  return XXH3_64bits(bytes, count);
}
static inline XXH128_hash_t lake_xxh3_128(const void *bytes, size_t count) {
  return XXH3_128bits(bytes, count);
}
#endif
static inline void *lake_xxh3_create(void) {
  XXH3_state_t *state = XXH3_createState();
  if (state != NULL) XXH3_128bits_reset(state);
  return state;
}
static inline void lake_xxh3_free(void *state) { XXH3_freeState((XXH3_state_t *)state); }
static inline void lake_xxh3_update(void *state, const void *bytes, size_t count) {
  XXH3_128bits_update((XXH3_state_t *)state, bytes, count);
}
static inline XXH128_hash_t lake_xxh3_digest(const void *state) {
  return XXH3_128bits_digest((const XXH3_state_t *)state);
}
