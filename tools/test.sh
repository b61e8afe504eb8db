#!/usr/bin/env bash
# Run the tests of one profile: test.sh PROFILE DEBIAN-PACKAGE… -- PYTEST-COMMAND…
# Where packages are missing and may not be installed, the tests that need none of them run, and the result is a failure.
set -euo pipefail
profile=$1
shift
packages=()
while [ "$1" != -- ]; do
  packages+=("$1")
  shift
done
shift

complete=1
tools/debian_packages.sh "${packages[@]}" || complete=0
marks=()
[ "$profile" = night ] || marks+=("not night")
[ "$complete" = 1 ] || marks+=("not browser and not office")
expression=$(printf ' and %s' "${marks[@]:-}")

status=0
"$@" --hypothesis-profile="$profile" -m "${expression# and }" || status=$?
if [ "$complete" = 0 ]; then
  echo "The tests that need ${packages[*]} did NOT RUN; install what is named above and repeat." >&2
  [ "$status" != 0 ] || status=1
fi
exit "$status"
