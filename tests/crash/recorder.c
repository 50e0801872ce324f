/* Loaded before libc: writes down every change a process makes under one folder, in order and
 * with the data, and makes the n-th call fail when told to.
 *
 * Nothing is kept about descriptors: each call asks /proc what it is about, so duplicated and
 * inherited descriptors are seen too. tests/crash/recording.py steers it through ctypes.
 *
 * A record: op (u32), length of the path (u32), inode, offset, length of the data (u64 each),
 * then the path and the data. A WAL-index (-shm) is memory, not data: it can fail, but is not
 * recorded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum op { MADE = 1, WRITTEN, CUT, SYNCED, FOLDER_SYNCED, RENAMED, REMOVED, FOLDER_MADE, MARKED,
          FLUSH_FAILED, LINKED };
enum kind { TAKES_SPACE = 1, CHANGES = 2, SYNCS = 4, READS = 8 };

struct head {
  uint32_t op, path_length;
  uint64_t inode, offset, length;
};

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char folder[4096];
static size_t folder_length;
static int record_to = -1;

static long calls, fail_at;
static int fail_error, fail_lasting, fail_half, fail_kinds = 15;

/* libc's own function of that name. */
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

#define REAL(name)                                     \
  static __typeof__(&name) libc_##name;                \
  if (!libc_##name) libc_##name = (__typeof__(&name))real(#name)

/* ---- steering ---------------------------------------------------------------------------- */

/* Watch a folder, given without links; record into an open descriptor, or -1 for none. */
void amana_watch(const char *path, int descriptor) {
  pthread_mutex_lock(&lock);
  snprintf(folder, sizeof folder, "%s", path);
  folder_length = strlen(folder);
  record_to = descriptor;
  pthread_mutex_unlock(&lock);
}

/* Fail the n-th call of these kinds from now with that error; 0 fails none. */
void amana_fail(long nth, int error, int lasting, int half, int kinds) {
  pthread_mutex_lock(&lock);
  calls = 0;
  fail_at = nth, fail_error = error, fail_lasting = lasting, fail_half = half, fail_kinds = kinds;
  pthread_mutex_unlock(&lock);
}

/* How many calls were seen since amana_fail. */
long amana_calls(void) { return calls; }

/* ---- what a call is about ---------------------------------------------------------------- */

static int under(const char *path) {
  return folder_length && !strncmp(path, folder, folder_length) &&
         (path[folder_length] == '/' || !path[folder_length]);
}

static int path_of(int descriptor, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return under(path);
}

/* An absolute path for a name relative to a descriptor or to the current folder. */
static int path_at(int at, const char *name, char *path, size_t size) {
  if (!folder_length || !name) return 0;
  if (name[0] == '/') {
    snprintf(path, size, "%s", name);
    return under(path);
  }
  char base[4096];
  if (at == AT_FDCWD) {
    if (!getcwd(base, sizeof base)) return 0;
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    ssize_t length = readlink(link, base, sizeof base - 1);
    if (length < 0) return 0;
    base[length] = 0;
  }
  snprintf(path, size, "%s/%s", base, name);
  return under(path);
}

static int is_index(const char *path) {
  size_t length = strlen(path);
  return length > 4 && !strcmp(path + length - 4, "-shm");
}

static uint64_t inode_of(int descriptor) {
  struct stat facts;
  return fstat(descriptor, &facts) ? 0 : facts.st_ino;
}

static void put(const void *data, size_t length) {
  REAL(write);
  const char *at = data;
  while (length > 0) {
    ssize_t done = libc_write(record_to, at, length);
    if (done <= 0) abort();
    at += done, length -= done;
  }
}

static void note(enum op op, const char *path, uint64_t inode, uint64_t offset, const void *data,
                 uint64_t length) {
  if (record_to < 0 || is_index(path)) return;
  int before = errno;
  struct head head = {op, strlen(path), inode, offset, length};
  put(&head, sizeof head);
  put(path, head.path_length);
  if (length) put(data, length);
  errno = before;
}

/* Tell the record something that was said to the world: an acknowledgement. */
void amana_mark(const char *text) {
  pthread_mutex_lock(&lock);
  note(MARKED, "", 0, 0, text, strlen(text));
  pthread_mutex_unlock(&lock);
}

/* Count a call; 1 with errno set when this one has to fail. */
static int fails(enum kind kind) {
  if (!(kind & fail_kinds)) return 0;
  calls++;
  if (!fail_at || calls < fail_at || (calls > fail_at && !fail_lasting)) return 0;
  errno = fail_error;
  return 1;
}

#define LOCKED pthread_mutex_lock(&lock)
#define DONE(value)              \
  do {                           \
    pthread_mutex_unlock(&lock); \
    return value;                \
  } while (0)

/* ---- opening ----------------------------------------------------------------------------- */

typedef int (*opener)(int, const char *, int, mode_t);

static int libc_open_at(int at, const char *name, int flags, mode_t mode) {
  REAL(openat64);
  return libc_openat64(at, name, flags, mode);
}

static int opened(int at, const char *name, int flags, mode_t mode) {
  char path[8192];
  if (!path_at(at, name, path, sizeof path)) return libc_open_at(at, name, flags, mode);
  LOCKED;
  struct stat facts;
  int was_there = !fstatat(at, name, &facts, 0);
  int makes = (flags & O_CREAT) && !was_there;
  int empties = (flags & O_TRUNC) && was_there;
  if (fails(makes ? TAKES_SPACE : empties ? CHANGES : READS)) DONE(-1);
  int descriptor = libc_open_at(at, name, flags, mode);
  if (descriptor >= 0 && makes) note(MADE, path, inode_of(descriptor), 0, NULL, 0);
  if (descriptor >= 0 && empties) note(CUT, path, inode_of(descriptor), 0, NULL, 0);
  DONE(descriptor);
}

#define MODE                          \
  mode_t mode = 0;                    \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list rest;                     \
    va_start(rest, flags);            \
    mode = va_arg(rest, mode_t);      \
    va_end(rest);                     \
  }

