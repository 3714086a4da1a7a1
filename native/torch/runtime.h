// The process-wide state of libtorch: threads, random numbers, devices, versions.
#pragma once

#include "js.h"

napi_value engineInfo(napi_env env, Arguments& arguments);       // () -> versions, CPU capability, threads, devices
napi_value parallelThreads(napi_env env, Arguments& arguments);  // () -> threads that really ran in parallel_for
napi_value setThreads(napi_env env, Arguments& arguments);       // (count)
napi_value manualSeed(napi_env env, Arguments& arguments);       // (BigInt): every device's default generator
napi_value generator(napi_env env, Arguments& arguments);        // (BigInt) -> a Generator for samplers
napi_value loadLibrary(napi_env env, Arguments& arguments);      // (path of libtorch_cuda.so)
