/** The engine of rollouts: its bucket, table and key, the function and the state machine, and who starts it and approves. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import {
  anyBootstrapRole,
  ROLLOUT_EXPIRES,
  ROLLOUT_MACHINE,
  ROLLOUT_STEP_FUNCTION,
  ROLLOUT_TABLE,
  type RolloutRole,
  rolloutBucketName,
  rolloutExecutions,
  rolloutFunctionArn,
  rolloutLogArn,
} from '../../names';
import {
  approvePermissions,
  type IdentityStatement,
  KEY_DELETION_DAYS,
  machinePermissions,
  type PolicyDocument,
  rolloutBucketPolicy,
  rolloutKeyPolicy,
  startPermissions,
  statusPermissions,
  stepPermissions,
  type TrustStatement,
  trustedByApprovers,
  trustedByOwnLambda,
  trustedByPipeline,
  trustedByRolloutMachine,
  trustedByWatchers,
} from '../../policy';
import type { Rollout, Zone } from '../../register';
import { fileAsset } from '../functions/file-asset';
import { lambdaBundle } from '../functions/lambda-bundle';
import { privateBucket } from '../private-bucket';
import { BY_ZONE } from '../reviewed';
import { ScopedRole } from '../roles/scoped-role';
import { addRolloutAlarms } from './alarms';
import { rolloutDefinition } from './machine';

/** Longer than a year, so that a yearly review can look at all of it. */
const LOG_DAYS = 400;
/** An order is of use until its rollout is over; what it uploaded, the accounts have. */
const ORDER_DAYS = 90;
/** Uploads of some megabytes, and templates of one. */
const MEGABYTES = 512;
const SECONDS = 110;

const because = (rule: Acknowledgement['rule'], reason: string): Acknowledgement => ({
  rule,
  reason,
  ...BY_ZONE,
});

const BUCKET: readonly Acknowledgement[] = [
  'AwsSolutions::AwsSolutions-S1' as const,
  'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled' as const,
].map((rule) =>
  because(
    rule,
    'It holds templates and code that anybody may read in the repository. Who starts a rollout is recorded by CloudTrail; access logs would have to lie in yet another bucket.',
  ),
);
const REPLICA = because(
  'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
  'Orders are made again from the repository by one command, and AWS has one Region in the UK.',
);
const FUNCTION: readonly Acknowledgement[] = [
  because(
    'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC',
    'It calls AWS services only, whose public endpoints need no VPC, and it opens no port.',
  ),
  because(
    'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
    'The state machine says how many accounts are worked on at once; new accounts have little concurrency to reserve.',
  ),
  because(
    'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    'The state machine waits for each answer, asks again, and writes down what failed.',
  ),
];
const MACHINE: readonly Acknowledgement[] = [
  because(
    'AwsSolutions::AwsSolutions-SF1',
    'Step Functions keeps the history of each execution for 90 days, and the table what each stack stands at. A log of its own would need rights to deliver logs of anything in the account.',
  ),
  because(
    'AwsSolutions::AwsSolutions-SF2',
    'It calls one function, whose log tells what took how long. Traces would need a right to write traces of anything in the account.',
  ),
];
const TABLE = because(
  'NIST.800.53.R5::NIST.800.53.R5-DynamoDBInBackupPlan',
  'Point-in-time recovery restores the table to any second of the last 35 days, and a rollout asks each account anew what it runs.',
);

/** Whose engine. */
export interface RolloutEngineProps {
  readonly zone: Zone;
  readonly rollout: Rollout;
}

