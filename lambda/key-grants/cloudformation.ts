/**
 * The protocol of CloudFormation’s custom resources: whatever happens, one answer is sent, in time and in bounds.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
import { described, type WaitingClock, type Write } from '../../lib/runtime';

/** An answer of 4,096 bytes or more is refused; some are kept in reserve. */
const MOST_ANSWER_BYTES = 4_000;
const ANSWER_ATTEMPTS = 5;
const ANSWER_TIMEOUT = 3_000;
/** In milliseconds; it doubles. */
const FIRST_WAIT = 250;
/** Time kept for sending the answer. */
export const ANSWER_RESERVE = 20_000;

/** The resource that a failed creation leaves if the function did not even know its key. */
export const UNCONFIGURED = 'concordat-key-grants/unconfigured';
const PREFIX = 'concordat-key-grants/';

/** What CloudFormation asks. */
export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
}

/** What it is answered. */
export interface Outcome {
  readonly physicalId: string;
  /** Why it failed; absent where it succeeded. */
  readonly reason?: string | undefined;
  readonly data?: Readonly<Record<string, string>> | undefined;
}

/** What is needed to answer. */
export interface AnswerPorts {
  readonly fetch: typeof fetch;
  readonly clock: WaitingClock;
  readonly write: Write;
}

/** Whether an event is CloudFormation’s. */
export function isCloudFormationEvent(event: unknown): event is CloudFormationEvent {
  if (typeof event !== 'object' || event === null) return false;
  const { RequestType, ResponseURL } = event as Partial<CloudFormationEvent>;
  return (
    (RequestType === 'Create' || RequestType === 'Update' || RequestType === 'Delete') &&
    typeof ResponseURL === 'string'
  );
}

/** The id of the resource: that of the key, so that it changes only with the key. */
export function physicalIdOf(keyArn: string): string {
  return `${PREFIX}${keyArn}`;
}

/** Whether the resource to be deleted is that of another key, or of none: then there is nothing to do. */
export function isOfAnotherKey(event: CloudFormationEvent, keyArn: string): boolean {
  const id = event.PhysicalResourceId ?? '';
  return id.startsWith(PREFIX) && id !== physicalIdOf(keyArn);
}

/**
 * Does the work and answers, with a failure if the work does not end in time. Fails only if the answer can’t be sent; Lambda
 * then runs it all again, which is safe.
 */
export async function answer(
  event: CloudFormationEvent,
  ports: AnswerPorts,
  physicalId: () => string,
  work: () => Promise<Outcome>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Outcome>((resolve) => {
    const limit = Math.max(0, ports.clock.remaining() + ANSWER_RESERVE / 4);
    const reason = 'the run did not end in time; run it again, it goes on from where it is';
    timer = setTimeout(() => resolve({ physicalId: physicalId(), reason }), limit);
  });
  const outcome = await Promise.race([work(), tooLate]);
  clearTimeout(timer);
  await send(event, outcome, ports);
}

async function send(event: CloudFormationEvent, outcome: Outcome, ports: AnswerPorts): Promise<void> {
  const body = Buffer.from(bodyOf(event, outcome));
  let failure = '';
  for (let attempt = 1; attempt <= ANSWER_ATTEMPTS; attempt++) {
    if (attempt > 1) await ports.clock.sleep(FIRST_WAIT * 2 ** (attempt - 2));
    try {
      const response = await ports.fetch(event.ResponseURL, {
        method: 'PUT',
        // The address is signed for no content type.
        headers: { 'content-type': '' },
        body,
        signal: AbortSignal.timeout(ANSWER_TIMEOUT),
      });
      if (response.ok) return;
      throw new Error(`CloudFormation’s address answered ${response.status}`);
    } catch (error) {
      // The address itself is a secret until it expires, so the error goes no further than this.
      failure = described(error).replaceAll(event.ResponseURL, '<ResponseURL>');
      ports.write(JSON.stringify({ level: 'WARN', action: 'answer-not-sent', attempt, error: failure }));
    }
  }
  throw new Error(`the answer could not be sent: ${failure}`);
}

function bodyOf(event: CloudFormationEvent, { physicalId, reason, data }: Outcome): string {
  const write = (cut: string | undefined) =>
    JSON.stringify({
      Status: reason === undefined ? 'SUCCESS' : 'FAILED',
      ...(cut !== undefined && { Reason: cut }),
      PhysicalResourceId: physicalId,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      ...(data && { Data: data }),
    });
  let cut = reason;
  while (cut !== undefined && cut.length > 1 && Buffer.byteLength(write(cut)) > MOST_ANSWER_BYTES)
    cut = `${cut.slice(0, Math.floor(cut.length * 0.9) - 1)}…`;
  return write(cut);
}
