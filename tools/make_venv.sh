#!/usr/bin/env bash
# Make the virtual environment: make_venv.sh PYTHON FOLDER. Debian keeps a part of `venv` in a package of its own.
set -euo pipefail
python=$1 folder=$2

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

command -v "$python" >/dev/null || fail "Found no $python. Xiezuo needs Python 3.11 or newer (Debian: apt-get install python3 python3-venv)."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "Found $("$python" --version); Xiezuo needs Python 3.11 or newer. Name another by: make PYTHON=python3.11"

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  tools/debian_packages.sh python3-venv || fail "Python's venv is missing (Debian: apt-get install python3-venv)."
fi
echo "Making the virtual environment …"
# A broken one, left by an interrupted run, is made anew.
"$python" -m venv --clear "$folder"
