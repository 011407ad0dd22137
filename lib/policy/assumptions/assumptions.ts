/** Every assumption about AWS on which the design rests, with what is known of each. */
import { createHash } from 'node:crypto';
import type { Assumption } from './assumption';
import { CORRESPONDING } from './corresponding';
import { DEPLOYING } from './deploying';
import { PERMITTING } from './permitting';
import { PREPARING } from './preparing';
import { READING } from './reading';
import { RECORDING } from './recording';
import { RECOVERING } from './recovering';
import { ROLLING_OUT } from './rolling-out';
import { SCANNING } from './scanning';
import { SERVING } from './serving';
import { SIGNING_IN } from './signing-in';
import { STOPPING } from './stopping';

/** By what they are about, for pages. */
export const ASSUMPTION_TOPICS: readonly {
  readonly title: string;
  readonly assumptions: readonly Assumption[];
}[] = [
  { title: 'Preparing accounts', assumptions: PREPARING },
  { title: 'Deploying', assumptions: DEPLOYING },
  { title: 'Rolling out', assumptions: ROLLING_OUT },
  { title: 'Recovering', assumptions: RECOVERING },
  { title: 'Permitting', assumptions: PERMITTING },
  { title: 'Reading', assumptions: READING },
  { title: 'Signing in', assumptions: SIGNING_IN },
  { title: 'Stopping', assumptions: STOPPING },
  { title: 'Scanning', assumptions: SCANNING },
  { title: 'Writing to each other', assumptions: CORRESPONDING },
  { title: 'Serving the mailbox’s page', assumptions: SERVING },
  { title: 'Recording', assumptions: RECORDING },
];

/** All of them. */
export const AWS_ASSUMPTIONS: readonly Assumption[] = ASSUMPTION_TOPICS.flatMap(
  ({ assumptions }) => assumptions,
);

/** What names the wording of an assumption and of its test: a record of a live test is of this, and of no later one. */
export function wordingOf({ assumes, test }: Pick<Assumption, 'assumes' | 'test'>): string {
  return createHash('sha256')
    .update(JSON.stringify([assumes, test]))
    .digest('hex');
}
