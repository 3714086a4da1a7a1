// One generic, boxed call of any operator that libtorch's dispatcher knows.
#pragma once

#include "js.h"

/**
 * resolve(name, fullNames, method): a JavaScript function that calls the first of the overloads whose schema fits
 * the arguments. With `method`, `this` is the first argument. Names this libtorch lacks are passed over; none left
 * is an error that names the operator and the version.
 */
napi_value resolveOperator(napi_env env, Arguments& arguments);

/** schemas(): every operator schema the dispatcher knows, as text. */
napi_value listSchemas(napi_env env, Arguments& arguments);

/** Runs `body`, turning every C++ exception into a JavaScript one. The only try/catch of the addon. */
napi_value guarded(napi_env env, napi_callback_info info, napi_value (*body)(napi_env, Arguments&));