int open(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int openat(int at, const char *name, int flags, ...) { MODE return opened(at, name, flags, mode); }
int openat64(int at, const char *name, int flags, ...) {
  MODE return opened(at, name, flags, mode);
}
int __open_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int __open64_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int __openat_2(int at, const char *name, int flags) { return opened(at, name, flags, 0); }
int __openat64_2(int at, const char *name, int flags) { return opened(at, name, flags, 0); }
int creat(const char *name, mode_t mode) {
  return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
int creat64(const char *name, mode_t mode) { return creat(name, mode); }

/* ---- writing and reading ----------------------------------------------------------------- */

/* Where a write without an offset goes; before it is made. */
static off64_t place(int descriptor) {
  struct stat facts;
  if ((fcntl(descriptor, F_GETFL) & O_APPEND) && !fstat(descriptor, &facts)) return facts.st_size;
  return lseek64(descriptor, 0, SEEK_CUR);
}

static ssize_t libc_put(int descriptor, const void *data, size_t length, off64_t offset) {
  REAL(write);
  REAL(pwrite64);
  return offset < 0 ? libc_write(descriptor, data, length)
                    : libc_pwrite64(descriptor, data, length, offset);
}

static ssize_t written(int descriptor, const void *data, size_t length, off64_t offset) {
  char path[8192];
  if (!folder_length || descriptor == record_to || !path_of(descriptor, path, sizeof path))
    return libc_put(descriptor, data, length, offset);
  LOCKED;
  off64_t at = offset < 0 ? place(descriptor) : offset;
  if (fails(TAKES_SPACE)) {
    int error = errno;
    if (fail_half && length > 1) {
      ssize_t half = libc_put(descriptor, data, length / 2, offset);
      if (half > 0) note(WRITTEN, path, inode_of(descriptor), at, data, half);
    }
    errno = error;
    DONE(-1);
  }
  ssize_t done = libc_put(descriptor, data, length, offset);
  if (done > 0) note(WRITTEN, path, inode_of(descriptor), at, data, done);
  DONE(done);
}

/* Several pieces as one write. */
static ssize_t gathered(int descriptor, const struct iovec *parts, int count, off64_t offset) {
  size_t length = 0, at = 0;
  for (int n = 0; n < count; n++) length += parts[n].iov_len;
  char *data = malloc(length ? length : 1);
  if (!data) return -1;
  for (int n = 0; n < count; at += parts[n++].iov_len)
    memcpy(data + at, parts[n].iov_base, parts[n].iov_len);
  ssize_t done = written(descriptor, data, length, offset);
  free(data);
  return done;
}

ssize_t write(int descriptor, const void *data, size_t length) {
  return written(descriptor, data, length, -1);
}
ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
  return written(descriptor, data, length, offset);
}
ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) {
  return written(descriptor, data, length, offset);
}
ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  return gathered(descriptor, parts, count, -1);
}
ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
  return gathered(descriptor, parts, count, offset);
}
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t offset) {
  return gathered(descriptor, parts, count, offset);
}

/* Copies inside the kernel: who asks for them copies by hand when they are not there. */
static int copies(int descriptor) {
  char path[8192];
  return folder_length && path_of(descriptor, path, sizeof path);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
  static ssize_t (*libc)(int, int, off64_t *, size_t);
  if (!libc) libc = (ssize_t(*)(int, int, off64_t *, size_t))real("sendfile64");
  if (!copies(to)) return libc(to, from, offset, length);
  errno = EINVAL;
  return -1;
}
ssize_t sendfile(int to, int from, off_t *offset, size_t length) {
  return sendfile64(to, from, (off64_t *)offset, length);
}
ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t length,
                        unsigned flags) {
  REAL(copy_file_range);
  if (!copies(to)) return libc_copy_file_range(from, in, to, out, length, flags);
  errno = ENOSYS;
  return -1;
}
int posix_fallocate64(int descriptor, off64_t offset, off64_t length) {
  static int (*libc)(int, off64_t, off64_t);
  if (!libc) libc = (int (*)(int, off64_t, off64_t))real("posix_fallocate64");
  return copies(descriptor) ? EOPNOTSUPP : libc(descriptor, offset, length);
}
int posix_fallocate(int descriptor, off_t offset, off_t length) {
  return posix_fallocate64(descriptor, offset, length);
}

