// prctl(PR_SET_PDEATHSIG) on Linux; elsewhere the answer is that there is none.

#include "process.h"

#ifdef __linux__
#include <sys/prctl.h>

#include <cerrno>
#include <system_error>

bool dieWithParent(int signal) {
  if (prctl(PR_SET_PDEATHSIG, static_cast<unsigned long>(signal), 0UL, 0UL, 0UL) != 0)
    throw std::system_error(errno, std::generic_category(), "prctl(PR_SET_PDEATHSIG)");
  return true;
}
#else
bool dieWithParent(int) { return false; }
#endif
