#!/usr/bin/env bash
# Everything that can be judged without running the product. All checks run; the first failure does not hide the rest.
set -uo pipefail
bin=${BIN:-.venv/bin}
failed=()

check() {
  local name=$1
  shift
  printf '%-14s' "$name"
  if output=$("$@" 2>&1); then
    echo ok
  else
    echo FAILED
    printf '%s\n' "$output"
    failed+=("$name")
  fi
}

check lint "$bin/ruff" check .
check format "$bin/ruff" format --check .
check types "$bin/mypy"
check imports "$bin/lint-imports"
check templates "$bin/djlint" --lint --quiet src
check migrations "$bin/xiezuo" makemigrations --check --dry-run
check translations "$bin/python" -m tools.messages check
check documents "$bin/python" -m tools.documents check

[ ${#failed[@]} -eq 0 ] || {
  echo "Not clean: ${failed[*]}" >&2
  exit 1
}
