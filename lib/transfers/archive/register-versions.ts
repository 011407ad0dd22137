/** The versions of the register’s index, as the ledger’s own entries tell of them, with the indexes that the copy holds. */
import { createHash } from 'node:crypto';
import { parseAuditIndex } from '../../wire';
import { Exchange } from '../exchange';
import { fieldsOf, textOf } from '../fields';
import type { IndexText } from './ports';

interface Version {
  readonly index: string;
  readonly since: string;
}

/** By which version an event is judged. */
export class RegisterVersions {
  readonly #versions: Version[] = [];
  readonly #exchanges = new Map<string, Exchange | undefined>();
  readonly #missing = new Set<string>();

  constructor(private readonly indexText: IndexText) {}

  /** SHA-256 of the indexes that were wanted and are not there. */
  get missing(): readonly string[] {
    return [...this.#missing].sort();
  }

  /** Whether every index is there. */
  get isWhole(): boolean {
    return this.#versions.length > 0 && this.#versions.every((each) => this.#exchange(each) !== undefined);
  }

  /** Takes the entry of a change of the register; they come in order. */
  add(entry: unknown): void {
    const { index, since } = fieldsOf(fieldsOf(entry).unmapped);
    const [found, from] = [textOf(index), textOf(since)];
    if (found !== undefined && from !== undefined) this.#versions.push({ index: found, since: from });
  }

  /** The register as it stood at a moment, as the audit would have taken it; undefined where its index is not there. */
  at(time: string): Exchange | undefined {
    const version = this.#versions.findLast(({ since }) => since <= time) ?? this.#versions[0];
    return version && this.#exchange(version);
  }

  #exchange({ index, since }: Version): Exchange | undefined {
    const name = `${since} ${index}`;
    if (this.#exchanges.has(name)) return this.#exchanges.get(name);
    const text = this.indexText(index);
    const isIt = text !== undefined && createHash('sha256').update(text).digest('hex') === index;
    if (!isIt) this.#missing.add(index);
    const exchange = isIt ? new Exchange(parseAuditIndex(text), since) : undefined;
    this.#exchanges.set(name, exchange);
    return exchange;
  }
}
