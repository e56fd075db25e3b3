// Calls of Linux that glibc declares only under _GNU_SOURCE, which Swift's Glibc module leaves out.
#include <linux/openat2.h>
#include <malloc.h>
#include <sys/inotify.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

extern int fallocate(int descriptor, int mode, long offset, long byteCount);

// Reserves the blocks of a file and sets its size. Returns 0, or -1 with errno.
static inline int lake_fallocate(int descriptor, long byteCount) {
  return fallocate(descriptor, 0, 0, byteCount);
}

// The magic number of the file system's type, or 0 where it cannot be told.
static inline long lake_file_system_type(int descriptor) {
  struct statfs information;
  return fstatfs(descriptor, &information) == 0 ? (long)information.f_type : 0;
}

extern int memfd_create(const char *name, unsigned int flags);

// Opens an empty file in memory that no program started later inherits. Returns it, or -1 with errno.
static inline int lake_memory_file(const char *name) {
  return memfd_create(name, 1U /* MFD_CLOEXEC */);
}

extern long syscall(long number, ...);

// Opens a path in one call that neither follows a symbolic link nor leads out of `folder`; `mode` is that of a file
// that is made. Returns the descriptor, or -1 with errno; kernels before 5.6 know no such call.
static inline int lake_open_beneath(
    int folder, const char *path, unsigned long flags, unsigned int mode) {
  struct open_how how = {
      .flags = flags, .mode = mode, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
  return (int)syscall(SYS_openat2, folder, path, &how, sizeof(how));
}

// What inotify_init1 is given: an enumeration in C, which Swift takes for another type.
static inline int lake_inotify_flags(void) {
  return IN_NONBLOCK | IN_CLOEXEC;
}

extern int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags);

// Renames a file unless the new name is taken, which is EEXIST. Returns 0, or -1 with errno.
static inline int lake_rename_new(int fromFolder, const char *from, int toFolder, const char *to) {
  return renameat2(fromFolder, from, toFolder, to, 1U /* RENAME_NOREPLACE */);
}

// Whether any process has the file open for writing: 1 or 0, or -1 where that cannot be told. A read lease is
// granted only where none has (fcntl(2)); it is given back at once.
//
// Declared here, because <fcntl.h> would make this module the home of structures that Glibc's has, too.
extern int fcntl(int descriptor, int command, ...);
extern int *__errno_location(void);

static inline int lake_is_open_for_writing(int descriptor) {
  enum { SET_LEASE = 1024, READ_LOCK = 0, NO_LOCK = 2, TRY_AGAIN = 11 };
  if (fcntl(descriptor, SET_LEASE, READ_LOCK) == 0) {
    fcntl(descriptor, SET_LEASE, NO_LOCK);
    return 0;
  }
  return *__errno_location() == TRY_AGAIN ? 1 : -1;
}

extern long pwrite(int descriptor, const void *bytes, unsigned long count, long offset);

// Writes bytes from memory to the disk, past the pages that the system keeps of files. Memory, count and offset are
// multiples of what the disk wants. Returns how many were written, or -1 with errno: EINVAL where that cannot be done here.
static inline long lake_write_direct(
    int descriptor, const void *bytes, unsigned long count, long offset) {
#if defined(__aarch64__) || defined(__arm__)
  enum { GET_FLAGS = 3, SET_FLAGS = 4, DIRECT = 0200000 };
#else
  enum { GET_FLAGS = 3, SET_FLAGS = 4, DIRECT = 040000 };
#endif
  int flags = fcntl(descriptor, GET_FLAGS);
  if (flags < 0 || fcntl(descriptor, SET_FLAGS, flags | DIRECT) != 0) return -1;
  long written = pwrite(descriptor, bytes, count, offset);
  int error = *__errno_location();
  fcntl(descriptor, SET_FLAGS, flags);
  *__errno_location() = error;
  return written;
}

// Processors that a thread may run on.
struct lake_processors {
  unsigned long bits[16];  // of 1,024 processors, as many as glibc's own set
};

extern int sched_getcpu(void);
extern int pipe2(int ends[2], int flags);
extern int pthread_attr_setaffinity_np(void *attributes, unsigned long byteCount, const void *processors);

// Sets `allowed` to the processors that the calling thread may run on. Returns 0 where the system does not tell.
static inline int lake_allowed_processors(struct lake_processors *allowed) {
  *allowed = (struct lake_processors){{0}};
  return syscall(SYS_sched_getaffinity, 0, sizeof *allowed, allowed) >= 0;
}

// Has a thread that will be made with these attributes begin on another processor than the caller's, and sets `allowed` to
// all that the caller may run on. Returns 0 where there is no other or the system does not tell; nothing is changed then.
static inline int lake_begin_elsewhere(void *attributes, struct lake_processors *allowed) {
  enum { BITS = 8 * sizeof(unsigned long) };
  struct lake_processors others;
  if (!lake_allowed_processors(&others)) return 0;
  int own = sched_getcpu();
  if (own < 0 || own >= (int)(8 * sizeof others)) return 0;
  *allowed = others;
  others.bits[own / BITS] &= ~(1UL << own % BITS);
  unsigned long any = 0;
  for (int index = 0; index < 16; index++) any |= others.bits[index];
  return any && pthread_attr_setaffinity_np(attributes, sizeof others, &others) == 0;
}

// How many processors the calling thread may run on; 0 where the system does not tell.
static inline int lake_processor_count(void) {
  struct lake_processors allowed;
  if (!lake_allowed_processors(&allowed)) return 0;
  int count = 0;
  for (int word = 0; word < 16; word++) count += __builtin_popcountl(allowed.bits[word]);
  return count;
}

// Lets the calling thread run on these processors.
static inline void lake_run_on(struct lake_processors allowed) {
  syscall(SYS_sched_setaffinity, 0, sizeof allowed, &allowed);
}

// Has the allocator keep up to `byte_count` that are freed for what is asked for next, pieces of up to 32 MB (as large as
// glibc allows) among them.
static inline void lake_keep_freed_memory(int byte_count) {
  mallopt(M_TRIM_THRESHOLD, byte_count);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
}
