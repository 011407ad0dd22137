/** The names of what the release gate makes and is made of, in the account of each member. */
import type { NamedZone } from './named';
import type { FunctionName } from './names';
import type { Account } from './placeholders';

/** Checks each deposit after the malware scan, and releases or rejects it. */
export const RELEASE_GATE_FUNCTION = 'concordat-release-gate' satisfies FunctionName;

/** The tag in which the gate writes its decision on a version, beside the verdict of the malware scan. */
export const GATE_TAG = 'concordat-gate';
/** How the names of its alarms begin. */
export const GATE_ALARMS = 'concordat-gate';
/** What the gate decides. Without the first nobody collects a version. */
export const GATE_DECISIONS = ['released', 'rejected'] as const;
/** What the gate decided of a version. */
export type GateDecision = (typeof GATE_DECISIONS)[number];
/** The one decision that lets a version be read. */
export const GATE_RELEASED = 'released' satisfies GateDecision;

/** The rule that hears of verdicts, and the queue from which the gate takes them. */
export const GATE_QUEUE = 'concordat-gate-verdicts';
/** What the gate could not decide after several tries, and what EventBridge could not put into the queue. */
export const GATE_DEAD_LETTERS = 'concordat-gate-dead-letters';
/** The state machine that goes on with a check where one run has not been enough. */
export const GATE_MACHINE = 'concordat-release-gate';

/** Where in an organisation’s bucket the gate’s reports lie. Nobody but the gate writes there. */
export const REPORTS_PREFIX = 'reports/';

/** The ARN of a queue of the gate. */
export function gateQueueArn(zone: NamedZone, account: Account, name: string): string {
  return `arn:aws:sqs:${zone.region}:${account}:${name}`;
}

/** The ARN of the state machine. */
export function gateMachineArn(zone: NamedZone, account: Account): string {
  return `arn:aws:states:${zone.region}:${account}:stateMachine:${GATE_MACHINE}`;
}
