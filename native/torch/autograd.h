// Autograd's engine and the thread-wide modes: what the dispatcher alone cannot do.
#pragma once

#include "js.h"

napi_value backward(napi_env env, Arguments& arguments);         // (tensors, gradients or nulls)
napi_value gradient(napi_env env, Arguments& arguments);         // (tensor) -> Tensor or null
napi_value setGradient(napi_env env, Arguments& arguments);      // (tensor, Tensor or null)
napi_value requiresGrad(napi_env env, Arguments& arguments);     // (tensor) -> boolean
napi_value setRequiresGrad(napi_env env, Arguments& arguments);  // (tensor, boolean)
napi_value setGradMode(napi_env env, Arguments& arguments);      // (boolean) -> the mode before
napi_value setAutocast(napi_env env, Arguments& arguments);      // (device type, dtype or null) -> the dtype before, or null
