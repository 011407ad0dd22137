/** AWS in memory, as far as a probe meets it: it does what is assumed of it, but for what a test takes to be false; and it fails where a test says so. */

import {
  PROBE_STACKS,
  type ProbeCall,
  type ProbeObject,
  type ProbeReader,
  type ProbeRecord,
  type ProbeSide,
  type ProbeStack,
} from '../../lib/policy';
import { keyOf, type ProbeBucket } from '../../lib/probe/calls';
import type { Performed, ProbeAws } from '../../lib/probe/port';
import { BUCKETS } from '../../lib/probe/templates/templates';

/** The assumption that each stack is refused by where it is false. */
const REFUSED_BY: Partial<Record<ProbeStack, string>> = {
  owner: 'account-regional-bucket',
  'owner-trail': 'trail-into-another-account',
  scan: 'scan-role-with-conditions',
  function: 'function-role-with-condition',
};

const SHOWN_BY: Readonly<Record<ProbeRecord, string>> = {
  'any-of-owner': '',
  'tags-of-object': 'record-shows-tags',
  'name-of-grant': 'record-shows-grant-name',
  'bucket-of-refusal': 'refusal-names-the-bucket',
  'context-of-decrypt': 'decrypt-shows-bucket',
};

const DONE: Performed = { outcome: 'done' };

export class MemoryAws implements ProbeAws {
  time = 0;
  readonly made = new Map<ProbeStack, number>();
  readonly buckets = new Map<ProbeBucket, Set<string>>();
  readonly calls: string[] = [];
  /** Throws at these calls, counted from 1. */
  failsAt = new Set<number>();
  /** Stacks that can’t be removed. */
  stuck = new Set<ProbeStack>();
  identityOf: Record<ProbeSide, string> = { owner: '111122223333', recipient: '444455556666' };
  /** Called before each call. */
  before: (call: string) => void = () => undefined;

  readonly #tags = new Map<ProbeObject, 'clean' | 'infected'>();
  readonly #put = new Map<ProbeObject, number>();
  /** When a grant was made, and for which making of its role. */
  readonly #grants = new Map<ProbeReader, { at: number; of: number }>();
  readonly #revoked = new Map<ProbeReader, number>();
  #roleMakings = 0;
  #closedAt: number | undefined;
  #disabledAt: number | undefined;
  readonly #recorded = new Map<ProbeRecord, number>();

  constructor(
    readonly isFalse: ReadonlySet<string> = new Set(),
    readonly accounts: Readonly<Record<ProbeSide, string>> = {
      owner: '111122223333',
      recipient: '444455556666',
    },
  ) {}

  async identity(side: ProbeSide): Promise<string> {
    this.#count(`identify ${side}`);
    return this.identityOf[side];
  }

  async stacks(side: ProbeSide): Promise<ProbeStack[]> {
    this.#count(`find-stacks ${side}`);
    return [...this.made.keys()].filter((stack) => PROBE_STACKS[stack] === side);
  }

  async emptyBucket(bucket: ProbeBucket): Promise<void> {
    this.#count(`empty-bucket ${bucket}`);
    this.buckets.get(bucket)?.clear();
  }

  async removeStack(stack: ProbeStack): Promise<void> {
    this.#count(`remove-stack ${stack}`);
    this.#remove(stack);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }

  now(): number {
    return this.time;
  }

  async perform(call: ProbeCall): Promise<Performed> {
    this.#count(`${call.call} ${Object.values(call).slice(1).join(' ')}`);
    switch (call.call) {
      case 'make-stack':
        return this.#make(call.stack);
      case 'remove-stack':
        this.#remove(call.stack);
        return DONE;
      case 'set-access-point':
        this.#demand('owner');
        this.#closedAt = call.to === 'closed' ? this.time : undefined;
        return DONE;
      case 'put-object':
        this.#demand('owner');
        this.buckets.get('shared')?.add(keyOf(call.object));
        this.#put.set(call.object, this.time);
        this.#tags.delete(call.object);
        return DONE;
      case 'put-with-context':
        this.#demand('owner');
        return { outcome: this.#is('further-context-is-told') ? 'refused' : 'allowed' };
      case 'tag-object':
        this.#demand('owner');
        this.#tags.set(call.object, 'clean');
        this.#record('tags-of-object');
        return DONE;
      case 'get-verdict':
        return this.#verdict(call.object);
      case 'create-grant':
        this.#demand('owner');
        this.#demand(call.reader === 'second-reader' ? 'second-reader' : 'recipient');
        this.#grants.set(
          call.reader,
          this.#grants.get(call.reader) ?? { at: this.time, of: this.#making(call.reader) },
        );
        this.#revoked.delete(call.reader);
        this.#record('name-of-grant');
        return DONE;
      case 'revoke-grant':
        this.#revoked.set(call.reader, this.time);
        return DONE;
      case 'get-object':
        return this.#get(call.reader, call.object);
      case 'invoke-function':
        if (call.by === 'alias' && !this.#is('function-arn-without-its-alias')) return { outcome: 'refused' };
        return this.#invoke();
      case 'disable-key':
        this.#demand('events');
        this.#disabledAt = this.time;
        return DONE;
      case 'enable-key':
        return DONE;
      case 'receive-event':
        return {
          outcome:
            this.#since(this.#disabledAt, 120) && this.#is('events-by-organisation-trail')
              ? 'shown'
              : 'absent',
        };
      case 'find-record':
        return this.#find(call.record);
    }
  }

  #count(call: string): void {
    this.calls.push(call);
    this.before(call);
    if (this.failsAt.has(this.calls.length))
      throw Object.assign(new Error('try later'), { name: 'ServiceUnavailable' });
  }

  #is(assumption: string): boolean {
    return !this.isFalse.has(assumption);
  }

