#!/usr/bin/env bash
# aws-cdk-lib 2.276.0 (with its bundled @aws/cloudformation-validate), seen on 28 November 2026.
#
# The CDK checks every template at synth with rules that come from cfn-lint, so one would expect cfn-lint's ids and severities:
# E3004 for a circular dependency, E3030 for a value that is none of those allowed. Seen instead:
#   F3004 error    Resources/First: Circular Dependencies ...
#   F3004 error    Resources/Second: Circular Dependencies ...
#   W3030 warning  RetentionInDays: 4 is not one of [...]
#   W3030 warning  Runtime: 'nodejs24.y' is not one of [...]
# So an acknowledgement of CloudFormation-Validate::E3004 covers nothing, and a value that AWS will refuse at deployment passes
# the synth, even with @aws-cdk/core:validateAgainstDefaultRules, which turns only errors into failures.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.8.1
cat >template.json <<'JSON'
{
  "Resources": {
    "First": { "Type": "AWS::SNS::Topic", "DependsOn": "Second" },
    "Second": { "Type": "AWS::SNS::Topic", "DependsOn": "First" },
    "Log": { "Type": "AWS::Logs::LogGroup", "Properties": { "RetentionInDays": 4 } },
    "Function": {
      "Type": "AWS::Lambda::Function",
      "Properties": {
        "Role": "arn:aws:iam::111111111111:role/example",
        "Code": { "ZipFile": "exports.handler = async () => {}" },
        "Handler": "index.handler",
        "Runtime": "nodejs24.y"
      }
    }
  }
}
JSON
node -e "
const { CloudFormationValidatePlugin } = require('aws-cdk-lib');
const stack = { stackConstructPath: 'Example', templatePath: 'template.json', accountId: '111111111111', region: 'eu-west-2' };
const { violations } = new CloudFormationValidatePlugin().validate({ stackTemplates: [stack], templatePaths: [] });
for (const each of violations) console.log(each.ruleName, each.severity, each.description.slice(0, 60));
" | tee seen
[ "$(grep -c '^F3004 error ' seen)" = 2 ]
[ "$(grep -c '^W3030 warning ' seen)" = 2 ]
! grep -q '^E30' seen
