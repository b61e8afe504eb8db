#!/usr/bin/env bash
# See that Debian's packages are there: debian_packages.sh NAME…
# As root, on Debian, installs what is missing; otherwise names it and exits 1. Says nothing if all is there.
set -euo pipefail

missing=()
for name in "$@"; do
  dpkg-query --show --showformat='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Missing packages: ${missing[*]}. Install them as root: apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "Installing Debian's packages: ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install --yes --quiet --quiet --no-install-recommends "${missing[@]}" >/dev/null </dev/null; }
# The lists of a new machine are empty and those of an old one stale; ask for them only if needed.
install 2>/dev/null && exit 0
apt-get update --quiet --quiet </dev/null
install