/** No role of it reads data of an organisation, or decrypts with an organisation’s key. */
export class RolloutEngine extends Construct {
  constructor(scope: Construct, id: string, { zone, rollout }: RolloutEngineProps) {
    super(scope, id);
    const { account } = rollout;
    const key = new CfnKey(this, 'Key', {
      description: 'Concordat: encrypts orders of rollouts, and what stacks stand at',
      enableKeyRotation: true,
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      pendingWindowInDays: KEY_DELETION_DAYS,
      keyPolicy: rolloutKeyPolicy(zone, rollout),
    });
    key.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.#bucket(zone, rollout, key.attrArn);
    const table = new CfnTable(this, 'Table', {
      tableName: ROLLOUT_TABLE,
      keySchema: [{ attributeName: 'stack', keyType: 'HASH' }],
      attributeDefinitions: [{ attributeName: 'stack', attributeType: 'S' }],
      billingMode: 'PAY_PER_REQUEST',
      deletionProtectionEnabled: true,
      timeToLiveSpecification: { attributeName: ROLLOUT_EXPIRES, enabled: true },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      sseSpecification: { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: key.attrArn },
    });
    table.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(table, TABLE);
    this.#function(zone, rollout, key.attrArn);
    const objects = ['files', 'orders'].map(
      (part) => `arn:aws:s3:::${rolloutBucketName(zone, account)}/${part}/*`,
    );
    const bucketFiles =
      'Each order and each file has a key of its own, after its digest. Nothing else lies there.';
    const machineRole = this.#role(
      'MachineRole',
      'rollout-machine',
      'Concordat: carries orders out, wave by wave',
      {
        trust: trustedByRolloutMachine(zone, rollout),
        permissions: machinePermissions(zone, rollout, key.attrArn),
        wildcards: {
          [objects[1] ?? '']: bucketFiles,
          [rolloutExecutions(zone, account)]: 'Step Functions names each execution of a map.',
        },
      },
    );
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: ROLLOUT_MACHINE,
      stateMachineType: 'STANDARD',
      roleArn: machineRole.role.attrArn,
      definitionString: rolloutDefinition({
        functionArn: rolloutFunctionArn(zone, account),
        bucket: rolloutBucketName(zone, account),
        table: ROLLOUT_TABLE,
        approval: rollout.approval,
      }),
    });
    machine.addResourceDependency(table);
    acknowledge(machine, ...MACHINE);
    addRolloutAlarms(this, zone, account, key.attrArn);
    const provider = new CfnOIDCProvider(this, 'Provider', {
      url: rollout.startedBy.issuer,
      clientIdList: [rollout.startedBy.audience],
    });
    const start = this.#role(
      'StartRole',
      'rollout-start',
      'Concordat: uploads an order and starts its rollout',
      {
        trust: trustedByPipeline(rollout),
        permissions: startPermissions(zone, rollout, key.attrArn),
        wildcards: {
          ...Object.fromEntries(objects.map((each) => [each, bucketFiles])),
          [rolloutExecutions(zone, account)]: 'The name of an execution follows from the order’s digest.',
        },
      },
    );
    start.role.addResourceDependency(provider);
    if (rollout.watchedBy !== undefined)
      this.#role('StatusRole', 'rollout-status', 'Concordat: sees what each account runs', {
        trust: trustedByWatchers(rollout),
        permissions: statusPermissions(zone, rollout, key.attrArn),
        wildcards: {
          [anyBootstrapRole('status')]:
            'The name holds the account, and accounts come and go. Each role says that it trusts this one, in the AWS organisation alone.',
        },
      });
    this.#role('ApproveRole', 'rollout-approve', 'Concordat: approves rollouts, or refuses them', {
      trust: trustedByApprovers(rollout),
      permissions: approvePermissions(zone, rollout, key.attrArn),
      wildcards: {
        '*': 'AWS offers no resource for the end of a wait: its token says for what it is, and nobody guesses one.',
      },
    });
  }

  #bucket(zone: Zone, rollout: Rollout, keyArn: string): void {
    const bucketName = rolloutBucketName(zone, rollout.account);
    const bucket = new CfnBucket(this, 'Bucket', {
      bucketName,
      ...privateBucket(keyArn),
      lifecycleConfiguration: {
        rules: [
          {
            id: 'RemoveOldOrders',
            status: 'Enabled',
            expirationInDays: ORDER_DAYS,
            noncurrentVersionExpiration: { noncurrentDays: 1 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
    });
    bucket.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const policy = new CfnBucketPolicy(this, 'BucketPolicy', {
      bucket: bucketName,
      policyDocument: rolloutBucketPolicy(zone, rollout),
    });
    policy.addResourceDependency(bucket);
    acknowledge(bucket, ...BUCKET, REPLICA);
  }

  #function(zone: Zone, rollout: Rollout, keyArn: string): void {
    const { account } = rollout;
    const bucket = rolloutBucketName(zone, account);
    const named = 'Each order and each file has a key of its own, after its digest. Nothing else lies there.';
    const trusted =
      'The name holds the account, and accounts come and go. Each role says that it trusts this one, in the AWS organisation alone.';
    const { role } = this.#role(
      'StepRole',
      'rollout-step',
      'Concordat: has CloudFormation do with one stack what an order says',
      {
        trust: trustedByOwnLambda(account),
        permissions: stepPermissions(zone, rollout, keyArn),
        wildcards: {
          [`arn:aws:s3:::${bucket}/files/*`]: named,
          [`arn:aws:s3:::${bucket}/orders/*`]: named,
          [anyBootstrapRole('deploy')]: trusted,
          [anyBootstrapRole('file-publishing')]: trusted,
          [`${rolloutLogArn(zone, account)}:log-stream:*`]:
            'Lambda names a log stream for each instance of the function.',
        },
      },
    );
    const logs = new CfnLogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${ROLLOUT_STEP_FUNCTION}`,
      retentionInDays: LOG_DAYS,
      kmsKeyId: keyArn,
    });
    logs.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const code = fileAsset(this, lambdaBundle('rollout-step'));
    const step = new CfnFunction(this, 'Step', {
      functionName: ROLLOUT_STEP_FUNCTION,
      description: 'Concordat: does what the state machine of rollouts asks of one stack',
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      code: { s3Bucket: code.bucket, s3Key: code.key },
      role: role.attrArn,
      memorySize: MEGABYTES,
      timeout: SECONDS,
      loggingConfig: { logGroup: logs.ref, logFormat: 'JSON' },
      environment: { variables: { ORDERS_BUCKET: bucket } },
    });
    acknowledge(step, ...FUNCTION);
  }

  #role(
    id: string,
    purpose: RolloutRole,
    description: string,
    props: {
      readonly trust: PolicyDocument<TrustStatement>;
      readonly permissions: PolicyDocument<IdentityStatement>;
      readonly wildcards: Readonly<Record<string, string>>;
    },
  ): ScopedRole {
    return new ScopedRole(this, id, { purpose, boundary: 'no baseline', description, ...props });
  }
}
