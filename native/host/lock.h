// Exclusive file locks: freed by the kernel when the process dies, whichever way. No JavaScript here.
#pragma once

#include <optional>
#include <string>

/**
 * Opens `path` (made when missing), locks it without waiting and puts `text` into it.
 *
 * @returns the open file, or nothing when another process or descriptor holds the lock
 * @throws std::system_error  when the file cannot be opened, locked or written
 */
std::optional<int> lockFile(const std::string& path, const std::string& text);

/** Empties the file and gives the lock back. The file stays: removing it would let two processes lock two files. */
void unlockFile(int file) noexcept;
