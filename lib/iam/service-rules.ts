/**
 * What single services document beyond IAM’s own rules.
 */
import type { Request } from './request';
import { MAYBE, NO, type Truth, YES } from './truth';

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html */
const KMS_ACROSS_ACCOUNTS = new Set(
  `creategrant decrypt derivesharedsecret describekey encrypt generatedatakey generatedatakeypair
  generatedatakeypairwithoutplaintext generatedatakeywithoutplaintext generatemac getkeyrotationstatus getpublickey
  listgrants listkeyrotations reencryptfrom reencryptto retiregrant revokegrant sign verify verifymac`.split(
    /\s+/,
  ),
);

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html */
const KMS_WITHIN_ACCOUNT = new Set(
  `cancelkeydeletion createalias createkey deletealias deleteimportedkeymaterial disablekey disablekeyrotation enablekey
  enablekeyrotation getkeylastusage getkeypolicy getparametersforimport importkeymaterial listaliases listkeypolicies
  listkeys listresourcetags listretirablegrants putkeypolicy replicatekey rotatekeyondemand schedulekeydeletion
  synchronizemultiregionkey tagresource untagresource updatealias updatekeydescription updateprimaryregion`.split(
    /\s+/,
  ),
);

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html */
const SQS_WITHIN_ACCOUNT = new Set(
  `addpermission cancelmessagemovetask createqueue deletequeue listmessagemovetasks listqueues listqueuetags
  removepermission setqueueattributes startmessagemovetask tagqueue untagqueue`.split(/\s+/),
);

/** Whether the service offers the action to other accounts at all; permission for one that it does not has no effect. */
export function offeredAcrossAccounts({ service, action }: Request): Truth {
  const name = action.slice(service.length + 1);
  if (service === 'kms')
    return KMS_ACROSS_ACCOUNTS.has(name) ? YES : KMS_WITHIN_ACCOUNT.has(name) ? NO : MAYBE;
  if (service === 'sqs' && SQS_WITHIN_ACCOUNT.has(name)) return NO;
  return YES;
}

/** @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services */
const UNDER_RESOURCE_CONTROL = new Set(
  'aoss cognito-identity cognito-idp dynamodb ecr events kms logs s3 secretsmanager sqs sts'.split(' '),
);
const BEYOND_RESOURCE_CONTROL = new Set(['guardduty', 'iam', 'lambda', 'organizations', 'sns', 'states']);

/**
 * Whether resource control policies reach the request. They do not reach service-linked roles, nor the retiring of grants.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-control-policies.html
 */
export function reachedByResourceControl(request: Request): Truth {
  const { service, caller } = request;
  if (caller.isServiceLinked || isRetiring(request) || BEYOND_RESOURCE_CONTROL.has(service)) return NO;
  return UNDER_RESOURCE_CONTROL.has(service) ? YES : MAYBE;
}

/**
 * Whether a grant is to be retired. Grants themselves decide that: a permission alone does not suffice, and neither key
 * policies nor resource control policies have a say.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export function isRetiring({ action }: Request): boolean {
  return action === 'kms:retiregrant';
}

/**
 * Whether the service takes requests without a signature. AWS names S3 among “a few”; KMS needs credentials.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/control-access.html
 */
export function takesAnonymous({ service }: Request): Truth {
  return service === 's3' ? YES : service === 'kms' ? NO : MAYBE;
}
