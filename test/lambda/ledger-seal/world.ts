/**
 * S3, DynamoDB and KMS in memory, with the rules that the sealer rests on: conditional writes, versions that stay, an index
 * that lags behind. Each call of a process passes a gate before and after it takes effect, where a test can crash it or let
 * another go first.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Environment } from '../../../lambda/ledger-seal/environment';
import type {
  Item,
  LogSigner,
  Marked,
  Staging,
  Store,
  StoredObject,
  UnsealedPage,
} from '../../../lambda/ledger-seal/ports';
import { Sealer, type Wiring } from '../../../lambda/ledger-seal/sealer';
import { checkpointText } from '../../../lib/ledger/core/checkpoint';
import { sha256 } from '../../../lib/ledger/core/hash';
import { rawPublicKey, type VerifierKey, verifierKey } from '../../../lib/ledger/core/verifier-key';
import { type StagedEntry, stagedItem } from '../../../lib/wire';
import { arrivalOf } from '../../../lib/wire/staged-entry';

export const ORIGIN = 'ledger.example.gov.uk/zone';
export const NOW = Date.parse('2026-12-01T09:00:00Z');
export const ORGANISATIONS = ['camden', 'dwp', 'leeds'];

/** An Ed25519 key from a word. */
export function keyFrom(word: string): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), sha256(word)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export function publicKeyOf(key: KeyObject, name = ORIGIN): VerifierKey {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return verifierKey(name, 'ed25519', rawPublicKey(spki).bytes);
}

/** The n-th event. What it says is of no matter to the sealer. */
export function entryOf(n: number, at = n): StagedEntry {
  return {
    eventId: `event-${n}`,
    entry: Buffer.from(JSON.stringify({ n, text: 'x'.repeat(n % 50) })),
    organisations: ORGANISATIONS.filter((_, bit) => (n >> bit) & 1),
    stagedAt: new Date(NOW - 60_000 + at * 10).toISOString(),
  };
}

/** The process has died: whatever it does next dies too. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** Where a process can be stopped: `after` an effect it has not yet learnt of it. */
export type Gate = (call: string, when: 'before' | 'after') => Promise<void>;
export const OPEN: Gate = async () => undefined;

/** What a test sets otherwise than the world does. */
type Settings = Partial<Environment & Pick<Wiring, 'limits'>>;

interface Row {
  item: Record<string, { S?: string; B?: Uint8Array; SS?: string[]; N?: string }>;
}

export class World {
  /** Every version of every object, in order. */
  readonly objects = new Map<string, Uint8Array[]>();
  readonly rows = new Map<string, Row>();
  /** How many changes the index holds back. */
  lag = 0;
  /** How many ids the index gives at a time. */
  pageSize = 4;
  signatures = 0;
  readonly log: Record<string, unknown>[] = [];
  readonly key = keyFrom('log');
  readonly publicKey = publicKeyOf(this.key);
  private index = new Map<string, string>();
  private readonly pending: (() => void)[] = [];
  private sorted: readonly string[] | undefined;
  /** Whether the index has got ids since it was sorted. */
  private grew = true;

  /** Puts an entry into staging; a duplicate changes nothing, as the condition of the write has it. */
  stage(...entries: StagedEntry[]): void {
    for (const entry of entries) {
      if (this.rows.has(entry.eventId)) continue;
      this.rows.set(entry.eventId, { item: { ...stagedItem(entry) } as Row['item'] });
      this.pending.push(() => {
        this.index.set(entry.eventId, arrivalOf(entry));
        this.grew = true;
      });
    }
  }

  /** A sealer in a process of its own. */
  sealer(
    gate: Gate = OPEN,
    { limits = { entries: 3, bytes: 1_000_000 }, ...environment }: Settings = {},
    more: { fetch?: typeof fetch; now?: () => number; remaining?: () => number } = {},
  ) {
    const sealer = new Sealer({
      wire: () => ({
        environment: {
          bucket: 'bucket',
          table: 'table',
          origin: ORIGIN,
          keyArn: 'key',
          mlDsaKeyArn: undefined,
          formerKeys: [],
          timestampUrl: undefined,
          region: 'eu-west-2',
          functionName: 'sealer',
          s3Endpoint: undefined,
          ...environment,
        },
        limits,
        store: this.store(gate),
        staging: this.staging(gate),
        signer: this.signer(gate),
      }),
      fetch: more.fetch ?? (() => Promise.reject(new TypeError('fetch failed'))),
      nonce: () => Buffer.from('0123456789abcdef', 'hex'),
      write: (line) => this.log.push(JSON.parse(line) as Record<string, unknown>),
      now: more.now ?? (() => NOW),
    });
    return (event: unknown = {}) =>
      sealer.handle(event, { getRemainingTimeInMillis: more.remaining ?? (() => 60_000) });
  }

