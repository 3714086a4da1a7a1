// Tensors made from and read into JavaScript memory, and what JavaScript may ask of one.
#pragma once

#include "js.h"

napi_value fromTypedArray(napi_env env, Arguments& arguments);  // (typedArray, shape, dtype, device) -> Tensor
napi_value toTypedArray(napi_env env, Arguments& arguments);    // (tensor) -> a copy, row-major
napi_value item(napi_env env, Arguments& arguments);            // (tensor of one element) -> number
napi_value shape(napi_env env, Arguments& arguments);
napi_value dtype(napi_env env, Arguments& arguments);
napi_value device(napi_env env, Arguments& arguments);
napi_value byteLength(napi_env env, Arguments& arguments);
napi_value release(napi_env env, Arguments& arguments);
napi_value released(napi_env env, Arguments& arguments);
napi_value scopeOpen(napi_env env, Arguments& arguments);
napi_value scopeClose(napi_env env, Arguments& arguments);  // (kept tensors)
napi_value keep(napi_env env, Arguments& arguments);
napi_value liveTensors(napi_env env, Arguments& arguments);
napi_value collectedTensors(napi_env env, Arguments& arguments);
napi_value readBytes(napi_env env, Arguments& arguments);  // (tensor, offset, length, fd, position) -> bytes read
napi_value copyBytes(napi_env env, Arguments& arguments);  // (tensor, offset, Uint8Array) -> fills the array
