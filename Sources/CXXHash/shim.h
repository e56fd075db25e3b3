// The header-only form: hashes are inlined where they are used and no shared library is loaded. It names
// its functions by macros, which Swift does not see, hence the wrappers.
#define XXH_INLINE_ALL
// Swift reads headers as if nothing were optimised, for which xxHash would leave its inner functions apart.
#define XXH_NO_INLINE_HINTS 0
#include <xxhash.h>

static inline uint64_t lake_xxh3_64(const void *bytes, size_t count) {
  return XXH3_64bits(bytes, count);
}
static inline XXH128_hash_t lake_xxh3_128(const void *bytes, size_t count) {
  return XXH3_128bits(bytes, count);
}
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
