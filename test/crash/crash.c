// Preloaded into a process under test: counts its calls that change files below $CRASH_FOLDER, and lets one of them go
// wrong. $CRASH_AT is the call (from 1), $CRASH_HOW what happens to it: kill (before the call), eio, enospc, short (half
// of the bytes are written; libuv then asks again) or full (half, and ENOSPC for all later writes, as on a full disk).
// $CRASH_AGAIN set: every later call goes wrong too. $CRASH_LOG gets one line for each call.
// After SQLite's crash tests: a failure at the first, the second, ... call, until a run is through without one.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum outcome { go_on, fail, half };

// The C library's own function behind ours.
#define BEHIND(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static atomic_int calls;

static bool below(const char *path) {
  const char *folder = getenv("CRASH_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static const char *path_of(int file, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, size - 1);
  path[length < 0 ? 0 : length] = 0;
  return path;
}

static void note(int call, const char *name, const char *path) {
  char line[4400];
  const char *log = getenv("CRASH_LOG");
  const int file = log ? BEHIND(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
  if (file < 0) return;
  const int length = snprintf(line, sizeof line, "%d %s %s\n", call, name, path);
  if (BEHIND(write)(file, line, (size_t)length) != length) abort();
  close(file);
}

static enum outcome decide(const char *name, const char *path) {
  if (!below(path)) return go_on;
  const int saved = errno;
  const int call = atomic_fetch_add(&calls, 1) + 1;
  note(call, name, path);
  const char *at = getenv("CRASH_AT"), *how = getenv("CRASH_HOW");
  const int wanted = at ? atoi(at) : 0;
  errno = saved;
  if (!how || wanted < 1 || call < wanted) return go_on;
  if (strcmp(how, "full") == 0) {
    if (call == wanted) return half;
    errno = strcmp(name, "write") == 0 ? ENOSPC : saved;
    return strcmp(name, "write") == 0 ? fail : go_on;
  }
  if (call > wanted && !getenv("CRASH_AGAIN")) return go_on;
  if (strcmp(how, "kill") == 0) {
    kill(getpid(), SIGKILL);
    pause();
  }
  if (strcmp(how, "short") == 0) return half;
  errno = strcmp(how, "enospc") == 0 ? ENOSPC : EIO;
  return fail;
}

static enum outcome decide_file(const char *name, int file) {
  char path[4096];
  return file > 2 ? decide(name, path_of(file, path, sizeof path)) : go_on;
}

ssize_t write(int file, const void *bytes, size_t count) {
  const enum outcome outcome = decide_file("write", file);
  return outcome == fail ? -1 : BEHIND(write)(file, bytes, outcome == half ? (count + 1) / 2 : count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  const enum outcome outcome = decide_file("write", file);
  return outcome == fail ? -1 : BEHIND(pwrite64)(file, bytes, outcome == half ? (count + 1) / 2 : count, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { return pwrite64(file, bytes, count, offset); }

ssize_t writev(int file, const struct iovec *parts, int count) {
  const enum outcome outcome = decide_file("write", file);
  return outcome == fail ? -1 : BEHIND(writev)(file, parts, outcome == half && count > 1 ? count / 2 : count);
}

int fsync(int file) { return decide_file("fsync", file) == fail ? -1 : BEHIND(fsync)(file); }
int fdatasync(int file) { return decide_file("fdatasync", file) == fail ? -1 : BEHIND(fdatasync)(file); }
int ftruncate64(int file, off64_t length) {
  return decide_file("ftruncate", file) == fail ? -1 : BEHIND(ftruncate64)(file, length);
}
int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int rename(const char *from, const char *to) { return decide("rename", to) == fail ? -1 : BEHIND(rename)(from, to); }
int mkdir(const char *path, mode_t mode) { return decide("mkdir", path) == fail ? -1 : BEHIND(mkdir)(path, mode); }
int unlink(const char *path) { return decide("unlink", path) == fail ? -1 : BEHIND(unlink)(path); }
int rmdir(const char *path) { return decide("rmdir", path) == fail ? -1 : BEHIND(rmdir)(path); }

// Only opens that make or empty a file change anything.
static bool refused(const char *path, int flags) {
  return (flags & (O_CREAT | O_TRUNC)) && decide("open", path) == fail;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return refused(path, flags) ? -1 : BEHIND(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return refused(path, flags) ? -1 : BEHIND(open64)(path, flags, mode);
}
