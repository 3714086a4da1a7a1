// Conversion between JavaScript values and IValues, driven by schema types. See values.h.

#include "values.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/Generator.h>
#include <ATen/core/jit_type.h>
#include <c10/core/DefaultDtype.h>

#include <cmath>

#include "handle.h"

namespace {

struct NamedDtype {
  const char* name;
  at::ScalarType type;
};

constexpr NamedDtype dtypes[] = {
    {"float32", at::kFloat},   {"float64", at::kDouble},          {"bfloat16", at::kBFloat16},
    {"float16", at::kHalf},    {"int64", at::kLong},              {"int32", at::kInt},
    {"int16", at::kShort},     {"int8", at::kChar},               {"uint8", at::kByte},
    {"uint16", at::kUInt16},   {"bool", at::kBool},               {"complex64", at::kComplexFloat},
    {"complex128", at::kComplexDouble},
};

constexpr napi_type_tag generatorTag = {0x696e68657269746bULL, 0x67656e657261746fULL};

Kind kindOf(const c10::Type& type) {
  switch (type.kind()) {
    case c10::TypeKind::TensorType: return Kind::tensor;
    case c10::TypeKind::NumberType: return Kind::scalar;
    case c10::TypeKind::IntType: return Kind::integer;
    case c10::TypeKind::SymIntType: return Kind::integer;
    case c10::TypeKind::FloatType: return Kind::real;
    case c10::TypeKind::BoolType: return Kind::boolean;
    case c10::TypeKind::StringType: return Kind::text;
    case c10::TypeKind::ScalarTypeType: return Kind::dtype;
    case c10::TypeKind::DeviceObjType: return Kind::device;
    case c10::TypeKind::LayoutType: return Kind::layout;
    case c10::TypeKind::MemoryFormatType: return Kind::memoryFormat;
    case c10::TypeKind::GeneratorType: return Kind::generator;
    case c10::TypeKind::ListType: return Kind::list;
    default: return Kind::refused;
  }
}

bool isArray(napi_env env, napi_value value) {
  bool array = false;
  napi_is_array(env, value, &array);
  return array;
}

bool isGenerator(napi_env env, napi_value value) {
  bool tagged = false;
  return typeOf(env, value) == napi_external && napi_check_object_type_tag(env, value, &generatorTag, &tagged) == napi_ok &&
         tagged;
}

bool acceptsKind(napi_env env, Kind kind, napi_value value, napi_valuetype type) {
  switch (kind) {
    case Kind::tensor: return type == napi_object && findTensor(env, value) != nullptr;
    case Kind::scalar: return type == napi_number || type == napi_bigint || type == napi_boolean;
    case Kind::integer: return type == napi_number || type == napi_bigint;
    case Kind::real: return type == napi_number;
    case Kind::boolean: return type == napi_boolean;
    case Kind::text:
    case Kind::dtype:
    case Kind::device:
    case Kind::layout:
    case Kind::memoryFormat: return type == napi_string;
    case Kind::generator: return isGenerator(env, value);
    default: return false;
  }
}

int64_t readInteger(napi_env env, napi_value value, const std::string& name) {
  if (typeOf(env, value) != napi_bigint) return toInteger(env, value, name.c_str());
  int64_t integer = 0;
  bool lossless = false;
  check(env, napi_get_value_bigint_int64(env, value, &integer, &lossless), "a BigInt");
  if (!lossless) throw RangeMistake(name + ": the BigInt does not fit into 64 bits");
  return integer;
}

at::Scalar readScalar(napi_env env, napi_value value, const std::string& name, bool integral) {
  switch (typeOf(env, value)) {
    case napi_boolean: return toBoolean(env, value, name.c_str());
    case napi_bigint: return readInteger(env, value, name);
    default: break;
  }
  const double number = toNumber(env, value, name.c_str());
  if (integral && std::floor(number) == number && std::abs(number) <= 9007199254740991.0)
    return static_cast<int64_t>(number);
  return number;
}

at::Layout layoutFromName(const std::string& name) {
  if (name == "strided") return at::kStrided;
  if (name == "sparse") return at::kSparse;
  throw TypeMistake("layout: expected 'strided' or 'sparse', got " + quoted(name));
}

at::MemoryFormat memoryFormatFromName(const std::string& name) {
  if (name == "contiguous") return at::MemoryFormat::Contiguous;
  if (name == "preserve") return at::MemoryFormat::Preserve;
  if (name == "channelsLast") return at::MemoryFormat::ChannelsLast;
  throw TypeMistake("memoryFormat: expected 'contiguous', 'preserve' or 'channelsLast', got " + quoted(name));
}

at::Generator readGenerator(napi_env env, napi_value value) {
  void* data = nullptr;
  check(env, napi_get_value_external(env, value, &data), "a Generator");
  return *static_cast<at::Generator*>(data);
}

c10::IValue readSingle(napi_env env, Kind kind, const std::string& name, napi_value value, bool integral) {
  switch (kind) {
    case Kind::tensor: return requireTensor(env, value, name.c_str());
    case Kind::scalar: return readScalar(env, value, name, integral);
    case Kind::integer: return readInteger(env, value, name);
    case Kind::real: return toNumber(env, value, name.c_str());
    case Kind::boolean: return toBoolean(env, value, name.c_str());
    case Kind::text: return toText(env, value, name.c_str());
    case Kind::dtype: return static_cast<int64_t>(dtypeFromName(toText(env, value, name.c_str())));
    case Kind::device: return deviceFromName(toText(env, value, name.c_str()));
    case Kind::layout: return static_cast<int64_t>(layoutFromName(toText(env, value, name.c_str())));
    case Kind::memoryFormat: return static_cast<int64_t>(memoryFormatFromName(toText(env, value, name.c_str())));
    case Kind::generator: return readGenerator(env, value);
    default: throw TypeMistake(name + ": this type of argument cannot be given from JavaScript");
  }
}

c10::IValue readList(napi_env env, const Parameter& parameter, napi_value value, bool integral) {
  std::vector<napi_value> elements;
  if (isArray(env, value)) elements = toElements(env, value, parameter.name.c_str());
  else elements.assign(parameter.size, value);  // a bare number for int[2]
  if (parameter.element == Kind::tensor && parameter.elementOptional) {
    c10::List<std::optional<at::Tensor>> list;
    for (napi_value element : elements) {
      const bool absent = typeOf(env, element) == napi_null || typeOf(env, element) == napi_undefined;
      list.push_back(absent ? std::optional<at::Tensor>() : requireTensor(env, element, parameter.name.c_str()));
    }
    return list;
  }
  switch (parameter.element) {
    case Kind::tensor: {
      c10::List<at::Tensor> list;
      list.reserve(elements.size());
      for (napi_value element : elements) list.push_back(requireTensor(env, element, parameter.name.c_str()));
      return list;
    }
    case Kind::integer: {
      c10::List<int64_t> list;
      for (napi_value element : elements) list.push_back(readInteger(env, element, parameter.name));
      return list;
    }
    case Kind::real: {
      c10::List<double> list;
      for (napi_value element : elements) list.push_back(toNumber(env, element, parameter.name.c_str()));
      return list;
    }
    case Kind::boolean: {
      c10::List<bool> list;
      for (napi_value element : elements) list.push_back(toBoolean(env, element, parameter.name.c_str()));
      return list;
    }
    case Kind::scalar: {
      c10::List<at::Scalar> list;
      for (napi_value element : elements) list.push_back(readScalar(env, element, parameter.name, integral));
      return list;
    }
    default: throw TypeMistake(parameter.name + ": this type of list cannot be given from JavaScript");
  }
}

}  // namespace

