// Values between JavaScript and libtorch, each converted by the operator's own schema.
#pragma once

#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

#include <optional>

#include "js.h"

enum class Kind { tensor, scalar, integer, real, boolean, text, dtype, device, layout, memoryFormat, generator, list, refused };

/** How one schema argument is read from JavaScript. Made once per operator. */
struct Parameter {
  std::string name;      // as in the schema: snake_case
  std::string option;    // as JavaScript writes it: camelCase
  std::string typeName;  // for messages
  Kind kind = Kind::refused;
  Kind element = Kind::refused;  // of a list
  bool optional = false;         // accepts null and undefined
  bool elementOptional = false;  // Tensor?[]
  bool broadcasts = false;       // int[2] takes a bare number too
  int32_t size = 0;              // of such a list
  bool keywordOnly = false;
  std::optional<c10::IValue> fallback;  // the schema's default
};

Parameter parameterOf(const c10::Argument& argument);

/** Whether `value` can stand for the parameter, judged by its JavaScript type alone. */
bool accepts(napi_env env, const Parameter& parameter, napi_value value);

/** Converts; `integral` tells that the call has tensors and all of them are integral, so whole Scalars stay integers. */
c10::IValue toIValue(napi_env env, const Parameter& parameter, napi_value value, bool integral);

/** Converts a result; tensors become new handles. */
napi_value fromIValue(napi_env env, const c10::IValue& value);

at::ScalarType dtypeFromName(const std::string& name);
const char* dtypeName(at::ScalarType type);
/** 'cpu', 'cuda', 'cuda:1', 'mps' ...; TypeError for anything else. */
at::Device deviceFromName(const std::string& name);
std::string camelCase(const std::string& name);

/** A seeded random number generator for samplers, as an opaque JavaScript object. */
napi_value newGenerator(napi_env env, uint64_t seed);
/** What a JavaScript value is, in words, for messages. */
std::string describe(napi_env env, napi_value value);
