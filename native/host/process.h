// What a process asks of the kernel about itself. No JavaScript here.
#pragma once

/**
 * Lets the kernel send `signal` to this process when the thread that started it ends.
 *
 * @returns false where the system has no such call
 * @throws std::system_error  when the kernel refuses, e.g. an unknown signal
 */
bool dieWithParent(int signal);
