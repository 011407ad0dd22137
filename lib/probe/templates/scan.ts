/** GuardDuty’s plan for a bucket, with the very trust and rights that organisations give it. */
import { PROBE_PATH, probeBucket, probeName, probeZone } from '../../names';
import { malwareScanPermissions, trustedByGuardDuty } from '../../policy';
import type { Sandbox } from '../sandbox';
import { OWNER_KEY } from './owner';
import {
  attribute,
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
    Resources: planFor(ref(OWNER_KEY), sandbox),
  });
}

function planFor(
  key: Value,
  { accounts: { owner }, region }: Sandbox,
): { readonly Role: Resource; readonly Plan: Resource } {
  const zone = probeZone('shared', region, owner);
  return {
    Role: resource('AWS::IAM::Role', {
      RoleName: probeName('scan-shared'),
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
      ProtectedResource: { S3Bucket: { BucketName: probeBucket('shared', region, owner) } },
      Actions: { Tagging: { Status: 'ENABLED' } },
    }),
  };
}
