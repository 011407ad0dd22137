/**
 * Roots and proofs, from hashes of complete subtrees wherever those are kept. Sizes and indexes are whole numbers below
 * 2^53, so nothing here shifts bits, which JavaScript does to 32 of them only.
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */
import { sameBytes } from './bytes';
import { EMPTY_ROOT, nodeHash } from './hash';

/** Gives hashes of complete subtrees: the `index`-th of 2^height leaves. @throws if it does not have it */
export type NodeSource = (height: number, index: number) => Uint8Array;

/** The root of the tree of the first `size` leaves. */
export function rootAt(node: NodeSource, size: number): Uint8Array {
  return size === 0 ? EMPTY_ROOT : rangeHash(node, 0, size);
}

/** The audit path of a leaf: from its sibling up to the root’s child. @throws RangeError if the leaf is not in the tree */
export function inclusionProof(node: NodeSource, index: number, size: number): Uint8Array[] {
  return inclusionProofs(node, size)(index);
}

/** The audit paths of many leaves of one tree: what no node holds, at its right edge, is hashed once for all. */
export function inclusionProofs(node: NodeSource, size: number): (index: number) => Uint8Array[] {
  const edge = new Map<number, Uint8Array>();
  /** A range is named by its start alone, since it ends where the tree does. */
  const toTheEnd = (start: number): Uint8Array => {
    const known = edge.get(start);
    if (known) return known;
    const hash = rangeHash(node, start, size);
    edge.set(start, hash);
    return hash;
  };
  return (index) => {
    if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
    const path: Uint8Array[] = [];
    for (let start = 0, end = size; end - start > 1; ) {
      const middle = start + split(end - start);
      if (index < middle) {
        path.push(end === size ? toTheEnd(middle) : rangeHash(node, middle, end));
        end = middle;
      } else {
        path.push(rangeHash(node, start, middle));
        start = middle;
      }
    }
    return path.reverse();
  };
}

/** Shows that a tree of `size` leaves continues that of its first `from`. @throws RangeError if it can’t */
export function consistencyProof(node: NodeSource, from: number, size: number): Uint8Array[] {
  if (!(from >= 0 && from <= size))
    throw new RangeError(`a tree of ${size} does not continue one of ${from}`);
  if (from === 0 || from === size) return [];
  const path = (start: number, end: number, whole: boolean): Uint8Array[] => {
    if (end === from) return whole ? [] : [rangeHash(node, start, end)];
    const middle = start + split(end - start);
    return from <= middle
      ? [...path(start, middle, whole), rangeHash(node, middle, end)]
      : [...path(middle, end, false), rangeHash(node, start, middle)];
  };
  return path(0, size, true);
}

/** Whether a path leads from a leaf to a root. */
export function verifyInclusion(
  proof: readonly Uint8Array[],
  { leaf, index, size, root }: { leaf: Uint8Array; index: number; size: number; root: Uint8Array },
): boolean {
  if (!(index >= 0 && index < size)) return false;
  const rest = [...proof];
  const hashOf = (start: number, end: number): Uint8Array | undefined => {
    if (end - start === 1) return leaf;
    const middle = start + split(end - start);
    // The path goes upwards, so the topmost sibling is taken from its end.
    const sibling = rest.pop();
    if (!sibling) return undefined;
    const child = index < middle ? hashOf(start, middle) : hashOf(middle, end);
    if (!child) return undefined;
    return index < middle ? nodeHash(child, sibling) : nodeHash(sibling, child);
  };
  const computed = hashOf(0, size);
  return computed !== undefined && rest.length === 0 && sameBytes(computed, root);
}

/** A tree as a checkpoint tells of it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether a proof shows that `newer` continues `older`. */
export function verifyConsistency(proof: readonly Uint8Array[], older: TreeHead, newer: TreeHead): boolean {
  if (older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0 && sameBytes(older.root, EMPTY_ROOT);
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root);
  const rest = [...proof];
  /** The hash of a range in the newer tree, and of that part of it which is in the older one. */
  const hashOf = (
    start: number,
    end: number,
    whole: boolean,
  ): { now: Uint8Array; was: Uint8Array } | undefined => {
    if (end === older.size) {
      const hash = whole ? older.root : rest.pop();
      return hash && { now: hash, was: hash };
    }
    const middle = start + split(end - start);
    const sibling = rest.pop();
    if (!sibling) return undefined;
    if (older.size <= middle) {
      const left = hashOf(start, middle, whole);
      return left && { now: nodeHash(left.now, sibling), was: left.was };
    }
    const right = hashOf(middle, end, false);
    return right && { now: nodeHash(sibling, right.now), was: nodeHash(sibling, right.was) };
  };
  const computed = hashOf(0, newer.size, true);
  return (
    computed !== undefined &&
    rest.length === 0 &&
    sameBytes(computed.now, newer.root) &&
    sameBytes(computed.was, older.root)
  );
}

/** The hash of the leaves from `start` to before `end`, as they lie in a tree. */
function rangeHash(node: NodeSource, start: number, end: number): Uint8Array {
  const size = end - start;
  const left = split(size);
  if (size === 1 || left * 2 === size) return node(Math.log2(size), start / size);
  return nodeHash(rangeHash(node, start, start + left), rangeHash(node, start + left, end));
}

/** The largest power of two below the size; of 1, none. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
