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
  if (!gradients.empty() && gradients.size() != outputs.size())
    throw RangeMistake("backward: expected a gradient for each output, got " + std::to_string(gradients.size()) + " for " +
                       std::to_string(outputs.size()));
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
    if (value.scalar_type() != tensor.scalar_type() || value.device() != tensor.device())
      throw TypeMistake("grad: expected the dtype and device of its tensor");
    if (value.unsafeGetTensorImpl() == tensor.unsafeGetTensorImpl())
      throw TypeMistake("grad: a tensor cannot be its own gradient");
    tensor.mutable_grad() = value;
  }
  return fromNothing(env);
}

napi_value requiresGrad(napi_env env, Arguments& arguments) {
  return fromBoolean(env, requireTensor(env, arguments.values[0], "requiresGrad").requires_grad());
}

napi_value setRequiresGrad(napi_env env, Arguments& arguments) {
  at::Tensor& tensor = requireTensor(env, arguments.values[0], "requiresGrad");
  const bool wanted = toBoolean(env, arguments.values[1], "requiresGrad");
  if (!wanted && !tensor.is_leaf())
    throw TypeMistake("requiresGrad: only a leaf can be set to false; use detach() for what an operator made");
  tensor.set_requires_grad(wanted);
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
  if (enable) {
    const at::ScalarType dtype = dtypeFromName(toText(env, arguments.values[1], "dtype"));
    if (dtype != at::kBFloat16 && dtype != at::kHalf)
      throw TypeMistake(std::string("autocast: expected 'bfloat16' or 'float16', got '") + dtypeName(dtype) + "'");
    at::autocast::set_autocast_dtype(type, dtype);
  }
  at::autocast::set_autocast_enabled(type, enable);
  at::autocast::clear_cache();  // casts of weights are remembered only inside one region
  return before ? fromText(env, dtypeName(dtypeBefore)) : fromNull(env);
}
