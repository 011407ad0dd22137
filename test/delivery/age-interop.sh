#!/usr/bin/env bash
# Holds what is sealed here against programs of age that others wrote: age itself, built by Go’s own client, and rage, or its
# library as pyrage from PyPI. What we seal they open, what they seal we open and the release gate takes, and keys made by one are
# read by the other: age-interop.mjs beside this. Where a program cannot be had, that is said, and it is passed over.
#   test/delivery/age-interop.sh [FOLDER]
# FOLDER keeps the programs from run to run; test/.age if not given. A rage that is on the PATH, or in FOLDER, is used as it is.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=${1:-"$root/test/.age"}
mkdir -p "$tools"
tools=$(cd "$tools" && pwd)

# With limits: a registry that does not answer must not hold up what else is tested.
if [ ! -x "$tools/age" ] && command -v go >/dev/null; then
  GOBIN=$tools timeout 600 go install filippo.io/age/cmd/...@v1.3.2 >"$tools/installed" 2>&1 || true
fi
if [ ! -x "$tools/age" ]; then
  echo 'skipped: age could not be built (go, and its module proxy)'
fi
if ! command -v rage >/dev/null && [ ! -x "$tools/rage" ] && [ ! -x "$tools/pyrage/bin/python" ] && command -v python3 >/dev/null; then
  timeout 300 sh -c 'python3 -m venv "$1" && "$1/bin/pip" install --quiet pyrage==1.4.0' - "$tools/pyrage" >"$tools/installed" 2>&1 ||
    rm -rf "$tools/pyrage"
fi
if ! command -v rage >/dev/null && [ ! -x "$tools/rage" ] && [ ! -x "$tools/pyrage/bin/python" ]; then
  echo 'skipped: neither rage nor pyrage could be had'
fi
cd "$root"
PATH="$tools:$PATH" node --import tsx test/delivery/age-interop.mjs "$tools"
