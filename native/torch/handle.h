// Tensor handles: the table that owns every tensor JavaScript can see, and the scopes that free them.
//
// A JavaScript Tensor wraps a number (slot, generation, mark), never a pointer, so a released, forged or foreign
// object is an error instead of a use after free.
#pragma once

#include <ATen/core/Tensor.h>

#include "js.h"

using Handle = uint64_t;

/** Remembers the JavaScript class whose instances carry handles. Called once by src/torch/tensor.ts. */
void setTensorClass(napi_env env, napi_value constructor);

/** A new JavaScript Tensor that owns `tensor`, entered in the innermost scope. Undefined tensors become null. */
napi_value wrapTensor(napi_env env, at::Tensor tensor);

/**
 * The tensor of a JavaScript Tensor, or nullptr where `value` is none. Good until JavaScript runs or a tensor is made.
 * @throws TypeMistake naming `what`, when it was released
 */
at::Tensor* findTensor(napi_env env, napi_value value, const char* what = nullptr);

/** Whether `value` is made of the Tensor class, with or without a tensor in it. */
bool isTensorObject(napi_env env, napi_value value);

/** Whether there is a tensor of ours in `value`, released or not. */
bool holdsHandle(napi_env env, napi_value value);

/** As findTensor, but anything that is no tensor is a TypeError naming `what`. */
at::Tensor& requireTensor(napi_env env, napi_value value, const char* what);

/** Frees the tensor now; again is harmless. */
void releaseTensor(napi_env env, napi_value value);
bool isReleased(napi_env env, napi_value value);

void openScope();
/** Closes the innermost scope: frees what was made in it, but hands the tensors in `kept` to the scope outside. */
void closeScope(napi_env env, const std::vector<napi_value>& kept);
size_t scopeDepth();

/** Takes a tensor out of every open scope: it lives until it is released. */
void detachFromScopes(napi_env env, napi_value value);

size_t liveTensorCount();
/** How many tensors the garbage collector had to free, because no scope or release did. */
size_t collectedTensorCount();
