/**
 * Spreads a large owner’s shares over stacks. The number of stacks is a power of two that follows from every share the
 * owner ever had in the register, so it only grows; when it doubles, a share stays or moves to a later stack. Stacks are
 * deployed in order, so the earlier one has let go of the access point’s name before the later one takes it.
 */
import { createHash } from 'node:crypto';

/**
 * The shares that a stack is meant to hold; an uneven spread may bring it to half as many again, far under the limit.
 * @internal Only tests import it.
 */
export const SHARES_PER_STACK = 200;

/** How many stacks an owner with so many shares, past ones included, is spread over. */
export function shardCount(sharesEver: number): number {
  let count = 1;
  while (count * SHARES_PER_STACK < sharesEver) count *= 2;
  return count;
}

/** The stack that a share belongs to: 0 is the owner’s main stack. */
export function shardOf(shareId: string, count: number): number {
  return createHash('sha256').update(shareId).digest().readUInt32BE(0) % count;
}
