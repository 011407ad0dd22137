/**
 * Has what a plan finds out about each side be found out once for each assembly, and of the pair once in a worker: tests run the
 * command many times over the same two.
 */
import type { Side, sideOf } from '../../lib/plan/side';
import { foundOnce } from '../found-once';
import { contentOf } from '../stacks/content-of';
import { sideLike } from './pair';

const sides = new Map<string, Side>();

foundOnce<typeof sideOf>('sideOf', (prove, source, only) => {
  const content = contentOf(source.folder);
  const key = JSON.stringify([content, only && [...only]]);
  const side =
    sides.get(key) ?? (only === undefined ? sideLike(content, prove) : undefined) ?? prove(source, only);
  sides.set(key, side);
  // Where it lies is its own.
  return { ...side, source };
});
