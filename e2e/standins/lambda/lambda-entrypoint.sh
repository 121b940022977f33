#!/bin/sh
# The entry point of AWS's base images: the handler is the only argument.
if [ $# -ne 1 ]; then
  echo "entrypoint requires the handler name to be the first argument" >&2
  exit 142
fi
if [ -z "$AWS_LAMBDA_RUNTIME_API" ]; then
  echo "AWS_LAMBDA_RUNTIME_API is not set, and this stand-in has no Runtime Interface Emulator" >&2
  exit 142
fi
export _HANDLER="$1"
exec /var/runtime/bootstrap
