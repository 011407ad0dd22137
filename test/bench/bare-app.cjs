/**
 * A plain CDK app to measure against: as many stacks, with as many resources of the same types and about the same size,
 * as an assembly of ours, and nothing of this project. What it costs is what the CDK itself costs.
 *
 * So that “synth alone” beside it is fair, it has the same assets too: for each bundle and each list of grants of ours a file
 * asset of the same size, in the same stacks, once for all stacks that share it. Their files lie ready, and the CDK fingerprints
 * and copies them, as it does in any app; what ours takes to bundle its functions and write its lists is its own.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { App, CfnResource, Stack } = require('aws-cdk-lib');
const { CfnMalwareProtectionPlan } = require('aws-cdk-lib/aws-guardduty');
const { CfnRole } = require('aws-cdk-lib/aws-iam');
const { CfnKey } = require('aws-cdk-lib/aws-kms');
const { CfnAccessPoint, CfnBucket, CfnBucketPolicy } = require('aws-cdk-lib/aws-s3');
const { Asset } = require('aws-cdk-lib/aws-s3-assets');
const { DISABLE_CREATION_STACK_TRACES } = require('aws-cdk-lib/cx-api');

/** Values and bytes of each statement besides its actions. */
const STATEMENT = { leaves: 5, bytes: 170 };
/** A policy of ours has about so many values in each statement. */
const LEAVES_PER_STATEMENT = 9;

/** A policy with so many values and about so many bytes. */
function policy(leaves, bytes) {
  const count = Math.max(1, Math.round(leaves / LEAVES_PER_STATEMENT));
  const actions = Math.max(1, Math.round(leaves / count) - STATEMENT.leaves);
  const each = Math.max(1, Math.floor((bytes / count - STATEMENT.bytes) / actions) - 3);
  return {
    Version: '2012-10-17',
    Statement: Array.from({ length: count }, (_, index) => ({
      Sid: `Statement${index}`,
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: Array.from({ length: actions }, () => 's3:'.padEnd(each, 'x')),
      Resource: 'arn:aws:s3:::example-bucket',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    })),
  };
}

/** Tags with so many values and about so many bytes. */
function tags(leaves, bytes) {
  const count = Math.max(1, Math.round(leaves / 2));
  const value = 'x'.repeat(Math.max(1, Math.floor(bytes / count) - 30));
  return Array.from({ length: count }, (_, index) => ({ key: `tag-${index}`, value }));
}

/** Adds a resource of a shape. @param made what is in the stack already, for later resources to refer to */
function add(stack, id, { type, bytes, leaves }, made) {
  switch (type) {
    case 'AWS::KMS::Key':
      made.key = new CfnKey(stack, id, { keyPolicy: policy(leaves, bytes) });
      return;
    case 'AWS::S3::Bucket':
      made.bucket = new CfnBucket(stack, id, {
        bucketEncryption: {
          serverSideEncryptionConfiguration: [
            {
              serverSideEncryptionByDefault: {
                sseAlgorithm: 'aws:kms',
                ...(made.key && { kmsMasterKeyId: made.key.attrArn }),
              },
            },
          ],
        },
        tags: tags(leaves - 3, bytes - 250),
      });
      return;
    case 'AWS::S3::BucketPolicy':
      new CfnBucketPolicy(stack, id, {
        bucket: made.bucket?.ref ?? 'bucket',
        policyDocument: policy(leaves, bytes),
      });
      return;
    case 'AWS::IAM::Role':
      made.role = new CfnRole(stack, id, {
        assumeRolePolicyDocument: policy(leaves / 2, bytes / 2),
        policies: [{ policyName: 'inline', policyDocument: policy(leaves / 2, bytes / 2) }],
      });
      return;
    case 'AWS::GuardDuty::MalwareProtectionPlan':
      new CfnMalwareProtectionPlan(stack, id, {
        role: made.role?.attrArn ?? 'role',
        protectedResource: { s3Bucket: { bucketName: made.bucket?.ref ?? 'bucket' } },
        tags: tags(leaves - 3, bytes - 120),
      });
      return;
    case 'AWS::S3::AccessPoint':
      new CfnAccessPoint(stack, id, { bucket: 'bucket', policy: policy(leaves, bytes) });
      return;
    default:
      // A type that this app has no class for: as many values, of the same size.
      new CfnResource(stack, id, {
        type,
        properties: { Values: Array.from({ length: leaves }, () => 'x'.repeat(bytes / leaves)) },
      });
  }
}

const [shape, sources, outdir] = process.argv.slice(2);
if (shape === undefined || sources === undefined || outdir === undefined)
  throw new Error('usage: bare-app.cjs SHAPE SOURCES OUTDIR');
// The same settings as our own app has: no tree, and no trace of where in the code each resource was made.
const app = new App({
  outdir,
  analyticsReporting: false,
  treeMetadata: false,
  postCliContext: { [DISABLE_CREATION_STACK_TRACES]: true },
});
const stacks = JSON.parse(readFileSync(shape, 'utf8'));
for (const [index, { account, resources, assets }] of stacks.entries()) {
  const stack = new Stack(app, `Stack${index}`, { env: { account, region: 'eu-west-2' } });
  const made = {};
  for (const [position, resource] of resources.entries()) add(stack, `Resource${position}`, resource, made);
  for (const asset of assets) new Asset(stack, asset.replace('.', '-'), { path: join(sources, asset) });
}
app.synth();