static int refuses_to_read(int descriptor) {
  char path[8192];
  if (!folder_length || !fail_at || !path_of(descriptor, path, sizeof path)) return 0;
  LOCKED;
  int refused = fails(READS);
  DONE(refused);
}
ssize_t read(int descriptor, void *data, size_t length) {
  REAL(read);
  return refuses_to_read(descriptor) ? -1 : libc_read(descriptor, data, length);
}
ssize_t pread64(int descriptor, void *data, size_t length, off64_t offset) {
  REAL(pread64);
  return refuses_to_read(descriptor) ? -1 : libc_pread64(descriptor, data, length, offset);
}
ssize_t pread(int descriptor, void *data, size_t length, off_t offset) {
  return pread64(descriptor, data, length, offset);
}

/* ---- lengths and syncs ------------------------------------------------------------------- */

int ftruncate64(int descriptor, off64_t length) {
  REAL(ftruncate64);
  char path[8192];
  if (!folder_length || !path_of(descriptor, path, sizeof path))
    return libc_ftruncate64(descriptor, length);
  LOCKED;
  struct stat facts;
  int grows = !fstat(descriptor, &facts) && length > facts.st_size;
  if (fails(grows ? TAKES_SPACE : CHANGES)) DONE(-1);
  int result = libc_ftruncate64(descriptor, length);
  if (!result) note(CUT, path, inode_of(descriptor), length, NULL, 0);
  DONE(result);
}
int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }
int truncate64(const char *name, off64_t length) {
  int descriptor = open(name, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  int result = ftruncate64(descriptor, length), error = errno;
  close(descriptor);
  errno = error;
  return result;
}
int truncate(const char *name, off_t length) { return truncate64(name, length); }

static int synced(int descriptor, int (*libc)(int)) {
  char path[8192];
  if (!folder_length || !path_of(descriptor, path, sizeof path)) return libc(descriptor);
  LOCKED;
  struct stat facts;
  if (fails(SYNCS)) {
    int error = errno;
    if (!fstat(descriptor, &facts)) note(FLUSH_FAILED, path, facts.st_ino, 0, NULL, 0);
    errno = error;
    DONE(-1);
  }
  int result = libc(descriptor);
  if (!result && !fstat(descriptor, &facts))
    note(S_ISDIR(facts.st_mode) ? FOLDER_SYNCED : SYNCED, path, facts.st_ino, 0, NULL, 0);
  DONE(result);
}
int fsync(int descriptor) {
  REAL(fsync);
  return synced(descriptor, libc_fsync);
}
int fdatasync(int descriptor) {
  REAL(fdatasync);
  return synced(descriptor, libc_fdatasync);
}

/* ---- names ------------------------------------------------------------------------------- */

static int renamed(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  REAL(renameat2);
  char old[8192], new[8192];
  int watched = path_at(from_at, from, old, sizeof old);
  if (!path_at(to_at, to, new, sizeof new) && !watched)
    return libc_renameat2(from_at, from, to_at, to, flags);
  LOCKED;
  if (fails(CHANGES)) DONE(-1);
  int result = libc_renameat2(from_at, from, to_at, to, flags);
  if (!result) note(RENAMED, old, 0, 0, new, strlen(new));
  DONE(result);
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_at, const char *from, int to_at, const char *to) {
  return renamed(from_at, from, to_at, to, 0);
}
int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  return renamed(from_at, from, to_at, to, flags);
}

int unlinkat(int at, const char *name, int flags) {
  REAL(unlinkat);
  char path[8192];
  if (!path_at(at, name, path, sizeof path)) return libc_unlinkat(at, name, flags);
  LOCKED;
  if (fails(CHANGES)) DONE(-1);
  int result = libc_unlinkat(at, name, flags);
  if (!result) note(REMOVED, path, 0, 0, NULL, 0);
  DONE(result);
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
  REAL(linkat);
  char path[8192];
  if (!path_at(to_at, to, path, sizeof path)) return libc_linkat(from_at, from, to_at, to, flags);
  LOCKED;
  if (fails(TAKES_SPACE)) DONE(-1);
  int result = libc_linkat(from_at, from, to_at, to, flags);
  struct stat facts;
  if (!result && !fstatat(to_at, to, &facts, AT_SYMLINK_NOFOLLOW))
    note(LINKED, path, facts.st_ino, 0, NULL, 0);
  DONE(result);
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int mkdirat(int at, const char *name, mode_t mode) {
  REAL(mkdirat);
  char path[8192];
  if (!path_at(at, name, path, sizeof path)) return libc_mkdirat(at, name, mode);
  LOCKED;
  if (fails(TAKES_SPACE)) DONE(-1);
  int result = libc_mkdirat(at, name, mode);
  if (!result) note(FOLDER_MADE, path, 0, 0, NULL, 0);
  DONE(result);
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
