/**
 * Puts an object or a list of one row together again from its leaves, as the text that JSON has for it: so the rules of nested
 * values are those of JSON Lines.
 * @see https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types
 */
import type { PlannedColumn, PlannedType, ScalarType } from '../../wire/contracts';
import { damaged, ParquetError, tooLarge } from './fault';
import type { LeafReader } from './leaf-reader';
import type { Node } from './schema';

/** Something of a column’s tree, with the leaves below it. */
export type Part =
  | { readonly kind: 'leaf'; readonly node: Node; readonly leaf: number; readonly quoted: boolean }
  | {
      readonly kind: 'object';
      readonly node: Node;
      readonly leaves: Leaves;
      readonly members: readonly (readonly [string, Part])[];
    }
  | {
      readonly kind: 'list';
      readonly node: Node;
      readonly leaves: Leaves;
      readonly repeats: Node;
      readonly items: Part;
    };

/** The numbers of a part’s leaves among those of its column, the first and the first behind them. */
interface Leaves {
  readonly first: number;
  readonly behind: number;
}

/** A leaf with the type that it serves. */
export interface ServedLeaf {
  readonly node: Node;
  readonly type: ScalarType;
}

/**
 * Holds a column’s tree against its type in the contract.
 * @param leaves is given each leaf with its type, in their order
 * @throws ParquetError `column-type`, `missing-column` or `unknown-column` where they differ
 */
export function partOf(node: Node, type: PlannedType, leaves: ServedLeaf[]): Part {
  const refuse = (why: string): never => {
    throw new ParquetError('column-type', `${node.path.join('.')} ${why}`);
  };
  if (node.element.repetition === 'repeated') return refuse('repeats without being a list');
  const first = leaves.length;
  if (type.kind === 'object') {
    if (node.children.length === 0) return refuse('is no group');
    if (node.element.meaning) return refuse('is a group of another kind than an object');
    const members = node.children.map(
      (child) => [child.element.name, member(child, type.members, leaves)] as const,
    );
    if (new Set(members.map(([name]) => name)).size < members.length)
      throw new ParquetError('duplicate-column', `${node.path.join('.')} has two members of one name`);
    for (const { name } of type.members)
      if (!members.some(([known]) => known === name))
        throw new ParquetError('missing-column', `${node.path.join('.')} lacks ${name}`);
    return { kind: 'object', node, leaves: { first, behind: leaves.length }, members };
  }
  if (type.kind === 'list') {
    const [repeats, ...others] = node.children;
    if (node.element.meaning?.is !== 'list' || !repeats || others.length > 0) return refuse('is no list');
    // Lists of two levels, which writers made until 2014, leave open whether an item is the group or what is in it.
    const [item, ...more] = repeats.children;
    if (repeats.element.repetition !== 'repeated' || !item || more.length > 0)
      return refuse('is a list of an older form');
    const items = partOf(item, type.items, leaves);
    return { kind: 'list', node, leaves: { first, behind: leaves.length }, repeats, items };
  }
  if (node.children.length > 0) return refuse('is a group, where the contract has a single value');
  leaves.push({ node, type });
  const quoted = type.kind !== 'integer' && type.kind !== 'number' && type.kind !== 'boolean';
  return { kind: 'leaf', node, leaf: first, quoted };
}

function member(child: Node, members: readonly PlannedColumn[], leaves: ServedLeaf[]): Part {
  const planned = members.find(({ name }) => name === child.element.name);
  if (!planned)
    throw new ParquetError('unknown-column', `the contract does not know ${child.path.join('.')}`);
  return partOf(child, planned.type, leaves);
}

const MOST_TEXT_BYTES = 16 * 1024 * 1024;
const HEX = '0123456789abcdef';

/** Writes values of nested columns as JSON. */
export class NestedText {
  bytes = new Uint8Array(4096);
  length = 0;

