// The addon's table: what JavaScript can call, and nothing else. Main thread only.

#include <sys/syscall.h>
#include <torch/csrc/inductor/aoti_torch/c/shim.h>
#include <torch/headeronly/version.h>
#include <unistd.h>

#include "allocator.h"
#include "autograd.h"
#include "call.h"
#include "handle.h"
#include "runtime.h"
#include "tensors.h"

namespace {

struct Entry {
  const char* name;
  napi_value (*body)(napi_env, Arguments&);
};

napi_value registerTensorClass(napi_env env, Arguments& arguments) {
  setTensorClass(env, arguments.values[0]);
  return fromNothing(env);
}

constexpr Entry table[] = {
    {"setTensorClass", registerTensorClass},
    {"resolve", resolveOperator},
    {"schemas", listSchemas},
    {"fromTypedArray", fromTypedArray},
    {"toTypedArray", toTypedArray},
    {"item", item},
    {"shape", shape},
    {"dtype", dtype},
    {"device", device},
    {"byteLength", byteLength},
    {"release", release},
    {"released", released},
    {"openScope", scopeOpen},
    {"closeScope", scopeClose},
    {"keep", keep},
    {"liveTensors", liveTensors},
    {"collectedTensors", collectedTensors},
    {"readBytes", readBytes},
    {"copyBytes", copyBytes},
    {"backward", backward},
    {"gradient", gradient},
    {"setGradient", setGradient},
    {"requiresGrad", requiresGrad},
    {"setRequiresGrad", setRequiresGrad},
    {"setGradMode", setGradMode},
    {"setAutocast", setAutocast},
    {"engineInfo", engineInfo},
    {"parallelThreads", parallelThreads},
    {"setThreads", setThreads},
    {"manualSeed", manualSeed},
    {"generator", generator},
    {"loadLibrary", loadLibrary},
};

napi_value dispatch(napi_env env, napi_callback_info info) {
  return guarded(env, info, [](napi_env inner, Arguments& arguments) {
    const auto* entry = static_cast<const Entry*>(arguments.data);
    if (arguments.count > Arguments::capacity) throw TypeMistake(std::string(entry->name) + ": too many arguments");
    return entry->body(inner, arguments);
  });
}

bool onMainThread() {
#ifdef __linux__
  return getpid() == static_cast<pid_t>(syscall(SYS_gettid));
#else
  return pthread_main_np() == 1;
#endif
}

bool loaded = false;

}  // namespace

NAPI_MODULE_INIT() {
  if (!onMainThread()) {
    napi_throw_error(env, nullptr, "the torch engine runs on the main thread only; use a process instead of a worker");
    return nullptr;
  }
  if (loaded) {
    napi_throw_error(env, nullptr, "the torch engine is loaded already; one process has one");
    return nullptr;
  }
  // The top byte of the version is the major release, the next the minor one: headers and library must agree on both.
  if ((aoti_torch_abi_version() >> 48) != (static_cast<uint64_t>(TORCH_ABI_VERSION) >> 48)) {
    napi_throw_error(env, nullptr, "libtorch differs from the headers the addon was built with; run `npx inheritune setup`");
    return nullptr;
  }
  installAllocator();
  for (const Entry& entry : table) {
    napi_value function;
    if (napi_create_function(env, entry.name, NAPI_AUTO_LENGTH, dispatch, const_cast<Entry*>(&entry), &function) != napi_ok ||
        napi_set_named_property(env, exports, entry.name, function) != napi_ok)
      return nullptr;
  }
  loaded = true;
  return exports;
}