  #since(at: number | undefined, seconds: number): boolean {
    return at !== undefined && this.time - at >= seconds * 1_000;
  }

  #demand(stack: ProbeStack): void {
    if (!this.made.has(stack)) throw new Error(`the stack ${stack} is not there`);
  }

  #make(stack: ProbeStack): Performed {
    if (this.made.has(stack)) return DONE;
    const refused = REFUSED_BY[stack];
    if (refused !== undefined && !this.#is(refused))
      return { outcome: 'refused', saw: 'AWS finds fault with it' };
    if (['scan', 'function'].includes(stack)) this.#demand('owner');
    if (stack.endsWith('-trail')) this.#demand('recipient');
    this.time += 30_000;
    this.made.set(stack, this.time);
    const bucket = BUCKETS[stack];
    if (bucket !== undefined) this.buckets.set(bucket, new Set());
    if (stack === 'second-reader') this.#roleMakings += 1;
    if (stack === 'owner-trail') {
      this.buckets.get('logs')?.add('AWSLogs/1.json.gz');
      this.#recorded.set('any-of-owner', this.time);
    }
    return DONE;
  }

  #remove(stack: ProbeStack): void {
    if (!this.made.has(stack)) return;
    if (this.stuck.has(stack)) throw new Error('DELETE_FAILED: it is in use');
    const bucket = BUCKETS[stack];
    if (bucket !== undefined && (this.buckets.get(bucket)?.size ?? 0) > 0)
      throw new Error('the bucket is not empty');
    this.made.delete(stack);
    if (bucket !== undefined) this.buckets.delete(bucket);
  }

  #making(reader: ProbeReader): number {
    return reader === 'second-reader' ? this.#roleMakings : 0;
  }

  #record(record: ProbeRecord): void {
    const trail =
      record === 'bucket-of-refusal' || record === 'context-of-decrypt' ? 'recipient-trail' : 'owner-trail';
    if (this.made.has(trail) && !this.#recorded.has(record)) this.#recorded.set(record, this.time);
  }

  #get(reader: ProbeReader, object: ProbeObject): Performed {
    this.#demand('owner');
    this.#demand(reader === 'second-reader' ? 'second-reader' : 'recipient');
    if (!this.#put.has(object)) throw Object.assign(new Error('no such key'), { name: 'NoSuchKey' });
    const lets = this.#tagLets(object) && this.#doorLets() && this.#grantLets(reader);
    if (lets) this.#record('context-of-decrypt');
    else if (object === 'untagged') this.#record('bucket-of-refusal');
    return { outcome: lets ? 'allowed' : 'refused' };
  }

  #tagLets(object: ProbeObject): boolean {
    return (
      this.#tags.get(object) === 'clean' || (object === 'untagged' && !this.#is('untagged-object-is-refused'))
    );
  }

  #doorLets(): boolean {
    const takes = this.#is('closed-access-point-refuses-in-a-minute') ? 4 : 90;
    return !this.#since(this.#closedAt, takes);
  }

  #grantLets(reader: ProbeReader): boolean {
    const grant = this.#grants.get(reader);
    if (grant === undefined) return false;
    if (!this.#is('grant-covers-access-point')) return false;
    if (reader === 'bare-reader' && !this.#is('grant-suffices-alone')) return false;
    if (reader === 'organisation-reader' && !this.#is('resource-organisation-is-present')) return false;
    if (grant.of !== this.#making(reader) && this.#is('role-made-again-needs-a-grant')) return false;
    const late = reader === 'second-reader' && !this.#is('grant-within-five-minutes');
    if (!this.#since(grant.at, late ? 400 : 5)) return false;
    return !this.#since(
      this.#revoked.get(reader),
      this.#is('revoked-grant-refuses-within-minutes') ? 45 : 700,
    );
  }

  #verdict(object: ProbeObject): Performed {
    this.#demand('owner');
    if (!this.made.has('scan') || !this.#since(this.#put.get(object), 60)) return { outcome: 'absent' };
    if (!this.#is('scan-writes-verdicts')) return { outcome: 'not scanned', saw: 'ACCESS_DENIED' };
    return { outcome: object === 'infected' ? 'infected' : 'clean' };
  }

  #invoke(): Performed {
    this.#demand('function');
    const takes = this.#is('new-role-works-within-90-seconds') ? 8 : 120;
    return { outcome: this.#since(this.made.get('function'), takes) ? 'allowed' : 'refused' };
  }

  #find(record: ProbeRecord): Performed {
    this.#demand('recipient');
    if (!this.#since(this.#recorded.get(record), 300)) return { outcome: 'absent' };
    return { outcome: this.#is(SHOWN_BY[record]) ? 'shown' : 'lacking' };
  }
}
