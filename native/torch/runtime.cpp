// Process-wide libtorch state. See runtime.h.

#include "runtime.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>
#include <torch/csrc/inductor/aoti_torch/c/shim.h>
#include <torch/version.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "allocator.h"
#include "values.h"

napi_value engineInfo(napi_env env, Arguments&) {
  napi_value info;
  check(env, napi_create_object(env, &info), "an object");
  setProperty(env, info, "compiledVersion", fromText(env, TORCH_VERSION));
  setProperty(env, info, "abiVersion", fromText(env, std::to_string(aoti_torch_abi_version())));
  setProperty(env, info, "cpuCapability", fromText(env, at::get_cpu_capability()));
  setProperty(env, info, "threads", fromNumber(env, at::get_num_threads()));
  setProperty(env, info, "cuda", fromBoolean(env, at::globalContext().hasCUDA()));
  const int devices = at::globalContext().hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0;
  setProperty(env, info, "cudaDevices", fromNumber(env, devices));
  const AllocatorStatistics memory = allocatorStatistics();
  setProperty(env, info, "allocator", fromText(env, allocatorName()));
  setProperty(env, info, "allocatorInUseBytes", fromNumber(env, static_cast<double>(memory.inUse)));
  setProperty(env, info, "allocatorCachedBytes", fromNumber(env, static_cast<double>(memory.cached)));
  setProperty(env, info, "allocatorHighWaterBytes", fromNumber(env, static_cast<double>(memory.highWater)));
  setProperty(env, info, "parallel", fromText(env, at::get_parallel_info()));
  return info;
}

napi_value parallelThreads(napi_env env, Arguments&) {
  std::mutex mutex;
  std::set<std::thread::id> seen;
  at::parallel_for(0, 64, 1, [&](int64_t, int64_t) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const std::lock_guard<std::mutex> lock(mutex);
    seen.insert(std::this_thread::get_id());
  });
  return fromNumber(env, static_cast<double>(seen.size()));
}

napi_value setThreads(napi_env env, Arguments& arguments) {
  const int64_t count = toInteger(env, arguments.values[0], "threads");
  if (count < 1 || count > 4096) throw RangeMistake("threads: expected 1 to 4096, got " + std::to_string(count));
  at::set_num_threads(static_cast<int>(count));
  return fromNothing(env);
}

namespace {

uint64_t toSeed(napi_env env, napi_value value) {
  uint64_t seed = 0;
  bool lossless = false;
  if (napi_get_value_bigint_uint64(env, value, &seed, &lossless) != napi_ok || !lossless)
    throw TypeMistake("seed: expected a BigInt of 64 bits, 0 or more");
  return seed;
}

}  // namespace

napi_value manualSeed(napi_env env, Arguments& arguments) {
  at::manual_seed(toSeed(env, arguments.values[0]));
  return fromNothing(env);
}

napi_value generator(napi_env env, Arguments& arguments) { return newGenerator(env, toSeed(env, arguments.values[0])); }

napi_value loadLibrary(napi_env env, Arguments& arguments) {
  const std::string path = toText(env, arguments.values[0], "path");
  if (path.empty() || path.size() > 4096) throw RangeMistake("path: expected a library's path, got " + quoted(path));
  if (dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr) throw std::runtime_error(dlerror());
  return fromNothing(env);
}
