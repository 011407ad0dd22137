/** One question of the state machine, answered. */
import * as z from 'zod/mini';
import type { Seen } from '../../lib/change-sets';
import { described, EventError, isPassing } from '../../lib/runtime';
import { AskAgainError } from './errors';
import { type Answer, came, compare, discard, execute, look, prepare } from './looking';
import { opened, orderedStack } from './opening';
import type { World } from './ports';
import { publish } from './publishing';

/**
 * For how long one account is waited for, in milliseconds: CloudFormation waits an hour for a custom resource, and one more for
 * its deletion.
 */
const PATIENCE = 6 * 3_600_000;
/** The most letters that are kept of why. */
const MOST_LETTERS = 4_000;

const value = z.optional(z.object({ S: z.string() }));
const ofStack = {
  order: z.string(),
  plan: z.string(),
  /** The file of the stack. */
  stack: z.string(),
  side: z.enum(['after', 'before', 'close']),
  /** When work on the account began, and when this is asked. */
  since: z.string(),
  at: z.string(),
};

const questions = z.discriminatedUnion('question', [
  z.object({ question: z.literal('open'), order: z.string() }),
  z.object({ question: z.literal('prepare'), ...ofStack }),
  z.object({ question: z.literal('execute'), ...ofStack }),
  z.object({ question: z.literal('discard'), ...ofStack }),
  z.object({
    question: z.literal('look'),
    ...ofStack,
    /** What DynamoDB has of the stack. */
    noted: z.object({ Item: z.optional(z.object({ plan: value, standing: value, found: value })) }),
  }),
  z.object({
    question: z.literal('compare'),
    ...ofStack,
    runs: z.enum(['before', 'after', 'nothing', 'neither', 'unknown']),
  }),
  z.object({
    question: z.literal('came'),
    ...ofStack,
    /** What Step Functions caught as it told CloudFormation to begin; empty where it was heard. */
    heard: z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) }),
  }),
]);

/** What was seen, as the state machine writes it down: text alone, since DynamoDB’s lists of nothing are text of nothing. */
interface NotedDown {
  readonly standing: Seen['standing'];
  readonly runs: Seen['runs'];
  /** Whether somebody else deployed it. */
  readonly found: 'yes' | 'no';
  /** A list, as JSON. */
  readonly why: string;
}

/**
 * Answers a question.
 * @throws EventError where it is none; OrderError where the order is not as it was uploaded; AskAgainError where AWS may answer
 *   later
 */
export async function answered(event: unknown, world: World): Promise<object> {
  const read = z.safeParse(questions, event);
  if (!read.success)
    throw new EventError(`no question of a rollout, at /${read.error.issues[0]?.path.map(String).join('/')}`);
  try {
    const question = read.data;
    if (question.question === 'open') return await opened(question.order, world);
    const order = await orderedStack(question.order, question.stack, world);
    const account = world.account(order.role);
    const { side } = question;
    switch (question.question) {
      case 'prepare':
        // What goes back was uploaded before it was deployed.
        if (side === 'after') await publish(order, world);
        return await prepare(order, forward(side), account);
      case 'execute':
        await execute(order, forward(side), account);
        return {};
      case 'discard':
        await discard(order, forward(side), account);
        return {};
      case 'look': {
        const { plan, standing, found } = question.noted.Item ?? {};
        const noted = { plan: plan?.S ?? '', standing: standing?.S ?? '', found: found?.S === 'yes' };
        return inTime(question, await look(order, side, question.plan, noted, account));
      }
      case 'compare':
        return inTime(question, await compare(order, forward(side), question.runs, account));
      case 'came': {
        const { Error: name, Cause: cause } = question.heard;
        const heard = name === undefined ? [] : [`${name}: ${cause ?? ''}`];
        return inTime(question, await came(order, forward(side), heard, account));
      }
    }
  } catch (error) {
    if (isPassing(error)) throw new AskAgainError(described(error), { cause: error });
    throw error;
  }
}

/** Only a look is asked for closing: nothing is changed then. */
function forward(side: 'after' | 'before' | 'close'): 'after' | 'before' {
  if (side === 'close') throw new EventError('nothing is changed in what is only waited for');
  return side;
}

function inTime({ since, at }: { readonly since: string; readonly at: string }, answer: Answer): object {
  if (answer.is === 'over') return { ...answer, seen: notedDown(answer.seen) };
  if (answer.is !== 'wait' || Date.parse(at) - Date.parse(since) < PATIENCE) return answer;
  const seen: Seen = { standing: 'stuck', runs: 'unknown', why: ['it was under way for six hours'] };
  return { is: 'over', seen: notedDown(seen) };
}

function notedDown({ standing, runs, found, why = [] }: Seen): NotedDown {
  const whole = JSON.stringify(why);
  return {
    standing,
    runs,
    found: found === true ? 'yes' : 'no',
    why: whole.length <= MOST_LETTERS ? whole : JSON.stringify([...why.slice(0, 3), 'and more']),
  };
}
