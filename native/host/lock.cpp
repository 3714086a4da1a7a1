// flock(2): one holder per open file, freed by kill -9 too.

#include "lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace {

[[noreturn]] void failed(int code, const std::string& path) {
  throw std::system_error(code, std::generic_category(), path);
}

template <typename Call>
auto untilUninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// Closes the file unless it was handed on.
struct OpenFile {
  int number;
  explicit OpenFile(int opened) : number(opened) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (number >= 0) close(number);
  }
};

}  // namespace

std::optional<int> lockFile(const std::string& path, const std::string& text) {
  // O_CLOEXEC: a child that lives on must not keep the lock.
  OpenFile file(untilUninterrupted([&] { return open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666); }));
  if (file.number < 0) failed(errno, path);
  if (untilUninterrupted([&] { return flock(file.number, LOCK_EX | LOCK_NB); }) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    failed(errno, path);
  }
  if (ftruncate(file.number, 0) != 0) failed(errno, path);
  for (size_t done = 0; done < text.size();) {
    const ssize_t count =
        untilUninterrupted([&] { return pwrite(file.number, text.data() + done, text.size() - done, done); });
    if (count <= 0) failed(count < 0 ? errno : ENOSPC, path);
    done += static_cast<size_t>(count);
  }
  const int number = file.number;
  file.number = -1;
  return number;
}

void unlockFile(int file) noexcept {
  [[maybe_unused]] const int emptied = ftruncate(file, 0);  // a courtesy: the next reader sees no old holder
  close(file);
}
