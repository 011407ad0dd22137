/** The template of each stack of a probe, where its parameters come from, and which of its resources is in question. */
import type { ProbeStack } from '../../policy';
import type { ProbeBucket } from '../calls';
import type { Sandbox } from '../sandbox';
import { eventsTemplate } from './events';
import { functionTemplate } from './function';
import { OWNER_KEY, ownerTemplate } from './owner';
import { LOG_KEY, recipientTemplate, secondReaderTemplate } from './recipient';
import { scanTemplate } from './scan';
import type { ProbeTemplate } from './template';
import { trailTemplate } from './trail';

const TEMPLATES: Readonly<Record<ProbeStack, (sandbox: Sandbox) => ProbeTemplate>> = {
  owner: ownerTemplate,
  recipient: recipientTemplate,
  'owner-trail': (sandbox) => trailTemplate('owner', sandbox),
  'recipient-trail': (sandbox) => trailTemplate('recipient', sandbox),
  scan: scanTemplate,
  function: functionTemplate,
  'second-reader': secondReaderTemplate,
  events: eventsTemplate,
};

/** The template of a stack. */
export function templateOf(stack: ProbeStack, sandbox: Sandbox): ProbeTemplate {
  return TEMPLATES[stack](sandbox);
}

/** An output of another stack that is given to a stack, under the same name. */
export interface Given {
  readonly from: ProbeStack;
  readonly name: string;
}

const FROM_OWNER: readonly Given[] = [{ from: 'owner', name: OWNER_KEY }];
const FROM_RECIPIENT: readonly Given[] = [{ from: 'recipient', name: LOG_KEY }];

/** What each stack is given. */
export const GIVEN: Readonly<Record<ProbeStack, readonly Given[]>> = {
  owner: [],
  recipient: [],
  'owner-trail': FROM_RECIPIENT,
  'recipient-trail': FROM_RECIPIENT,
  scan: FROM_OWNER,
  function: FROM_OWNER,
  'second-reader': [],
  events: [],
};

/**
 * The resource whose making is a question to AWS. Only where AWS finds fault with that one does a stack count as refused:
 * what else fails is an accident, and shows nothing.
 */
export const IN_QUESTION: Readonly<Record<ProbeStack, string | undefined>> = {
  owner: 'Bucket',
  recipient: undefined,
  'owner-trail': 'Trail',
  'recipient-trail': undefined,
  scan: 'Plan',
  function: 'Function',
  'second-reader': undefined,
  events: undefined,
};

/** Those that need both accounts to be in one AWS organisation. */
export const OF_ORGANISATIONS: readonly ProbeStack[] = ['events'];

/** The buckets of stacks, which must be empty before their stack can go. */
export const BUCKETS: Readonly<Record<ProbeStack, ProbeBucket | undefined>> = {
  owner: 'shared',
  recipient: 'logs',
  'owner-trail': undefined,
  'recipient-trail': undefined,
  scan: undefined,
  function: undefined,
  'second-reader': undefined,
  events: undefined,
};

/**
 * The order in which stacks are removed: trails and plans before the buckets that they write to, what uses a key before the
 * key.
 */
export const REMOVED: readonly ProbeStack[] = [
  'owner-trail',
  'recipient-trail',
  'scan',
  'function',
  'second-reader',
  'events',
  'owner',
  'recipient',
];
