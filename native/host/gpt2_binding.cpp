// What JavaScript passes is checked here: kinds of arrays, ends that descend or lie outside, ids that are none.

#include "gpt2_binding.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <string>

namespace {

// A cache: the vocabulary is the same for all threads, and none changes it.
std::mutex vocabularyMutex;
std::shared_ptr<const Gpt2Vocabulary> processVocabulary;

std::shared_ptr<const Gpt2Vocabulary> sharedVocabulary() {
  const std::lock_guard lock(vocabularyMutex);
  return processVocabulary;
}

// The elements of a typed array that is ours alone while we run: not shared, not detached.
template <typename Element>
std::span<const Element> elements(const Napi::CallbackInfo& info, size_t index, napi_typedarray_type type,
                                  const char* what) {
  const Napi::Value value = info[index];
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type)
    throw Napi::TypeError::New(info.Env(), what);
  const auto array = value.As<Napi::TypedArrayOf<Element>>();
  const Napi::Value buffer = value.As<Napi::Object>().Get("buffer");
  if (!buffer.IsArrayBuffer()) throw Napi::TypeError::New(info.Env(), std::string(what) + ", not on shared memory");
  if (buffer.As<Napi::ArrayBuffer>().IsDetached())
    throw Napi::TypeError::New(info.Env(), std::string(what) + ", not a detached one");
  return {array.Data(), array.ElementLength()};
}

std::span<const uint8_t> bytesOf(const Napi::CallbackInfo& info, size_t index, const char* what) {
  return elements<uint8_t>(info, index, napi_uint8_array, what);
}

std::span<const uint32_t> endsOf(const Napi::CallbackInfo& info, size_t index, size_t size, const char* what) {
  const auto ends = elements<uint32_t>(info, index, napi_uint32_array, what);
  uint32_t last = 0;
  for (size_t i = 0; i < ends.size(); last = ends[i++]) {
    if (ends[i] < last || ends[i] > size)
      throw Napi::RangeError::New(info.Env(), std::string(what) + ", ascending up to " + std::to_string(size) +
                                                  "; found " + std::to_string(ends[i]) + " at " + std::to_string(i) +
                                                  ", after " + std::to_string(last));
  }
  return ends;
}

// A whole number of at least `least` and below `limit`.
int64_t whole(const Napi::CallbackInfo& info, size_t index, int64_t least, int64_t limit, const char* what) {
  if (!info[index].IsNumber()) throw Napi::TypeError::New(info.Env(), what);
  const double number = info[index].As<Napi::Number>();
  if (!(number >= static_cast<double>(least) && number < static_cast<double>(limit)) ||
      number != static_cast<double>(static_cast<int64_t>(number)))
    throw Napi::RangeError::New(info.Env(), what);
  return static_cast<int64_t>(number);
}

std::optional<uint16_t> separator(const Napi::CallbackInfo& info, size_t index, const char* what) {
  const int64_t id = whole(info, index, -1, 0x10000, what);
  return id < 0 ? std::nullopt : std::optional(static_cast<uint16_t>(id));
}

// C++'s own errors as JavaScript's.
template <typename Body>
auto guarded(Napi::Env env, Body body) {
  try {
    return body();
  } catch (const std::invalid_argument& error) {
    throw Napi::RangeError::New(env, std::string("gpt2Load: ") + error.what());
  } catch (const std::bad_alloc&) {
    throw Napi::Error::New(env, "gpt2: out of memory; encode less text at once");
  }
}

}  // namespace

Napi::Value Gpt2Binding::load(const Napi::CallbackInfo& info) {
  const auto bytes = bytesOf(info, 0, "gpt2Load: bytes: expected a Uint8Array");
  const auto ends = endsOf(info, 1, bytes.size(), "gpt2Load: ends: expected a Uint32Array");
  guarded(info.Env(), [&] {
    const std::lock_guard lock(vocabularyMutex);
    if (!processVocabulary) processVocabulary = std::make_shared<const Gpt2Vocabulary>(bytes, ends);
  });
  return info.Env().Undefined();
}

Napi::Value Gpt2Binding::loaded(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), sharedVocabulary() != nullptr);
}

Napi::Value Gpt2Binding::encode(const Napi::CallbackInfo& info) {
  const auto bytes = bytesOf(info, 0, "gpt2Encode: text: expected a Uint8Array");
  const auto ends = endsOf(info, 1, bytes.size(), "gpt2Encode: ends: expected a Uint32Array");
  const Separators separators{separator(info, 2, "gpt2Encode: before: expected an id below 65536, or -1"),
                              separator(info, 3, "gpt2Encode: after: expected an id below 65536, or -1")};
  const auto classifiers = asciiClassifiers();
  const auto last = static_cast<int64_t>(classifiers.size());
  const auto chosen = static_cast<size_t>(whole(info, 4, 0, last, "gpt2Encode: classifier: expected its place"));
  if (bytes.size() + 2 * ends.size() > std::numeric_limits<uint32_t>::max())
    throw Napi::RangeError::New(info.Env(), "gpt2Encode: expected less than 4 GB of text at once");
  return guarded(info.Env(), [&]() -> Napi::Value {
    Gpt2Encoder& encoder = this->encoder(info.Env());
    encoder.classifyBy(classifiers[chosen].classify);
    auto idEnds = Napi::Uint32Array::New(info.Env(), ends.size());
    const auto found = encoder.encode(bytes, ends, separators, {idEnds.Data(), ends.size()});
    auto ids = Napi::Uint16Array::New(info.Env(), found.size());
    std::copy(found.begin(), found.end(), ids.Data());
    encoder.shrink();
    auto result = Napi::Object::New(info.Env());
    result.Set("ids", ids);
    result.Set("ends", idEnds);
    return result;
  });
}

Napi::Value Gpt2Binding::classifiers(const Napi::CallbackInfo& info) {
  auto names = Napi::Array::New(info.Env());
  for (const auto& [name, classify] : asciiClassifiers()) names.Set(names.Length(), Napi::String::New(info.Env(), name));
  return names;
}

Gpt2Encoder& Gpt2Binding::encoder(Napi::Env env) {
  if (encoder_) return *encoder_;
  const auto vocabulary = sharedVocabulary();
  if (!vocabulary) throw Napi::Error::New(env, "gpt2Encode: no vocabulary yet; call gpt2Load first");
  encoder_ = std::make_unique<Gpt2Encoder>(vocabulary);
  return *encoder_;
}