  /** Writes the next value of a column behind what is there. Nothing is written for no value. */
  write(part: Part, leaves: readonly LeafReader[]): void {
    for (const leaf of leaves)
      if (leaf.repeated !== 0 || !leaf.some) damaged('a row of a nested column has no beginning');
    this.#part(part, leaves);
    for (const leaf of leaves)
      if (leaf.some && leaf.repeated !== 0) damaged('columns of one group do not have the same rows');
  }

  #part(part: Part, leaves: readonly LeafReader[]): void {
    const { node } = part;
    if (part.kind === 'leaf') {
      const leaf = leaves[part.leaf] ?? damaged('a column is missing');
      if (leaf.defined < node.defined) this.#ascii('null');
      else this.#value(leaf, part.quoted);
      leaf.pass();
      return;
    }
    const { first, behind } = part.leaves;
    const defined = leaves[first]?.defined ?? 0;
    if (defined < node.defined) {
      this.#ascii('null');
      this.#passAll(leaves, first, behind, node.defined);
      return;
    }
    if (part.kind === 'object') {
      this.#ascii('{');
      for (const [n, [name, child]] of part.members.entries()) {
        this.#ascii(n === 0 ? '' : ',');
        this.#quoted(Buffer.from(name));
        this.#ascii(':');
        this.#part(child, leaves);
      }
      this.#ascii('}');
      return;
    }
    this.#ascii('[');
    if (defined < part.repeats.defined) this.#passAll(leaves, first, behind, part.repeats.defined);
    else
      for (
        let n = 0;
        n === 0 || (leaves[first]?.some && leaves[first].repeated === part.repeats.repeated);
        n++
      ) {
        this.#ascii(n === 0 ? '' : ',');
        // Every leaf of an item begins with it.
        for (let each = first + 1; each < behind; each++)
          if (leaves[each]?.repeated !== leaves[first]?.repeated)
            damaged('items of one list differ in number');
        this.#part(part.items, leaves);
      }
    this.#ascii(']');
  }

  /** Passes over one value of each leaf, none of which may be there. */
  #passAll(leaves: readonly LeafReader[], first: number, behind: number, defined: number): void {
    for (let each = first; each < behind; each++) {
      const leaf = leaves[each] ?? damaged('a column is missing');
      if (leaf.defined >= defined) damaged('a group is there for one of its columns, and not for another');
      leaf.pass();
    }
  }

  #value(leaf: LeafReader, quoted: boolean): void {
    const text = leaf.text;
    if (!text.isText) throw new ParquetError('encoding', 'a text of a nested column is not UTF-8');
    const { bytes, from, to } = text;
    // What is not a number is written as text, so that it breaks the rule of its type.
    if (quoted || bytes[from] === 0x4e || bytes[to - 1] === 0x79) this.#quoted(bytes.subarray(from, to));
    else this.#raw(bytes.subarray(from, to));
  }

  #quoted(text: Uint8Array): void {
    this.#room(6 * text.length + 2);
    this.bytes[this.length++] = 0x22;
    for (const byte of text) {
      if (byte === 0x22 || byte === 0x5c) this.bytes[this.length++] = 0x5c;
      else if (byte < 0x20) {
        this.#ascii(`\\u00${HEX[byte >> 4]}${HEX[byte & 15]}`);
        continue;
      }
      this.bytes[this.length++] = byte;
    }
    this.bytes[this.length++] = 0x22;
  }

  #raw(text: Uint8Array): void {
    this.#room(text.length);
    this.bytes.set(text, this.length);
    this.length += text.length;
  }

  #ascii(text: string): void {
    this.#room(text.length);
    for (let n = 0; n < text.length; n++) this.bytes[this.length++] = text.charCodeAt(n);
  }

  /** Has room for so many bytes, and for a newline behind them. */
  #room(bytes: number): void {
    if (this.length + bytes < this.bytes.length) return;
    if (this.length + bytes > MOST_TEXT_BYTES) tooLarge('a nested value is too large');
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.length + bytes + 1));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
