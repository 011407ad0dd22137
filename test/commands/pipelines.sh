#!/usr/bin/env bash
# Holds the pipelines that `concordat init` leaves against programs of others, and runs their shell steps: actionlint, and the schemas of GitLab and of GitHub that
# check-jsonschema brings. Those that cannot be had are said to be skipped.
set -euo pipefail
cd "$(dirname "$0")/../../lib/commands/own-zone"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if command -v go >/dev/null && GOBIN="$work" go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 2>"$work/log"; then
  "$work/actionlint" -no-color github.yml
  echo 'actionlint 1.7.12 finds nothing in the workflow for GitHub'
else
  echo 'skipped: actionlint could not be had'
fi

if python3 -m venv "$work/venv" 2>"$work/log" && "$work/venv/bin/pip" install -q check-jsonschema==0.39.0 2>"$work/log"; then
  "$work/venv/bin/check-jsonschema" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci gitlab.yml
  "$work/venv/bin/check-jsonschema" --builtin-schema vendor.github-workflows github.yml
else
  echo 'skipped: check-jsonschema could not be had'
fi

# Their shell steps run as printed, in a fresh folder, with the package that npm makes.
cd ../../..
node --import tsx test/commands/pipeline-steps.ts