std::string camelCase(const std::string& name) {
  std::string result;
  const size_t first = name.find_first_not_of('_');
  const size_t last = name.find_last_not_of('_');
  for (size_t i = 0; i < name.size(); ++i) {
    const bool inner = i > first && i < last;
    if (inner && name[i] == '_' && std::isalnum(static_cast<unsigned char>(name[i + 1]))) {
      result += static_cast<char>(std::toupper(static_cast<unsigned char>(name[++i])));
    } else {
      result += name[i];
    }
  }
  return result;
}

Parameter parameterOf(const c10::Argument& argument) {
  Parameter parameter;
  parameter.name = argument.name();
  parameter.option = camelCase(argument.name());
  parameter.typeName = argument.real_type()->repr_str();
  parameter.keywordOnly = argument.kwarg_only();
  if (argument.default_value()) parameter.fallback = *argument.default_value();
  c10::TypePtr type = argument.real_type();
  if (auto optional = type->cast<c10::OptionalType>()) {
    parameter.optional = true;
    type = optional->getElementType();
  }
  parameter.kind = kindOf(*type);
  if (parameter.kind != Kind::list) return parameter;
  c10::TypePtr element = type->castRaw<c10::ListType>()->getElementType();
  if (auto optional = element->cast<c10::OptionalType>()) {
    parameter.elementOptional = true;
    element = optional->getElementType();
  }
  parameter.element = kindOf(*element);
  if (argument.N() && *argument.N() > 0) {
    parameter.size = *argument.N();
    parameter.broadcasts = parameter.element == Kind::integer || parameter.element == Kind::real;
  }
  return parameter;
}

