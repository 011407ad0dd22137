/** The release gate of one owner: what wakes it, the function, and the state machine that has it go on with what takes long. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import {
  AGREEMENTS_PREFIX,
  bucketArn,
  bucketName,
  functionArn,
  GATE_DEAD_LETTERS,
  GATE_MACHINE,
  GATE_QUEUE,
  GATE_VERDICTS,
  gateMachineArn,
  gateQueueArn,
  RELEASE_GATE_FUNCTION,
  REPORTS_PREFIX,
} from '../../names';
import {
  gateFiles,
  gateMachinePermissions,
  gatePermissions,
  gateQueuePolicy,
  gateStorage,
  inboxTopicsOf,
  trustedByGateMachine,
} from '../../policy';
import type { Member, Register } from '../../register';
import type { SecurityAlerts } from '../alerts/security-alerts';
import { CALLED_BY_QUEUE } from '../functions/called-by-queue';
import { LambdaFunction } from '../functions/lambda-function';
import { policyProperty } from '../plain-policy';
import { BY_ZONE } from '../reviewed';
import { boundaryIn, ScopedRole } from '../roles/scoped-role';
import { addGateAlarms } from './alarms';
import { goOnUntilDone } from './machine';

/** Whose deposits are checked. */
export interface ReleaseGateProps {
  readonly register: Register;
  readonly organisation: Member;
  readonly keyArn: string;
  readonly alerts: SecurityAlerts;
}

/** How long one run may take in seconds: the longest that Lambda allows. */
const RUN_SECONDS = 900;
/** What gives a function one whole processor. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const ONE_PROCESSOR_MEGABYTES = 1_769;
/** AWS advises six times the function’s time. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const VISIBILITY_SECONDS = 6 * RUN_SECONDS;
/** The longest that SQS keeps a message. */
const KEEP_SECONDS = 14 * 24 * 3600;
/** A verdict on which the gate fails this often goes to the dead-letter queue, which raises an alarm. */
const ATTEMPTS = 5;
/** One verdict for each call: behind a large object no other waits. */
const BATCH = 1;
/**
 * How many calls run at once; what waits, waits in the queue. Each tells people at most once a second by one topic, which takes ten.
 * @internal Only tests import it.
 */
export const AT_ONCE = 5;

const MACHINE_ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: 'AwsSolutions::AwsSolutions-SF1',
    reason:
      'Step Functions keeps the history of each execution for 90 days, and the function logs what it does. A log of its own would need rights to deliver logs of anything in the account.',
    ...BY_ZONE,
  },
  {
    rule: 'AwsSolutions::AwsSolutions-SF2',
    reason:
      'It calls one function, whose log tells what took how long. Traces would need a right to write traces of anything in the account.',
    ...BY_ZONE,
  },
];

/**
 * Checks each deposit once GuardDuty has found it clean, and writes `released` or `rejected` beside the verdict. Of another
 * verdict it tells the sender’s team, where the deposit is a letter.
 */
