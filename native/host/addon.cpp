// The host addon's table: what JavaScript can call, and nothing else. One instance for each environment (worker).

#include <napi.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "bootstrap.h"
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
                             InstanceMethod("resampledPerplexities", &HostAddon::resampledPerplexities),
                             InstanceMethod("exponential", &HostAddon::exponential),
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

  Napi::Value resampledPerplexities(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float64_array)
      throw Napi::TypeError::New(env, "resampledPerplexities: values: expected a Float64Array");
    const auto given = info[0].As<Napi::Float64Array>();
    const std::vector<double> values(given.Data(), given.Data() + given.ElementLength());
    const int first = integer(info, 1, "resampledPerplexities: first");
    const int chunks = integer(info, 2, "resampledPerplexities: chunks");
    const int replicates = integer(info, 3, "resampledPerplexities: replicates");
    if (values.empty() || chunks > 1'000'000 || replicates > 1'000'000 ||
        static_cast<int64_t>(chunks) * replicates > 100'000'000)
      throw Napi::RangeError::New(env, "resampledPerplexities: expected values, and at most 1e8 replicates");
    return guarded(env, [&]() -> Napi::Value {
      const std::vector<double> made = ::resampledPerplexities(values, first, chunks, replicates);
      auto out = Napi::Float64Array::New(env, made.size());
      std::copy(made.begin(), made.end(), out.Data());
      return out;
    });
  }

  Napi::Value exponential(const Napi::CallbackInfo& info) {
    if (!info[0].IsNumber()) throw Napi::TypeError::New(info.Env(), "exponential: expected a number");
    return Napi::Number::New(info.Env(), std::exp(info[0].As<Napi::Number>().DoubleValue()));
  }

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
