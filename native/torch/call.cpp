// The generic call: pick an overload by the ordered table, convert by schema, call boxed, convert back. See call.h.

#include "call.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/version.h>

#include <algorithm>
#include <sstream>

#include "handle.h"
#include "values.h"

namespace {

struct Overload {
  c10::OperatorHandle handle;
  std::string name;                   // aten::add.Tensor
  std::vector<Parameter> parameters;  // in schema order, positional first
  size_t positional = 0;
  std::vector<int> aliases;  // per result: the argument it is, or -1
};

struct Operator {
  std::string name;
  bool method = false;
  std::vector<Overload> overloads;
};

Overload makeOverload(const std::string& fullName, c10::OperatorHandle handle) {
  Overload overload{handle, fullName, {}, 0, {}};
  const c10::FunctionSchema& schema = handle.schema();
  for (const c10::Argument& argument : schema.arguments()) {
    overload.parameters.push_back(parameterOf(argument));
    if (!argument.kwarg_only()) ++overload.positional;
  }
  for (const c10::Argument& result : schema.returns()) {
    int alias = -1;
    const c10::AliasInfo* info = result.alias_info();
    for (size_t i = 0; info != nullptr && info->isWrite() && i < schema.arguments().size(); ++i) {
      const c10::AliasInfo* other = schema.arguments()[i].alias_info();
      const bool isTensor = overload.parameters[i].kind == Kind::tensor;
      if (other != nullptr && isTensor && other->beforeSets() == info->beforeSets()) alias = static_cast<int>(i);
    }
    overload.aliases.push_back(alias);
  }
  return overload;
}

/** Plain objects only: one with another class (a Date, an empty Tensor) is an argument in the wrong place. */
bool isOptions(napi_env env, napi_value value) {
  napi_value prototype;
  if (typeOf(env, value) != napi_object) return false;
  check(env, napi_get_prototype(env, value, &prototype), "an object");
  if (typeOf(env, prototype) != napi_null) check(env, napi_get_prototype(env, prototype, &prototype), "an object");
  return typeOf(env, prototype) == napi_null && !isTensorObject(env, value);  // the second for proxies of tensors
}

/** Runs `body`; a mistake that it finds is named after `name`. */
template <typename Body>
auto named(const std::string& name, Body body) {
  try {
    return body();
  } catch (const TypeMistake& mistake) {
    throw TypeMistake(name + ": " + mistake.what());
  } catch (const RangeMistake& mistake) {
    throw RangeMistake(name + ": " + mistake.what());
  }
}

/** The values of one call in schema order; absent ones are `undefined`. False where the overload does not fit. */
bool arrange(napi_env env, const Overload& overload, const std::vector<napi_value>& given, napi_value options,
             std::vector<napi_value>& arranged, std::string* reason) {
  if (given.size() > overload.positional) {
    if (reason) *reason = "takes " + std::to_string(overload.positional) + " arguments, got " + std::to_string(given.size());
    return false;
  }
  arranged.assign(overload.parameters.size(), fromNothing(env));
  std::copy(given.begin(), given.end(), arranged.begin());
  size_t used = 0;
  for (size_t i = given.size(); options != nullptr && i < overload.parameters.size(); ++i) {
    const Parameter& parameter = overload.parameters[i];
    if (!parameter.keywordOnly) continue;
    bool present = false;
    napi_has_named_property(env, options, parameter.option.c_str(), &present);
    if (!present) continue;
    ++used;
    check(env, napi_get_named_property(env, options, parameter.option.c_str(), &arranged[i]), "an options object");
  }
  if (options != nullptr) {
    napi_value keys;
    check(env, napi_get_property_names(env, options, &keys), "an options object");
    for (napi_value key : toElements(env, keys, "options")) {
      const std::string option = toText(env, key, "option");
      const bool known = std::any_of(overload.parameters.begin(), overload.parameters.end(), [&](const Parameter& p) {
        return p.keywordOnly && p.option == option;
      });
      if (known) continue;
      if (reason) *reason = "unknown option " + quoted(option);
      return false;
    }
  }
  for (size_t i = 0; i < arranged.size(); ++i) {
    const Parameter& parameter = overload.parameters[i];
    if (named(overload.name, [&] { return accepts(env, parameter, arranged[i]); })) continue;
    if (reason) *reason = parameter.option + ": expected " + parameter.typeName + ", got " + describe(env, arranged[i]);
    return false;
  }
  return true;
}

const Overload& pick(napi_env env, const Operator& op, const std::vector<napi_value>& given, napi_value options,
                     std::vector<napi_value>& arranged) {
  for (const Overload& overload : op.overloads)
    if (arrange(env, overload, given, options, arranged, nullptr)) return overload;
  std::string message;
  for (const Overload& overload : op.overloads) {
    std::string reason;
    arrange(env, overload, given, options, arranged, &reason);
    message += (message.empty() ? "" : "; ") + overload.name + ": " + reason;
  }
  throw TypeMistake(message);
}

/** True when there are tensors among the arguments and none of them is floating or complex. */
bool allIntegral(const Overload& overload, napi_env env, const std::vector<napi_value>& arranged) {
  bool any = false;
  for (size_t i = 0; i < arranged.size(); ++i) {
    if (overload.parameters[i].kind != Kind::tensor) continue;
    const at::Tensor* tensor = findTensor(env, arranged[i]);
    if (tensor == nullptr) continue;
    any = true;
    if (!c10::isIntegralType(tensor->scalar_type(), true)) return false;
  }
  return any;
}

std::string withShapes(const Overload& overload, const torch::jit::Stack& inputs) {
  std::ostringstream text;
  text << overload.name << "(";
  bool first = true;
  for (const c10::IValue& input : inputs) {
    if (!input.isTensor() || !input.toTensor().defined()) continue;
    text << (first ? "" : ", ") << input.toTensor().sizes();
    first = false;
  }
  text << ")";
  return text.str();
}

std::string firstLine(const char* message) {
  std::string text(message);
  return text.substr(0, text.find('\n'));
}

napi_value call(napi_env env, Arguments& arguments) {
  const auto& op = *static_cast<const Operator*>(arguments.data);
  if (arguments.count > Arguments::capacity) throw TypeMistake(op.name + ": too many arguments");
  std::vector<napi_value> given;
  given.reserve(arguments.count + 1);
  if (op.method) given.push_back(arguments.self);
  given.insert(given.end(), arguments.values, arguments.values + arguments.count);
  napi_value options = nullptr;
  if (!given.empty() && isOptions(env, given.back())) {
    options = given.back();
    given.pop_back();
  }
  std::vector<napi_value> arranged;
  const Overload& overload = pick(env, op, given, options, arranged);
  const bool integral = allIntegral(overload, env, arranged);
  torch::jit::Stack stack;
  stack.reserve(arranged.size());
  for (size_t i = 0; i < arranged.size(); ++i) {
    stack.push_back(named(overload.name, [&] { return toIValue(env, overload.parameters[i], arranged[i], integral); }));
  }
  torch::jit::Stack inputs = stack;  // for the error's shapes; only reference counts
  try {
    overload.handle.callBoxed(stack);
  } catch (const c10::Error& error) {
    throw std::runtime_error(withShapes(overload, inputs) + ": " + firstLine(error.what_without_backtrace()));
  } catch (const std::exception& error) {
    throw std::runtime_error(withShapes(overload, inputs) + ": " + firstLine(error.what()));
  }
  inputs.clear();
  std::vector<napi_value> results;
  for (size_t i = 0; i < stack.size(); ++i) {
    const int alias = overload.aliases[i];
    results.push_back(alias >= 0 ? arranged[alias] : fromIValue(env, stack[i]));
  }
  if (results.empty()) return fromNothing(env);
  return results.size() == 1 ? results.front() : newArray(env, results);
}

napi_value callGuarded(napi_env env, napi_callback_info info) { return guarded(env, info, call); }

}  // namespace