bool accepts(napi_env env, const Parameter& parameter, napi_value value) {
  const napi_valuetype type = typeOf(env, value);
  if (type == napi_undefined) return parameter.fallback.has_value() || parameter.optional;
  if (type == napi_null) return parameter.optional;
  if (parameter.kind != Kind::list) return acceptsKind(env, parameter.kind, value, type);
  if (!isArray(env, value)) return parameter.broadcasts && acceptsKind(env, parameter.element, value, type);
  for (napi_value element : toElements(env, value, parameter.name.c_str())) {
    const napi_valuetype elementType = typeOf(env, element);
    const bool absent = elementType == napi_null || elementType == napi_undefined;
    if (absent ? !parameter.elementOptional : !acceptsKind(env, parameter.element, element, elementType)) return false;
  }
  return true;
}

c10::IValue toIValue(napi_env env, const Parameter& parameter, napi_value value, bool integral) {
  const napi_valuetype type = typeOf(env, value);
  if (type == napi_undefined && parameter.fallback) return *parameter.fallback;
  if (type == napi_undefined || type == napi_null) return {};
  if (parameter.kind == Kind::list) return readList(env, parameter, value, integral);
  return readSingle(env, parameter.kind, parameter.name, value, integral);
}

napi_value fromIValue(napi_env env, const c10::IValue& value) {
  if (value.isTensor()) return wrapTensor(env, value.toTensor());
  if (value.isNone()) return fromNull(env);
  if (value.isInt()) {
    if (std::abs(static_cast<double>(value.toInt())) > 9007199254740991.0)
      throw RangeMistake("the result " + std::to_string(value.toInt()) + " is above 2^53");
    return fromNumber(env, static_cast<double>(value.toInt()));
  }
  if (value.isDouble()) return fromNumber(env, value.toDouble());
  if (value.isBool()) return fromBoolean(env, value.toBool());
  if (value.isString()) return fromText(env, value.toStringRef());
  if (value.isTuple() || value.isList()) {
    std::vector<napi_value> elements;
    if (value.isTuple()) {
      for (const c10::IValue& element : value.toTupleRef().elements()) elements.push_back(fromIValue(env, element));
    } else {
      for (const c10::IValue& element : value.toListRef()) elements.push_back(fromIValue(env, element));
    }
    return newArray(env, elements);
  }
  throw TypeMistake("a result of type " + value.tagKind() + " cannot be given to JavaScript");
}

at::ScalarType dtypeFromName(const std::string& name) {
  for (const NamedDtype& known : dtypes)
    if (name == known.name) return known.type;
  throw TypeMistake("dtype: expected 'float32', 'bfloat16', 'int64' ..., got " + quoted(name));
}

const char* dtypeName(at::ScalarType type) {
  for (const NamedDtype& known : dtypes)
    if (type == known.type) return known.name;
  return c10::toString(type);
}

at::Device deviceFromName(const std::string& name) {
  try {
    return at::Device(name);
  } catch (const c10::Error&) {
    throw TypeMistake("device: expected 'cpu', 'cuda' or 'cuda:N', got " + quoted(name));
  }
}

napi_value newGenerator(napi_env env, uint64_t seed) {
  auto generator = std::make_unique<at::Generator>(at::detail::createCPUGenerator(seed));
  napi_value value;
  const auto destroy = [](napi_env, void* data, void*) { std::unique_ptr<at::Generator>(static_cast<at::Generator*>(data)); };
  check(env, napi_create_external(env, generator.get(), destroy, nullptr, &value), "room for a generator");
  generator.release();  // JavaScript owns it now
  check(env, napi_type_tag_object(env, value, &generatorTag), "a new generator");
  return value;
}

std::string describe(napi_env env, napi_value value) {
  switch (typeOf(env, value)) {
    case napi_undefined: return "undefined";
    case napi_null: return "null";
    case napi_boolean: return "a boolean";
    case napi_number: return "a number";
    case napi_string: return "a string";
    case napi_symbol: return "a symbol";
    case napi_function: return "a function";
    case napi_bigint: return "a BigInt";
    default: break;
  }
  if (isArray(env, value)) return "an array";
  if (holdsHandle(env, value)) return "a Tensor";
  return isTensorObject(env, value) ? "a Tensor that the engine did not make" : "an object";
}
