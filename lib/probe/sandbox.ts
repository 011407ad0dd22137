/** Where a probe is made: two accounts that hold nothing else, in one Region. */

import type { ProbeSide } from '../policy';
import type { AccountId } from '../register';

/** The accounts and the Region of a probe. */
export interface Sandbox {
  readonly accounts: Readonly<Record<ProbeSide, AccountId>>;
  readonly region: string;
  /** The id of the AWS organisation that both are in; absent where that is not tested. */
  readonly organisation: string | undefined;
}
