// The GPT-2 encoder as JavaScript sees it: arguments checked, the vocabulary shared by all threads of the process.
#pragma once

#include <napi.h>

#include <memory>

#include "gpt2_encoder.h"

/** One for each environment (worker): its encoder is made on first use and ends with it. */
class Gpt2Binding {
 public:
  /** load(bytes, ends): the vocabulary of this process, where there is none yet. */
  Napi::Value load(const Napi::CallbackInfo& info);

  /** loaded(): whether this process has a vocabulary. */
  Napi::Value loaded(const Napi::CallbackInfo& info);

  /** encode(bytes, ends, before, after, classifier): { ids, ends }. Separators are ids, or -1 for none. */
  Napi::Value encode(const Napi::CallbackInfo& info);

  /** classifiers(): names of the classifiers that this processor can run. */
  Napi::Value classifiers(const Napi::CallbackInfo& info);

 private:
  Gpt2Encoder& encoder(Napi::Env env);

  std::unique_ptr<Gpt2Encoder> encoder_;
};
