// Small helpers over Node-API: checked calls, strings, numbers. Knows nothing of tensors.
#pragma once

#include <node_api.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

/** The caller's mistake: becomes a JavaScript TypeError. */
struct TypeMistake : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/** A value outside its range: becomes a JavaScript RangeError. */
struct RangeMistake : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/** A JavaScript exception is already pending: unwind without throwing another. */
struct PendingException {};

/** Arguments of one call from JavaScript. Missing ones are `undefined`. */
struct Arguments {
  static constexpr size_t capacity = 40;
  size_t count = capacity;
  napi_value values[capacity];
  napi_value self = nullptr;
  void* data = nullptr;
};

inline void check(napi_env env, napi_status status, const char* expected) {
  if (status == napi_ok) return;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending || status == napi_pending_exception) throw PendingException{};
  throw TypeMistake(std::string("expected ") + expected);
}

inline napi_valuetype typeOf(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  return type;
}

inline std::string toText(napi_env env, napi_value value, const char* what) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok)
    throw TypeMistake(std::string(what) + ": expected a string");
  std::string text(length, '\0');
  check(env, napi_get_value_string_utf8(env, value, text.data(), length + 1, &length), "a string");
  return text;
}

inline double toNumber(napi_env env, napi_value value, const char* what) {
  double number = 0;
  if (napi_get_value_double(env, value, &number) != napi_ok)
    throw TypeMistake(std::string(what) + ": expected a number");
  return number;
}

/** A number as people write it, for messages. */
inline std::string plainNumber(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", number);
  return text;
}

/** Text in quotes for messages, cut where it is long. */
inline std::string quoted(const std::string& text) {
  constexpr size_t limit = 60;
  return "'" + (text.size() > limit ? text.substr(0, limit) + "..." : text) + "'";
}

/** A whole number within ±(2^53 - 1), or a RangeError naming `what`. */
inline int64_t toInteger(napi_env env, napi_value value, const char* what) {
  const double number = toNumber(env, value, what);
  constexpr double limit = 9007199254740991.0;
  if (!(number >= -limit && number <= limit) || number != static_cast<double>(static_cast<int64_t>(number)))
    throw RangeMistake(std::string(what) + ": expected a whole number up to 2^53, got " + plainNumber(number));
  return static_cast<int64_t>(number);
}

inline bool toBoolean(napi_env env, napi_value value, const char* what) {
  bool flag = false;
  if (napi_get_value_bool(env, value, &flag) != napi_ok)
    throw TypeMistake(std::string(what) + ": expected true or false");
  return flag;
}

/** Elements of a JavaScript array, or a TypeError naming `what`. Reading them can run JavaScript (getters). */
inline std::vector<napi_value> toElements(napi_env env, napi_value array, const char* what) {
  uint32_t length = 0;
  if (napi_get_array_length(env, array, &length) != napi_ok)
    throw TypeMistake(std::string(what) + ": expected an array");
  constexpr uint32_t limit = 1 << 20;  // an array may claim 2^32 - 1 elements and hold none
  if (length > limit) throw RangeMistake(std::string(what) + ": expected at most 2^20 elements, got " + std::to_string(length));
  std::vector<napi_value> elements(length);
  for (uint32_t i = 0; i < length; ++i) check(env, napi_get_element(env, array, i, &elements[i]), "an array element");
  return elements;
}

inline napi_value fromText(napi_env env, const std::string& text) {
  napi_value value;
  check(env, napi_create_string_utf8(env, text.data(), text.size(), &value), "room for a string");
  return value;
}

inline napi_value fromNumber(napi_env env, double number) {
  napi_value value;
  check(env, napi_create_double(env, number, &value), "room for a number");
  return value;
}

inline napi_value fromBoolean(napi_env env, bool flag) {
  napi_value value;
  check(env, napi_get_boolean(env, flag, &value), "a boolean");
  return value;
}

inline napi_value fromNothing(napi_env env) {
  napi_value value;
  check(env, napi_get_undefined(env, &value), "undefined");
  return value;
}

inline napi_value fromNull(napi_env env) {
  napi_value value;
  check(env, napi_get_null(env, &value), "null");
  return value;
}

inline napi_value newArray(napi_env env, const std::vector<napi_value>& elements) {
  napi_value array;
  check(env, napi_create_array_with_length(env, elements.size(), &array), "room for an array");
  for (size_t i = 0; i < elements.size(); ++i)
    check(env, napi_set_element(env, array, static_cast<uint32_t>(i), elements[i]), "an array element");
  return array;
}

inline void setProperty(napi_env env, napi_value object, const char* name, napi_value value) {
  check(env, napi_set_named_property(env, object, name, value), "an object");
}
