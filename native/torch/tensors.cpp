// Tensor memory to and from JavaScript and files. See tensors.h.

#include "tensors.h"

#include <ATen/ops/_is_zerotensor.h>
#include <ATen/ops/empty.h>
#include <c10/util/safe_numerics.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <system_error>

#include "handle.h"
#include "values.h"

namespace {

struct Elements {
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
};

Elements elementsOf(napi_env env, napi_value value) {
  bool typed = false;
  napi_is_typedarray(env, value, &typed);
  if (!typed) throw TypeMistake("data: expected a typed array, got " + describe(env, value));
  Elements elements;
  napi_value buffer;
  size_t offset = 0;
  check(env, napi_get_typedarray_info(env, value, &elements.type, &elements.length, &elements.data, &buffer, &offset),
        "a typed array");
  bool detached = false;
  if (napi_is_detached_arraybuffer(env, buffer, &detached) == napi_ok && detached)
    throw TypeMistake("data: the typed array's buffer is detached");
  return elements;
}

/** Whether the elements of such an array are stored as `type` is. */
bool storedAs(napi_typedarray_type array, at::ScalarType type) {
  switch (array) {
    case napi_float32_array: return type == at::kFloat;
    case napi_float64_array: return type == at::kDouble;
    case napi_bigint64_array: return type == at::kLong;
    case napi_int32_array: return type == at::kInt;
    case napi_int16_array: return type == at::kShort;
    case napi_int8_array: return type == at::kChar;
    case napi_uint16_array: return type == at::kUInt16 || type == at::kBFloat16 || type == at::kHalf;
    case napi_uint8_array:
    case napi_uint8_clamped_array: return type == at::kByte || type == at::kBool;
    default: return false;
  }
}

napi_typedarray_type arrayTypeOf(at::ScalarType type) {
  switch (type) {
    case at::kFloat: return napi_float32_array;
    case at::kDouble: return napi_float64_array;
    case at::kLong: return napi_bigint64_array;
    case at::kInt: return napi_int32_array;
    case at::kShort: return napi_int16_array;
    case at::kChar: return napi_int8_array;
    case at::kByte:
    case at::kBool: return napi_uint8_array;
    case at::kUInt16:
    case at::kBFloat16:
    case at::kHalf: return napi_uint16_array;
    default: throw TypeMistake(std::string("data: no typed array holds ") + dtypeName(type));
  }
}

std::vector<int64_t> shapeFrom(napi_env env, napi_value value, size_t& count) {
  std::vector<int64_t> sizes;
  uint64_t product = 1;
  for (napi_value element : toElements(env, value, "shape")) {
    const int64_t size = toInteger(env, element, "shape");
    if (size < 0) throw RangeMistake("shape: sizes must be 0 or more, got " + std::to_string(size));
    if (c10::mul_overflows(product, static_cast<uint64_t>(size), &product)) throw RangeMistake("shape: too many elements");
    sizes.push_back(size);
  }
  count = product;
  return sizes;
}

/** The first byte. Some tensors have none: ATen's zero tensors exist only as a rule. */
char* bytesOf(const at::Tensor& tensor) {
  if (tensor._is_zerotensor()) throw TypeMistake("data: this tensor has no memory; clone it first");
  return static_cast<char*>(tensor.data_ptr());
}

/** By its constructor, which throws where there is no memory; napi_create_arraybuffer ends the process. */
napi_value newBuffer(napi_env env, size_t bytes) {
  napi_value global;
  napi_value constructor;
  napi_value buffer;
  check(env, napi_get_global(env, &global), "a global object");
  check(env, napi_get_named_property(env, global, "ArrayBuffer", &constructor), "ArrayBuffer");
  const napi_value length = fromNumber(env, static_cast<double>(bytes));
  check(env, napi_new_instance(env, constructor, 1, &length, &buffer), "room for the data");
  size_t made = 0;
  void* memory = nullptr;
  check(env, napi_get_arraybuffer_info(env, buffer, &memory, &made), "an ArrayBuffer");
  if (made != bytes) throw TypeMistake("data: ArrayBuffer is not JavaScript's own");
  return buffer;
}

/** Bytes [offset, offset + length) of a contiguous CPU tensor. */
char* byteRange(const at::Tensor& tensor, int64_t offset, int64_t length) {
  if (!tensor.is_cpu() || !tensor.is_contiguous()) throw TypeMistake("expected a contiguous tensor on the CPU");
  const auto bytes = static_cast<int64_t>(tensor.nbytes());
  if (offset < 0 || length < 0 || offset > bytes || length > bytes - offset)
    throw RangeMistake("bytes: expected a range in the tensor's " + std::to_string(bytes) + ", got " +
                       std::to_string(length) + " from " + std::to_string(offset));
  return bytesOf(tensor) + offset;
}

}  // namespace

napi_value fromTypedArray(napi_env env, Arguments& arguments) {
  size_t count = 0;
  const std::vector<int64_t> sizes = shapeFrom(env, arguments.values[1], count);
  const at::ScalarType type = dtypeFromName(toText(env, arguments.values[2], "dtype"));
  const at::Device target = deviceFromName(toText(env, arguments.values[3], "device"));
  const Elements elements = elementsOf(env, arguments.values[0]);  // last: the shape's getters could detach its buffer
  if (!storedAs(elements.type, type))
    throw TypeMistake(std::string("data: this typed array does not hold ") + dtypeName(type));
  if (elements.length != count)
    throw RangeMistake("data: the shape asks for " + std::to_string(count) + " elements, the array has " +
                       std::to_string(elements.length));
  at::Tensor tensor = at::empty(sizes, at::TensorOptions().dtype(type));
  if (count > 0) std::memcpy(tensor.data_ptr(), elements.data, tensor.nbytes());
  return wrapTensor(env, target.is_cpu() ? tensor : tensor.to(target));
}

