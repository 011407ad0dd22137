/** Who may do what in the account of the engine of rollouts: the function, the state machine, the pipeline, and whoever approves. */
import {
  APPROVALS_PREFIX,
  anyBootstrapRole,
  claimKey,
  providerArn,
  rolloutBucketName,
  rolloutExecutions,
  rolloutFunctionArn,
  rolloutLogArn,
  rolloutMachineArn,
  rolloutTableArn,
  s3Service,
} from '../names';
import type { Rollout, Zone } from '../register';
import {
  accountRoot,
  type IdentityStatement,
  type PolicyDocument,
  policy,
  type TrustStatement,
} from './document';
import { trustedByMachine } from './state-machine-trust';

type Permissions = PolicyDocument<IdentityStatement>;

/** The parts of the bucket: orders, and the files that they upload. */
const PARTS = ['files', 'orders'] as const;

function bucketOf(zone: Zone, { account }: Rollout): string {
  return `arn:aws:s3:::${rolloutBucketName(zone, account)}`;
}

function objectsOf(zone: Zone, rollout: Rollout): string[] {
  return PARTS.map((part) => `${bucketOf(zone, rollout)}/${part}/*`);
}

function usesKey(keyArn: string, through: string, ...Action: IdentityStatement['Action']): IdentityStatement {
  return {
    Sid: 'UseTheEnginesKeyThroughOneService',
    Effect: 'Allow',
    Action,
    Resource: [keyArn],
    Condition: { StringEquals: { 'kms:ViaService': through } },
  };
}

/**
 * The function reads orders, and takes on the roles of the bootstrap that deploy and upload, in the AWS organisation alone. Which
 * accounts that are, their own trust policies say.
 */
export function stepPermissions(zone: Zone, rollout: Rollout, keyArn: string): Permissions {
  const Condition = {
    ArnEquals: { 'lambda:SourceFunctionArn': rolloutFunctionArn(zone, rollout.account) },
  } as const;
  return policy(
    {
      Sid: 'ReadOrdersAndFiles',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: objectsOf(zone, rollout),
      Condition,
    },
    usesKey(keyArn, s3Service(zone), 'kms:Decrypt'),
    {
      Sid: 'DeployAndUploadInAccountsThatTrustIt',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: [anyBootstrapRole('deploy'), anyBootstrapRole('file-publishing')],
      Condition: { ...Condition, StringEquals: { 'aws:ResourceOrgID': zone.awsOrganizationId } },
    },
    {
      Sid: 'WriteItsOwnLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [`${rolloutLogArn(zone, rollout.account)}:log-stream:*`],
    },
  );
}

/**
 * The state machine asks the function, reads waves, writes the table down, and starts the executions of its own maps.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html what a version is read by
 */
export function machinePermissions(zone: Zone, rollout: Rollout, keyArn: string): Permissions {
  const { account } = rollout;
  const throughOthers = [s3Service(zone), `dynamodb.${zone.region}.amazonaws.com`];
  return policy(
    {
      Sid: 'AskTheFunction',
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction'],
      Resource: [rolloutFunctionArn(zone, account)],
    },
    {
      // A version that was opened, and never whatever lies there now.
      Sid: 'ReadWaves',
      Effect: 'Allow',
      Action: ['s3:GetObjectVersion'],
      Resource: [`${bucketOf(zone, rollout)}/orders/*`],
    },
    {
      Sid: 'WriteDownWhatStacksStandAt',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      Resource: [rolloutTableArn(zone, account)],
    },
    {
      Sid: 'StartItsOwnMaps',
      Effect: 'Allow',
      Action: ['states:StartExecution'],
      Resource: [rolloutMachineArn(zone, account)],
    },
    {
      Sid: 'FollowAndStopItsOwnMaps',
      Effect: 'Allow',
      Action: ['states:DescribeExecution', 'states:StopExecution'],
      Resource: [rolloutExecutions(zone, account)],
    },
    {
      Sid: 'UseTheEnginesKeyThroughBucketAndTable',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [keyArn],
      Condition: { StringEquals: { 'kms:ViaService': throughOthers } },
    },
  );
}

/**
 * The pipeline uploads an order, each file once, starts the one state machine, and sees how its executions end. It reads no file
 * and no line of the table back.
 */
export function startPermissions(zone: Zone, rollout: Rollout, keyArn: string): Permissions {
  return policy(
    { Sid: 'UploadOrders', Effect: 'Allow', Action: ['s3:PutObject'], Resource: objectsOf(zone, rollout) },
    usesKey(keyArn, s3Service(zone), 'kms:GenerateDataKey'),
    {
      Sid: 'StartRollouts',
      Effect: 'Allow',
      Action: ['states:StartExecution'],
      Resource: [rolloutMachineArn(zone, rollout.account)],
    },
    {
      // The executions of its maps have ARNs of another form, which this does not match.
      Sid: 'SeeHowRolloutsEnd',
      Effect: 'Allow',
      Action: ['states:DescribeExecution'],
      Resource: [rolloutExecutions(zone, rollout.account)],
    },
  );
}

/**
 * Whoever approves reads what waits, and ends the wait. AWS offers no resource for that: the token alone says for what it is, and
 * this role reads those of rollouts alone.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
 */
export function approvePermissions(zone: Zone, rollout: Rollout, keyArn: string): Permissions {
  return policy(
    {
      Sid: 'ReadWhatWaitsForApproval',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem'],
      Resource: [rolloutTableArn(zone, rollout.account)],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${APPROVALS_PREFIX}*`] } },
    },
    {
      Sid: 'EndTheWait',
      Effect: 'Allow',
      Action: ['states:SendTaskFailure', 'states:SendTaskSuccess'],
      Resource: ['*'],
    },
    usesKey(keyArn, `dynamodb.${zone.region}.amazonaws.com`, 'kms:Decrypt'),
  );
}

/** One pipeline, by its subject and audience to the letter. */
export function trustedByPipeline({ account, startedBy }: Rollout): PolicyDocument<TrustStatement> {
  const { issuer, audience, subject } = startedBy;
  return policy({
    Sid: 'OnePipelineTakesOnTheRole',
    Effect: 'Allow',
    Principal: { Federated: providerArn(account, issuer) },
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Condition: { StringEquals: { [claimKey(issuer, 'aud')]: audience, [claimKey(issuer, 'sub')]: subject } },
  });
}

/** Those whom the register declares, and only where they say who they are: CloudTrail then names the person. */
export function trustedByApprovers({ account, approvedBy }: Rollout): PolicyDocument<TrustStatement> {
  return policy({
    Sid: 'DeclaredApproversTakeOnTheRole',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': approvedBy }, StringLike: { 'sts:SourceIdentity': '?*' } },
  });
}

/** Only Step Functions, and only for this state machine. */
export function trustedByRolloutMachine(zone: Zone, { account }: Rollout): PolicyDocument<TrustStatement> {
  return trustedByMachine('TheStateMachineTakesOnTheRole', account, rolloutMachineArn(zone, account));
}
