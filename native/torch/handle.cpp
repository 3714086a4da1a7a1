// The table behind handle.h: slots with generations, a free list, a stack of scopes.

#include "handle.h"

namespace {

constexpr Handle mark = Handle{0xA7} << 56;  // no user-space pointer of another addon has it
constexpr int indexBits = 24;
constexpr Handle indexMask = (Handle{1} << indexBits) - 1;

struct Slot {
  at::Tensor tensor;
  uint32_t generation = 1;
  bool live = false;
  bool kept = false;     // scratch of closeScope
  bool unscoped = false;  // taken out of every scope
};

// Never destroyed: process.exit() runs destructors while libtorch's own are half done, and tensors may still live.
std::vector<Slot>& slots = *new std::vector<Slot>;
std::vector<uint32_t> freeSlots;
std::vector<std::vector<Handle>> scopes;
size_t liveCount = 0;
size_t collectedCount = 0;
napi_ref tensorClass = nullptr;

Handle makeHandle(uint32_t index) {
  return mark | (Handle{slots[index].generation} << indexBits) | index;
}

/** The slot a handle names, or nullptr where it was released or never was one of ours. */
Slot* slotOf(Handle handle) {
  const auto index = static_cast<uint32_t>(handle & indexMask);
  const auto generation = static_cast<uint32_t>(handle >> indexBits);
  if ((handle & (Handle{0xFF} << 56)) != mark || index >= slots.size()) return nullptr;
  Slot& slot = slots[index];
  return slot.live && slot.generation == generation ? &slot : nullptr;
}

void freeSlot(Handle handle) {
  Slot* slot = slotOf(handle);
  if (slot == nullptr) return;
  at::Tensor last = std::move(slot->tensor);  // freed at the end, when the table is consistent again
  slot->tensor = at::Tensor();
  slot->live = false;
  slot->unscoped = false;
  ++slot->generation;
  freeSlots.push_back(static_cast<uint32_t>(handle & indexMask));
  --liveCount;
}

void onCollected(napi_env, void* data, void*) {
  const auto handle = reinterpret_cast<Handle>(data);
  if (slotOf(handle) == nullptr) return;
  ++collectedCount;
  freeSlot(handle);
}

bool handleOf(napi_env env, napi_value value, Handle& handle) {
  void* data = nullptr;
  if (typeOf(env, value) != napi_object || napi_unwrap(env, value, &data) != napi_ok) return false;
  handle = reinterpret_cast<Handle>(data);
  return (handle & (Handle{0xFF} << 56)) == mark;
}

}  // namespace

void setTensorClass(napi_env env, napi_value constructor) {
  if (typeOf(env, constructor) != napi_function) throw TypeMistake("setTensorClass: expected a class");
  napi_ref reference = nullptr;
  check(env, napi_create_reference(env, constructor, 1, &reference), "a class");
  if (tensorClass != nullptr) napi_delete_reference(env, tensorClass);
  tensorClass = reference;
}

napi_value wrapTensor(napi_env env, at::Tensor tensor) {
  if (!tensor.defined()) return fromNull(env);
  napi_value constructor;
  napi_value object;
  check(env, napi_get_reference_value(env, tensorClass, &constructor), "the Tensor class");
  check(env, napi_new_instance(env, constructor, 0, nullptr, &object), "the Tensor class");
  if (freeSlots.empty()) {
    if (slots.size() > indexMask) throw std::runtime_error("more than 16 million live tensors");
    freeSlots.push_back(static_cast<uint32_t>(slots.size()));
    slots.emplace_back();
  }
  const uint32_t index = freeSlots.back();
  const Handle handle = makeHandle(index);
  check(env, napi_wrap(env, object, reinterpret_cast<void*>(handle), onCollected, nullptr, nullptr), "a new object");
  freeSlots.pop_back();
  slots[index].tensor = std::move(tensor);
  slots[index].live = true;
  ++liveCount;
  if (!scopes.empty()) scopes.back().push_back(handle);
  return object;
}

bool isTensorObject(napi_env env, napi_value value) {
  napi_value constructor;
  bool instance = false;
  if (tensorClass == nullptr) return false;
  check(env, napi_get_reference_value(env, tensorClass, &constructor), "the Tensor class");
  check(env, napi_instanceof(env, value, constructor, &instance), "an object");
  return instance;
}

bool holdsHandle(napi_env env, napi_value value) {
  Handle handle = 0;
  return handleOf(env, value, handle);
}

at::Tensor* findTensor(napi_env env, napi_value value, const char* what) {
  Handle handle = 0;
  if (!handleOf(env, value, handle)) return nullptr;
  Slot* slot = slotOf(handle);
  if (slot == nullptr)
    throw TypeMistake((what ? std::string(what) + ": " : "") + "the tensor was released; return it from its scope to keep it");
  return &slot->tensor;
}

at::Tensor& requireTensor(napi_env env, napi_value value, const char* what) {
  at::Tensor* tensor = findTensor(env, value, what);
  if (tensor == nullptr) throw TypeMistake(std::string(what) + ": expected a Tensor made by the engine");
  return *tensor;
}

void releaseTensor(napi_env env, napi_value value) {
  Handle handle = 0;
  if (!handleOf(env, value, handle)) throw TypeMistake("release: expected a Tensor made by the engine");
  freeSlot(handle);
}

bool isReleased(napi_env env, napi_value value) {
  Handle handle = 0;
  if (!handleOf(env, value, handle)) throw TypeMistake("released: expected a Tensor made by the engine");
  return slotOf(handle) == nullptr;
}

void openScope() { scopes.emplace_back(); }

void closeScope(napi_env env, const std::vector<napi_value>& kept) {
  if (scopes.empty()) throw std::runtime_error("closeScope: no scope is open");
  const std::vector<Handle> made = std::move(scopes.back());
  scopes.pop_back();
  for (napi_value value : kept) {
    Handle handle = 0;
    if (Slot* slot = handleOf(env, value, handle) ? slotOf(handle) : nullptr) slot->kept = true;
  }
  for (const Handle handle : made) {
    Slot* slot = slotOf(handle);
    if (slot == nullptr || slot->unscoped) continue;
    if (!slot->kept) freeSlot(handle);
    else if (!scopes.empty()) scopes.back().push_back(handle);
  }
  for (napi_value value : kept) {
    Handle handle = 0;
    if (Slot* slot = handleOf(env, value, handle) ? slotOf(handle) : nullptr) slot->kept = false;
  }
}

size_t scopeDepth() { return scopes.size(); }

void detachFromScopes(napi_env env, napi_value value) {
  Handle handle = 0;
  Slot* slot = handleOf(env, value, handle) ? slotOf(handle) : nullptr;
  if (slot == nullptr) throw TypeMistake("keep: expected a live Tensor");
  slot->unscoped = true;
}

size_t liveTensorCount() { return liveCount; }
size_t collectedTensorCount() { return collectedCount; }