napi_value toTypedArray(napi_env env, Arguments& arguments) {
  const at::Tensor source = requireTensor(env, arguments.values[0], "data").detach();
  const napi_typedarray_type type = arrayTypeOf(source.scalar_type());
  constexpr int64_t limit = 4294967295;  // longer typed arrays end the process (V8)
  if (source.numel() > limit)
    throw RangeMistake("data: a typed array holds 2^32 - 1 elements at most, the tensor has " + std::to_string(source.numel()));
  const at::Tensor tensor = source.cpu().contiguous();
  napi_value buffer = newBuffer(env, tensor.nbytes());
  napi_value array;
  void* memory = nullptr;
  check(env, napi_get_arraybuffer_info(env, buffer, &memory, nullptr), "an ArrayBuffer");
  if (tensor.nbytes() > 0) std::memcpy(memory, bytesOf(tensor), tensor.nbytes());
  check(env, napi_create_typedarray(env, type, tensor.numel(), buffer, 0, &array), "room for the data");
  return array;
}

napi_value item(napi_env env, Arguments& arguments) {
  const at::Tensor& tensor = requireTensor(env, arguments.values[0], "item");
  if (tensor.numel() != 1) throw RangeMistake("item: expected one element, got " + std::to_string(tensor.numel()));
  const at::Scalar scalar = tensor.item();
  if (scalar.isBoolean()) return fromNumber(env, scalar.toBool() ? 1 : 0);
  if (scalar.isIntegral(false)) return fromIValue(env, scalar.toLong());
  return fromNumber(env, scalar.toDouble());
}

napi_value shape(napi_env env, Arguments& arguments) {
  std::vector<napi_value> sizes;
  for (const int64_t size : requireTensor(env, arguments.values[0], "shape").sizes())
    sizes.push_back(fromNumber(env, static_cast<double>(size)));
  return newArray(env, sizes);
}

napi_value dtype(napi_env env, Arguments& arguments) {
  return fromText(env, dtypeName(requireTensor(env, arguments.values[0], "dtype").scalar_type()));
}

napi_value device(napi_env env, Arguments& arguments) {
  return fromText(env, requireTensor(env, arguments.values[0], "device").device().str());
}

napi_value byteLength(napi_env env, Arguments& arguments) {
  return fromNumber(env, static_cast<double>(requireTensor(env, arguments.values[0], "byteLength").nbytes()));
}

napi_value release(napi_env env, Arguments& arguments) {
  releaseTensor(env, arguments.values[0]);
  return fromNothing(env);
}

napi_value released(napi_env env, Arguments& arguments) {
  return fromBoolean(env, isReleased(env, arguments.values[0]));
}

napi_value scopeOpen(napi_env env, Arguments&) {
  openScope();
  return fromNumber(env, static_cast<double>(scopeDepth()));
}

napi_value scopeClose(napi_env env, Arguments& arguments) {
  closeScope(env, toElements(env, arguments.values[0], "kept"));
  return fromNothing(env);
}

napi_value keep(napi_env env, Arguments& arguments) {
  detachFromScopes(env, arguments.values[0]);
  return arguments.values[0];
}

napi_value liveTensors(napi_env env, Arguments&) { return fromNumber(env, static_cast<double>(liveTensorCount())); }

napi_value collectedTensors(napi_env env, Arguments&) {
  return fromNumber(env, static_cast<double>(collectedTensorCount()));
}

napi_value readBytes(napi_env env, Arguments& arguments) {
  const at::Tensor& tensor = requireTensor(env, arguments.values[0], "readBytes");
  const int64_t length = toInteger(env, arguments.values[2], "length");
  char* target = byteRange(tensor, toInteger(env, arguments.values[1], "offset"), length);
  const int64_t file = toInteger(env, arguments.values[3], "file");
  if (file < 0 || file > std::numeric_limits<int>::max()) throw RangeMistake("file: expected an open file's number, got " + std::to_string(file));
  const int64_t position = toInteger(env, arguments.values[4], "position");
  int64_t done = 0;
  while (done < length) {
    const ssize_t count = pread(static_cast<int>(file), target + done, length - done, position + done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::system_error(errno, std::generic_category(), "read");
    if (count == 0) break;  // the file is shorter than its header says: the caller tells both numbers
    done += count;
  }
  return fromNumber(env, static_cast<double>(done));
}

napi_value copyBytes(napi_env env, Arguments& arguments) {
  const at::Tensor& tensor = requireTensor(env, arguments.values[0], "copyBytes");
  const Elements elements = elementsOf(env, arguments.values[2]);
  if (elements.type != napi_uint8_array) throw TypeMistake("copyBytes: expected a Uint8Array");
  const char* source = byteRange(tensor, toInteger(env, arguments.values[1], "offset"), static_cast<int64_t>(elements.length));
  if (elements.length > 0) std::memcpy(elements.data, source, elements.length);
  return fromNothing(env);
}
