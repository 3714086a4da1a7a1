// A second addon for the boundary tests: it wraps any 64 bits in an object or an external, as somebody else's addon
// (or an attacker who guessed our handles) could. Built by the tests.

#include <node_api.h>

namespace {

napi_value wrapBits(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value values[2];
  uint64_t bits = 0;
  bool lossless = false;
  napi_get_cb_info(env, info, &count, values, nullptr, nullptr);
  napi_get_value_bigint_uint64(env, values[1], &bits, &lossless);
  if (napi_wrap(env, values[0], reinterpret_cast<void*>(bits), nullptr, nullptr, nullptr) != napi_ok)
    napi_throw_error(env, nullptr, "wrapBits: the object is wrapped already");
  return values[0];
}

napi_value externalBits(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value value;
  uint64_t bits = 0;
  bool lossless = false;
  napi_get_cb_info(env, info, &count, &value, nullptr, nullptr);
  napi_get_value_bigint_uint64(env, value, &bits, &lossless);
  napi_create_external(env, reinterpret_cast<void*>(bits), nullptr, nullptr, &value);
  return value;
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "wrapBits", NAPI_AUTO_LENGTH, wrapBits, nullptr, &function);
  napi_set_named_property(env, exports, "wrapBits", function);
  napi_create_function(env, "externalBits", NAPI_AUTO_LENGTH, externalBits, nullptr, &function);
  napi_set_named_property(env, exports, "externalBits", function);
  return exports;
}