export class ReleaseGate extends Construct {
  constructor(scope: Construct, id: string, { register, organisation, keyArn, alerts }: ReleaseGateProps) {
    super(scope, id);
    const { zone } = register;
    const { account } = organisation;
    const deadLetters = new CfnQueue(this, 'DeadLetters', {
      queueName: GATE_DEAD_LETTERS,
      messageRetentionPeriod: KEEP_SECONDS,
      sqsManagedSseEnabled: true,
      redriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [gateQueueArn(zone, account, GATE_QUEUE)],
      },
    });
    const queue = new CfnQueue(this, 'Queue', {
      queueName: GATE_QUEUE,
      visibilityTimeout: VISIBILITY_SECONDS,
      messageRetentionPeriod: KEEP_SECONDS,
      sqsManagedSseEnabled: true,
      redrivePolicy: { deadLetterTargetArn: deadLetters.attrArn, maxReceiveCount: ATTEMPTS },
    });
    const rule = new CfnRule(this, 'Rule', {
      name: GATE_QUEUE,
      description: 'Concordat: tells the release gate what GuardDuty found in deposits',
      state: 'ENABLED',
      eventPattern: {
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
        detail: {
          s3ObjectDetails: { bucketName: [bucketName(zone, account)] },
          scanResultDetails: { scanResultStatus: [...GATE_VERDICTS] },
        },
      },
      targets: [{ id: 'Queue', arn: queue.attrArn, deadLetterConfig: { arn: deadLetters.attrArn } }],
    });
    for (const [each, name] of [
      [queue, GATE_QUEUE],
      [deadLetters, GATE_DEAD_LETTERS],
    ] as const) {
      // What was not decided yet goes with no stack and with no change of a name.
      each.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      const policy = new CfnQueuePolicy(this, each === queue ? 'QueuePolicy' : 'DeadLettersPolicy', {
        queues: [each.ref],
        policyDocument: policyProperty(gateQueuePolicy(zone, account, name)),
      });
      rule.addResourceDependency(policy);
    }
    const gate = this.makeFunction({ register, organisation, keyArn, alerts });
    new CfnEventSourceMapping(this, 'Verdicts', {
      eventSourceArn: queue.attrArn,
      functionName: gate.function.ref,
      batchSize: BATCH,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: AT_ONCE },
    });
    gate.schedule('Sweep', 'rate(1 hour)', 'Concordat: looks for deposits that no event told of', {
      action: 'sweep',
    });
    this.makeMachine({ register, organisation });
    addGateAlarms(this, alerts.topicArn, gateMachineArn(zone, account));
  }

  private makeFunction({ register, organisation, keyArn, alerts }: ReleaseGateProps): LambdaFunction {
    const { zone } = register;
    const { account, id } = organisation;
    const { list, plans, listPath, plansPath } = gateFiles(register, organisation);
    const bucket = bucketArn(zone, account);
    const reports = `${bucket}/${REPORTS_PREFIX}`;
    return new LambdaFunction(this, 'Gate', {
      zone,
      account,
      source: 'release-gate',
      purpose: 'release-gate',
      roleDescription: `Concordat: checks the deposits of ${id} and writes the decision and the report on each`,
      description: `Concordat: releases or rejects what ${id} deposits`,
      permissions: gatePermissions(
        zone,
        account,
        { data: keyArn, alerts: alerts.keyArn },
        inboxTopicsOf(register, organisation),
      ),
      wildcards: {
        [`${bucket}/${AGREEMENTS_PREFIX}*`]:
          'Every deposit is checked, and objects get their names when they are deposited.',
        [`${reports}*`]: 'Each deposit has reports of its own, named after it. Nothing else lies there.',
        [`${reports}*/decided/*`]: 'Each deposit has a decision of its own, named after it.',
      },
      file: {
        ...list,
        beside: plans,
        description: `Concordat: what the deposits of ${id} are held against`,
        digestIn: 'GATE_LIST_DIGEST',
      },
      environment: {
        BUCKET: bucketName(zone, account),
        KEY_ARN: keyArn,
        GATE_LIST_FILE: listPath,
        CONTRACTS_FOLDER: plansPath,
        REPORTS_TOPIC_ARN: alerts.topicArn,
        STATE_MACHINE_ARN: gateMachineArn(zone, account),
      },
      timeoutSeconds: RUN_SECONDS,
      memoryMegabytes: ONE_PROCESSOR_MEGABYTES,
      ...storage(gateStorage(register, organisation)),
      logKeyArn: alerts.keyArn,
      acknowledged: CALLED_BY_QUEUE,
    });
  }

  private makeMachine({ register, organisation }: Pick<ReleaseGateProps, 'register' | 'organisation'>): void {
    const { zone } = register;
    const { account, id } = organisation;
    const { role } = new ScopedRole(this, 'MachineRole', {
      purpose: 'gate-machine',
      boundary: boundaryIn('member', account),
      description: `Concordat: calls the release gate of ${id} again until a long check is done`,
      trust: trustedByGateMachine(zone, account),
      permissions: gateMachinePermissions(zone, account),
      wildcards: {},
    });
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: GATE_MACHINE,
      stateMachineType: 'STANDARD',
      roleArn: role.attrArn,
      definitionString: goOnUntilDone(functionArn(zone, account, RELEASE_GATE_FUNCTION)),
    });
    acknowledge(machine, ...MACHINE_ACKNOWLEDGED);
  }
}

function storage(storageMegabytes: number | undefined): { readonly storageMegabytes?: number } {
  return storageMegabytes === undefined ? {} : { storageMegabytes };
}
