/**
 * Verdicts from the queue. Each message stands alone: one that fails comes again by itself, and after a few attempts goes to the
 * dead-letter queue, as does one that is no verdict.
 */
import { described, EventError } from '../../lib/runtime';
import { verdictOf } from '../../lib/transfers';
import { VerdictMissingError } from './errors';
import { type Message, verdictIn } from './orders';
import type { Version } from './ports';
import { type RunPorts, workOrHandOn } from './run';
import { tellOfScan } from './tell';

/** With less than this left, in milliseconds, no more is begun: the rest comes again. */
const RESERVE = 120_000;
/** GuardDuty’s page does not say whether the tag is there before the event. So long is waited for it, in milliseconds. */
const WAITS = [1_000, 2_000, 4_000, 8_000];

/** What Lambda is answered: the messages that are to come again. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Acts on the verdicts of a batch. */
export async function takeVerdicts(messages: readonly Message[], ports: RunPorts): Promise<BatchAnswer> {
  const failed: string[] = [];
  for (const message of messages) {
    if (ports.clock.remaining() <= RESERVE || !(await taken(message, ports))) failed.push(message.id);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Whether all was done that the message asks for. */
async function taken(message: Message, ports: RunPorts): Promise<boolean> {
  try {
    await take(message, ports);
    return true;
  } catch (error) {
    ports.report.failure(`act on message ${message.id}`, described(error));
    return false;
  }
}

async function take(message: Message, ports: RunPorts): Promise<void> {
  const { bucket, status, key, version } = verdictIn(message);
  if (bucket !== ports.bucket)
    throw new EventError(`message ${message.id} is of the bucket ${bucket}, this gate is of ${ports.bucket}`);
  const found = verdictOf(status);
  // Whether it is clean, the tag decides. Of what the event calls otherwise there is nothing to decide, now or later.
  if (found === 'clean') await whenTagged({ key, version }, ports);
  else if (found !== 'failed') await tellOfScan({ key, version }, found, ports);
}

/** Decides once the verdict’s tag is there. @throws VerdictMissingError where it stays away: the message comes again */
async function whenTagged(version: Version, ports: RunPorts): Promise<void> {
  for (const wait of [...WAITS, undefined]) {
    if ((await workOrHandOn(version, ports)).kind !== 'unscanned') return;
    if (wait === undefined || ports.clock.remaining() <= RESERVE + wait) break;
    await ports.clock.sleep(wait);
  }
  throw new VerdictMissingError(
    `GuardDuty’s event calls version ${version.version} clean, and it has no tag that says so. If this lasts, look at the malware protection plan`,
  );
}
