// Preloaded by power-cut.py to show that its test can fail: fsync answers 0 and does nothing, for every file below
// $SKIP_FSYNC_BELOW, or for the folder $SKIP_FSYNC_OF alone.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int fsync(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  const char *below = getenv("SKIP_FSYNC_BELOW"), *of = getenv("SKIP_FSYNC_OF");
  if (below && strncmp(path, below, strlen(below)) == 0) return 0;
  if (of && strcmp(path, of) == 0) return 0;
  return ((__typeof__(&fsync))dlsym(RTLD_NEXT, "fsync"))(file);
}
