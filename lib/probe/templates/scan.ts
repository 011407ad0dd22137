/** GuardDuty’s plan for a bucket, with the very trust and rights that organisations give it. */
import { PROBE_PATH, probeBucket, probeName, probeZone } from '../../names';
import { malwareScanPermissions, trustedByGuardDuty } from '../../policy';
import type { Sandbox } from '../sandbox';
import { bucket } from './bucket';
import { OWNER_KEY } from './owner';
import {
  attribute,
  document,
  KEY_DAYS,
  ofItsAccount,
  type ProbeTemplate,
  type Resource,
  ref,
  resource,
  template,
  type Value,
  withValue,
} from './template';

/** Stands for the key in the policy until CloudFormation knows it. */
const THE_KEY = 'the key';

/** For the owner’s bucket: the role, and the plan straight after it. */
export function scanTemplate(sandbox: Sandbox): ProbeTemplate {
  return template('a malware scan of the shared bucket', {
    Parameters: { [OWNER_KEY]: { Type: 'String' } },
    Resources: planFor('shared', ref(OWNER_KEY), sandbox),
  });
}

/** For a bucket whose key has no material yet, and never gets any. */
export function awaitingMaterialTemplate(sandbox: Sandbox): ProbeTemplate {
  const { accounts, region } = sandbox;
  const plan = planFor('waiting', attribute('Key', 'Arn'), sandbox);
  return template('a malware scan of a bucket whose key waits for its material', {
    Resources: {
      Key: resource('AWS::KMS::Key', {
        Description: 'Concordat probe: waits for material',
        Origin: 'EXTERNAL',
        PendingWindowInDays: KEY_DAYS,
        KeyPolicy: document(ofItsAccount(accounts.owner)),
      }),
      Bucket: bucket(probeBucket('waiting', region, accounts.owner), attribute('Key', 'Arn'), {
        bucketKey: true,
      }),
      ...plan,
      Plan: { ...plan.Plan, DependsOn: ['Bucket'] },
    },
  });
}

function planFor(
  prefix: 'shared' | 'waiting',
  key: Value,
  { accounts: { owner }, region }: Sandbox,
): { readonly Role: Resource; readonly Plan: Resource } {
  const zone = probeZone(prefix, region, owner);
  return {
    Role: resource('AWS::IAM::Role', {
      RoleName: probeName(`scan-${prefix}`),
      Path: PROBE_PATH,
      AssumeRolePolicyDocument: withValue(trustedByGuardDuty(zone, owner), THE_KEY, key),
      Policies: [
        {
          PolicyName: 'scans-the-bucket',
          PolicyDocument: withValue(malwareScanPermissions(zone, owner, THE_KEY), THE_KEY, key),
        },
      ],
    }),
    Plan: resource('AWS::GuardDuty::MalwareProtectionPlan', {
      Role: attribute('Role', 'Arn'),
      ProtectedResource: { S3Bucket: { BucketName: probeBucket(prefix, region, owner) } },
      Actions: { Tagging: { Status: 'ENABLED' } },
    }),
  };
}