  current(path: string): Uint8Array | undefined {
    return this.objects.get(path)?.at(-1);
  }

  /** The ids of the index in their order, once what it no longer holds back is in it. */
  private sortedIndex(): readonly string[] {
    if (this.sorted && this.pending.length <= this.lag) return this.sorted;
    for (const change of this.pending.splice(0, this.pending.length - this.lag)) change();
    this.sorted =
      this.sorted && !this.grew
        ? this.sorted.filter((id) => this.index.has(id))
        : [...this.index].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([id]) => id);
    this.grew = false;
    return this.sorted;
  }

  private store(gate: Gate): Store {
    const put = (key: string, bytes: Uint8Array) => {
      // The very bytes, without a copy: a writer that used them again would be seen.
      const kept = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.objects.set(key, [...(this.objects.get(key) ?? []), kept]);
    };
    const etag = (key: string) => {
      const versions = this.objects.get(key);
      return versions && `"${versions.length}"`;
    };
    return {
      get: (key) =>
        through(gate, `get ${key}`, (): StoredObject | undefined => {
          const bytes = this.current(key);
          return bytes && { bytes, etag: etag(key) ?? '' };
        }),
      create: (key, bytes) =>
        through(gate, `create ${key}`, () => {
          if (this.objects.has(key)) return 'exists';
          put(key, bytes);
          return 'created';
        }),
      replace: (key, bytes, expected) =>
        through(gate, `replace ${key}`, () => {
          if (etag(key) !== expected) return 'conflict';
          put(key, bytes);
          return 'replaced';
        }),
    };
  }

  private staging(gate: Gate): Staging {
    return {
      unsealed: (from) =>
        through(gate, 'query', (): UnsealedPage => {
          const sorted = this.sortedIndex();
          const start = (from as { at?: number } | undefined)?.at ?? 0;
          const end = start + this.pageSize;
          return { eventIds: sorted.slice(start, end), next: end < sorted.length ? { at: end } : undefined };
        }),
      read: (ids) =>
        through(gate, 'read', () => {
          // In no order, as DynamoDB gives them.
          const rows = [...ids].reverse().flatMap((id) => this.rows.get(id) ?? []);
          return rows.map(({ item }) => item as Item);
        }),
      mark: (id, leaf, again = false) =>
        through(gate, `mark ${id}`, (): Marked => {
          const row = this.rows.get(id);
          if (!row && !again) return 'missing';
          if (!row) {
            this.rows.set(id, { item: { leaf: { N: String(leaf) } } });
            return 'marked';
          }
          const before = row.item.leaf?.N;
          if (before !== undefined && before !== String(leaf)) return 'other-leaf';
          const { unsealed: _, ...rest } = row.item;
          row.item = { ...rest, leaf: { N: String(leaf) } };
          this.pending.push(() => this.index.delete(id));
          return before === undefined ? 'marked' : 'was-marked';
        }),
    };
  }

  private signer(gate: Gate): LogSigner {
    return {
      keys: async () => [this.publicKey],
      sign: (checkpoint) =>
        through(gate, 'sign', () => {
          this.signatures += 1;
          const signature = sign(null, Buffer.from(checkpointText(checkpoint)), this.key);
          return [{ name: ORIGIN, keyId: this.publicKey.keyId, signature }];
        }),
    };
  }
}

async function through<T>(gate: Gate, call: string, effect: () => T): Promise<T> {
  if (gate === OPEN) return effect();
  await gate(call, 'before');
  const result = effect();
  await gate(call, 'after');
  return result;
}

/** A gate that counts, and from some point on crashes. */
export function crashingAt(point: number): { gate: Gate; passed: () => number } {
  let passed = 0;
  const gate: Gate = async () => {
    if (passed >= point) throw new Crash();
    passed += 1;
  };
  return { gate, passed: () => passed };
}
