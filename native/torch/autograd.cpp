// Backward passes, gradients, grad mode and autocast. See autograd.h.

#include "autograd.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include "handle.h"
#include "values.h"

napi_value backward(napi_env env, Arguments& arguments) {
  std::vector<at::Tensor> outputs;
  std::vector<at::Tensor> gradients;
  for (napi_value value : toElements(env, arguments.values[0], "backward"))
    outputs.push_back(requireTensor(env, value, "backward"));
  for (napi_value value : toElements(env, arguments.values[1], "gradients"))
    gradients.push_back(typeOf(env, value) == napi_null ? at::Tensor() : requireTensor(env, value, "gradient"));
  torch::autograd::backward(outputs, gradients);
  return fromNothing(env);
}

napi_value gradient(napi_env env, Arguments& arguments) {
  return wrapTensor(env, requireTensor(env, arguments.values[0], "grad").grad());
}

napi_value setGradient(napi_env env, Arguments& arguments) {
  at::Tensor& tensor = requireTensor(env, arguments.values[0], "grad");
  if (typeOf(env, arguments.values[1]) == napi_null) {
    tensor.mutable_grad() = at::Tensor();
  } else {
    const at::Tensor& value = requireTensor(env, arguments.values[1], "grad");
    if (value.sizes() != tensor.sizes()) throw RangeMistake("grad: expected the shape of its tensor");
    tensor.mutable_grad() = value;
  }
  return fromNothing(env);
}

napi_value requiresGrad(napi_env env, Arguments& arguments) {
  return fromBoolean(env, requireTensor(env, arguments.values[0], "requiresGrad").requires_grad());
}

napi_value setRequiresGrad(napi_env env, Arguments& arguments) {
  at::Tensor& tensor = requireTensor(env, arguments.values[0], "requiresGrad");
  tensor.set_requires_grad(toBoolean(env, arguments.values[1], "requiresGrad"));
  return fromNothing(env);
}

napi_value setGradMode(napi_env env, Arguments& arguments) {
  const bool before = at::GradMode::is_enabled();
  at::GradMode::set_enabled(toBoolean(env, arguments.values[0], "gradMode"));
  return fromBoolean(env, before);
}

napi_value setAutocast(napi_env env, Arguments& arguments) {
  const at::DeviceType type = deviceFromName(toText(env, arguments.values[0], "device")).type();
  const bool before = at::autocast::is_autocast_enabled(type);
  const at::ScalarType dtypeBefore = at::autocast::get_autocast_dtype(type);
  const bool enable = typeOf(env, arguments.values[1]) != napi_null;
  if (enable) at::autocast::set_autocast_dtype(type, dtypeFromName(toText(env, arguments.values[1], "dtype")));
  at::autocast::set_autocast_enabled(type, enable);
  at::autocast::clear_cache();  // casts of weights are remembered only inside one region
  return before ? fromText(env, dtypeName(dtypeBefore)) : fromNull(env);
}
