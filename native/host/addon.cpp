// The host addon's table: what JavaScript can call, and nothing else. One instance for each environment (worker).

#include <napi.h>

#include <set>
#include <string>
#include <system_error>

#include "gpt2_binding.h"
#include "lock.h"
#include "process.h"

namespace {

class HostAddon : public Napi::Addon<HostAddon> {
 public:
  HostAddon(Napi::Env, Napi::Object exports) {
    DefineAddon(exports, {
                             InstanceMethod("lock", &HostAddon::lock),
                             InstanceMethod("unlock", &HostAddon::unlock),
                             InstanceMethod("dieWithParent", &HostAddon::dieWithParent),
                             InstanceMethod("gpt2Load", &HostAddon::gpt2Load),
                             InstanceMethod("gpt2Loaded", &HostAddon::gpt2Loaded),
                             InstanceMethod("gpt2Encode", &HostAddon::gpt2Encode),
                             InstanceMethod("gpt2Classifiers", &HostAddon::gpt2Classifiers),
                         });
  }

  // The environment ends (a worker was terminated): its locks go with it.
  ~HostAddon() {
    for (const int file : locked_) unlockFile(file);
  }

 private:
  Napi::Value lock(const Napi::CallbackInfo& info) {
    const std::string path = text(info, 0, "lock: path");
    if (path.find('\0') != std::string::npos) throw Napi::TypeError::New(info.Env(), "lock: path: has a NUL");
    const std::string content = text(info, 1, "lock: text");
    return guarded(info.Env(), [&]() -> Napi::Value {
      const auto file = ::lockFile(path, content);
      if (!file) return info.Env().Null();
      locked_.insert(*file);
      return Napi::Number::New(info.Env(), *file);
    });
  }

  Napi::Value unlock(const Napi::CallbackInfo& info) {
    const int file = integer(info, 0, "unlock: fd");
    // Only what this environment locked: any other number may be somebody's open file.
    if (locked_.erase(file) == 0) throw Napi::RangeError::New(info.Env(), "unlock: fd: not a lock of this thread");
    unlockFile(file);
    return info.Env().Undefined();
  }

  Napi::Value dieWithParent(const Napi::CallbackInfo& info) {
    const int signal = integer(info, 0, "dieWithParent: signal");
    return guarded(info.Env(),
                   [&]() -> Napi::Value { return Napi::Boolean::New(info.Env(), ::dieWithParent(signal)); });
  }

  Napi::Value gpt2Load(const Napi::CallbackInfo& info) { return gpt2_.load(info); }
  Napi::Value gpt2Loaded(const Napi::CallbackInfo& info) { return gpt2_.loaded(info); }
  Napi::Value gpt2Encode(const Napi::CallbackInfo& info) { return gpt2_.encode(info); }
  Napi::Value gpt2Classifiers(const Napi::CallbackInfo& info) { return gpt2_.classifiers(info); }

  static std::string text(const Napi::CallbackInfo& info, size_t index, const char* what) {
    if (!info[index].IsString()) throw Napi::TypeError::New(info.Env(), std::string(what) + ": expected a string");
    return info[index].As<Napi::String>();
  }

  static int integer(const Napi::CallbackInfo& info, size_t index, const char* what) {
    if (!info[index].IsNumber()) throw Napi::TypeError::New(info.Env(), std::string(what) + ": expected a number");
    const double number = info[index].As<Napi::Number>();
    if (!(number >= 0 && number <= 0x7fffffff) || number != static_cast<int>(number))
      throw Napi::RangeError::New(info.Env(), std::string(what) + ": expected a whole number, not negative");
    return static_cast<int>(number);
  }

  // System errors become JavaScript errors with Node's `code`.
  template <typename Body>
  static Napi::Value guarded(Napi::Env env, Body body) {
    try {
      return body();
    } catch (const std::system_error& error) {
      const Napi::Error thrown = Napi::Error::New(env, error.what());
      thrown.Value().Set("errno", Napi::Number::New(env, error.code().value()));
      throw thrown;
    }
  }

  std::set<int> locked_;
  Gpt2Binding gpt2_;
};

}  // namespace

NODE_API_ADDON(HostAddon)
