/** What a guardrail protects, and the reasons for which it leaves something to administrators. */
import type { Row } from './asking';

/** One kind of resource that a guardrail protects, and what it leaves to administrators. */
export interface Protected {
  /** The service and the kind of resource, as the reference calls them. */
  readonly kind: readonly [service: string, resource: string];
  readonly who: Row[0];
  readonly resource: string;
  readonly context?: Row[3];
  /** Reasons, by action or pattern of actions, without the service. */
  readonly let: Readonly<Record<string, string>>;
}

/** Reasons that hold of several services. */
export const ADDS = 'makes one more, and takes none away';
export const RESTORES = 'puts back in force what was turned off';
export const TAGS = 'no policy and no function here goes by these tags';
export const ELSEWHERE = 'is about another part of the service, which the landing zone does not use';