napi_value resolveOperator(napi_env env, Arguments& arguments) {
  auto op = std::make_unique<Operator>();
  op->name = toText(env, arguments.values[0], "name");
  op->method = toBoolean(env, arguments.values[2], "method");
  for (napi_value value : toElements(env, arguments.values[1], "overloads")) {
    const std::string fullName = toText(env, value, "overload");
    const size_t dot = fullName.find('.');
    const std::string base = fullName.substr(0, dot);
    const std::string overloadName = dot == std::string::npos ? "" : fullName.substr(dot + 1);
    auto handle = c10::Dispatcher::singleton().findSchema({base, overloadName});
    if (handle) op->overloads.push_back(makeOverload(fullName, *handle));
  }
  if (op->overloads.empty())
    throw TypeMistake(op->name + ": libtorch " + TORCH_VERSION + " has no such operator");
  napi_value function;
  const auto destroy = [](napi_env, void* data, void*) { std::unique_ptr<Operator>(static_cast<Operator*>(data)); };
  check(env, napi_create_function(env, op->name.c_str(), NAPI_AUTO_LENGTH, callGuarded, op.get(), &function), "a function");
  check(env, napi_add_finalizer(env, function, op.get(), destroy, nullptr, nullptr), "a function");
  op.release();  // freed with the function
  return function;
}

napi_value listSchemas(napi_env env, Arguments&) {
  std::vector<napi_value> texts;
  for (const c10::OperatorName& name : c10::Dispatcher::singleton().getAllOpNames()) {
    const auto handle = c10::Dispatcher::singleton().findSchema(name);
    if (!handle) continue;
    std::ostringstream text;
    text << handle->schema();
    texts.push_back(fromText(env, text.str()));
  }
  return newArray(env, texts);
}

napi_value guarded(napi_env env, napi_callback_info info, napi_value (*body)(napi_env, Arguments&)) {
  try {
    Arguments arguments;
    check(env, napi_get_cb_info(env, info, &arguments.count, arguments.values, &arguments.self, &arguments.data), "a call");
    return body(env, arguments);
  } catch (const PendingException&) {
    return nullptr;
  } catch (const TypeMistake& error) {
    napi_throw_type_error(env, nullptr, error.what());
  } catch (const RangeMistake& error) {
    napi_throw_range_error(env, nullptr, error.what());
  } catch (const c10::Error& error) {
    napi_throw_error(env, nullptr, firstLine(error.what_without_backtrace()).c_str());
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, firstLine(error.what()).c_str());
  } catch (...) {
    napi_throw_error(env, nullptr, "an unknown C++ exception");
  }
  return nullptr;
}
