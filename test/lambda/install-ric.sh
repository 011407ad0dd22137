#!/bin/sh
# Installs AWS's own runtime interface client for Node.js beside the tests, so that handlers run under the very program that
# runs them in Lambda. It compiles native code in install scripts, which `npm ci` forbids here: so this is a step of its own.
# Needs: node, npm, gcc, g++, make, cmake, autoconf, automake, libtool, python3 (build-essential cmake autoconf libtool).
# https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
dir=${AWS_LAMBDA_RIC_DIR:-"$here/../.ric"}
major=$(node -p 'process.versions.node.split(".")[0]')
if [ "$major" -ge 22 ]; then version=4.0.2; else version=3.3.0; fi
mkdir -p "$dir"
cd "$dir"
printf '*\n' >.gitignore
printf '{ "name": "ric", "private": true, "dependencies": { "aws-lambda-ric": "%s" }, "allowScripts": { "aws-lambda-ric": true } }\n' "$version" >package.json
npm install --no-audit --no-fund
node -e 'require.resolve("aws-lambda-ric/package.json", { paths: [process.cwd()] })'
