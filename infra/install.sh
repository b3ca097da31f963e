#!/bin/sh
# Installs the Debian packages named, if any is missing: as root by itself, else with one sentence that says how.
#   infra/install.sh PACKAGE...          infra/install.sh --python PYTHON   (is this Python good enough?)
set -eu

if [ "${1:-}" = "--python" ]; then
    if ! "$2" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "berkas: Python 3.11 or newer is needed: name one with 'make PYTHON=python3.x …', or run 'apt-get install python3 python3-venv'." >&2
        exit 1
    fi
    if "$2" -c 'import ensurepip' 2>/dev/null; then exit 0; fi
    set -- python3-venv
fi

command -v dpkg-query >/dev/null || exit 0  # not Debian: the programs themselves say what they miss
missing=""
for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "berkas: Debian packages are missing: run 'sudo apt-get install$missing' and try again." >&2
    exit 1
fi
echo "Installing Debian packages:$missing …"
log=$(mktemp)
# shellcheck disable=SC2086  # the list is meant to be split
if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "berkas: apt-get could not install$missing: see above, then try again." >&2
    exit 1
fi
rm -f "$log"
