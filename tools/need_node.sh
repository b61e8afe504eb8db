#!/usr/bin/env bash
# Fail with words unless Node 20 or newer and npm are there.
set -euo pipefail
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Found no Node.js with npm. The screens are put together with Node 20 or newer." >&2
  exit 1
fi
version=$(node --version)
major=${version#v}
if [ "${major%%.*}" -lt 20 ]; then
  echo "Found Node $version; the screens are put together with Node 20 or newer." >&2
  exit 1
fi
