#!/usr/bin/env bash
# Validators of others read the definition of the engine of rollouts: asl-validator (npm), statelint (PyPI), and cfn-lint (PyPI) its
# template. Each is installed in a folder of its own that goes again; where a registry does not answer, that is said.
set -euo pipefail
cd "$(dirname "$0")/../../.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cp -r register "$place/register"
node --import tsx test/rollout/engine/with-engine.ts "$place/register/zone.yaml"
node bin/concordat.js rollout engine --register "$place/register" --output "$place/engine.out" >/dev/null
node -e '
  const { Resources } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
  const found = Object.values(Resources).find(({ Type }) => Type === "AWS::StepFunctions::StateMachine");
  process.stdout.write(found.Properties.DefinitionString);
' "$place/engine.out/Rollout.template.json" >"$place/definition.json"

if (cd "$place" && npm init -y && npm i --no-audit --no-fund asl-validator@4.0.0) >/dev/null 2>&1; then
  (cd "$place" && npx asl-validator --json-path definition.json)
else
  echo 'asl-validator could not be installed: it was not asked'
fi

if python3 -m venv "$place/venv" && "$place/venv/bin/pip" install -q statelint==3.1.0 cfn-lint==1.58.0 >/dev/null 2>&1; then
  # It knows the language of the specification, to which AWS has added this field of a reader.
  "$place/venv/bin/statelint" "$place/definition.json" >"$place/statelint" 2>&1 || true
  if grep -v -e 'errors\?:$' -e 'Field "InputType" not allowed in .*ItemReader.ReaderConfig$' "$place/statelint" | grep .; then
    echo 'statelint finds faults in the definition' >&2
    exit 1
  fi
  echo 'statelint finds nothing but InputType, which AWS has'
  "$place/venv/bin/cfn-lint" --regions eu-west-2 --non-zero-exit-code error "$place/engine.out/Rollout.template.json"
  echo 'cfn-lint finds no error in the template'
else
  echo 'statelint and cfn-lint could not be installed: they were not asked'
fi
