/**
 * That every version ends released or rejected, once, and rightly: with events that come twice, in another order, late or never,
 * runs side by side, scans that are repeated, and a function that dies at any of its calls.
 */
import fc from 'fast-check';
import { GATE_TAG, MALWARE_CLEAN, MALWARE_TAG } from '../../../lib/names';
import { parseGateReport } from '../../../lib/wire';
import { HOUR, type Kept, MINUTE, World } from './world';

const AWARDS = 'agreements/benefit-awards';
const DAY = 24 * HOUR;

/** Files, and what must become of each that is found clean. */
const FILES = {
  good: { text: 'good', key: `${AWARDS}/jane-doe.csv`, head: {}, wanted: 'released' },
  warned: { text: 'warn', key: `${AWARDS}/jane-doe.csv`, head: {}, wanted: 'released' },
  broken: { text: 'bad', key: `${AWARDS}/jane-doe.csv`, head: {}, wanted: 'rejected' },
  slow: { text: 'slow good', key: `${AWARDS}/slow.csv`, head: {}, wanted: 'released' },
  slowBroken: { text: 'slow bad', key: `${AWARDS}/slow.csv`, head: {}, wanted: 'rejected' },
  large: { text: 'good', key: `${AWARDS}/large.csv`, head: { bytes: 1_001 }, wanted: 'rejected' },
  otherType: {
    text: 'good',
    key: `${AWARDS}/jane-doe.csv`,
    head: { mediaType: 'text/html' },
    wanted: 'rejected',
  },
  noBucketKey: {
    text: 'good',
    key: `${AWARDS}/jane-doe.csv`,
    head: { bucketKey: false },
    wanted: 'rejected',
  },
  locked: { text: 'locked', key: `${AWARDS}/l.csv`, head: {}, wanted: 'rejected' },
  stray: { text: 'good', key: 'agreements/unknown/jane-doe.csv', head: {}, wanted: 'rejected' },
  letter: {
    text: 'dear',
    key: 'agreements/case-letters/jane-doe.pdf',
    head: { mediaType: 'application/pdf' },
    wanted: 'released',
  },
  /** Of an agreement that ends meanwhile: what is decided first stays so. */
  ending: { text: 'good', key: 'agreements/housing-pilot/jane-doe.csv', head: {}, wanted: 'either' },
} as const;
type File = keyof typeof FILES;

/** What is known of a version beside what the world holds. */
interface Followed {
  readonly kept: Kept;
  readonly file: File;
  /** Every decision that its tag has had. */
  readonly tagged: Set<string>;
}

class Model {
  readonly world = new World();
  readonly followed: Followed[] = [];

  deposit(file: File): void {
    const { key, text, head } = FILES[file];
    const kept = this.world.deposit(key, text, head);
    this.followed.push({ kept, file, tagged: new Set() });
  }

  at(n: number): Followed | undefined {
    return this.followed[n % Math.max(1, this.followed.length)];
  }

  look(): void {
    for (const { kept, tagged } of this.followed) {
      const tag = kept.tags.get(GATE_TAG);
      if (tag !== undefined) tagged.add(tag);
    }
  }

  /** Lets go on until nothing waits: all is swept hourly, and the state machine steps. */
  async settle(): Promise<void> {
    const { world } = this;
    world.dieAt = undefined;
    world.turns = [];
    for (let hour = 0; hour < 16; hour++) {
      world.time += HOUR;
      await world.deliver(world.queue.splice(0));
      await world.sweep();
      for (let n = 0; n < 5; n++) await world.step();
      this.look();
    }
  }

  holds(): void {
    const { world } = this;
    expect(world.faults).toEqual([]);
    let mended = 0;
    for (const { kept, file, tagged } of this.followed) {
      const about = [kept.version, file, Object.fromEntries(kept.tags)];
      const tag = kept.tags.get(GATE_TAG);
      const decisions = world.reportsOn(kept).filter((key) => key.includes('/decided/'));
      if (kept.gone) continue;
      // Never two decisions, and none that a check did not come to.
      const decided = decisions.map((key) => parseGateReport(world.reports.get(key) ?? '').outcome);
      const right = FILES[file].wanted === 'either' ? (decided[0] ?? 'none') : FILES[file].wanted;
      expect([...about, ...decided]).toEqual([...about, ...(decided.length === 0 ? [] : [right])]);
      // A tag follows its decision and nothing else.
      expect([...about, ...tagged]).toEqual([...about, ...(tagged.size === 0 ? [] : decided)]);
      // What is found unclean between a decision and its tag goes no further. All else goes to the end.
      if (kept.tags.get(MALWARE_TAG) !== MALWARE_CLEAN) continue;
      expect([...about, tag, ...decided]).toEqual([...about, right, right]);
      const read = world.reportsOn(kept).filter((each) => /\.(?:csv|html)$/.test(each));
      expect(read.map((each) => each.split('/')[2])).toEqual([right, right]);
      if (right === 'rejected' || file === 'warned') mended += 1;
    }
    expect(world.sent.length).toBeGreaterThanOrEqual(mended);
    const told = JSON.stringify(world.sent) + world.log;
    const at = told.search(/jane-doe|slow\.csv/);
    expect(at < 0 ? '' : told.slice(Math.max(0, at - 60), at + 60)).toBe('');
  }
}

type Act =
  | { readonly act: 'deposit'; readonly file: File }
  | {
      readonly act: 'scan';
      readonly n: number;
      readonly status: string;
      readonly keeps: boolean;
      readonly told: number;
    }
  | { readonly act: 'deliver'; readonly together: boolean; readonly n: number }
  | { readonly act: 'sweep' | 'step' | 'both' }
  | { readonly act: 'delete'; readonly n: number }
  | { readonly act: 'wait'; readonly minutes: number }
  | { readonly act: 'die'; readonly call: number; readonly done: boolean };

const status = fc.constantFrom(
  MALWARE_CLEAN,
  MALWARE_CLEAN,
  MALWARE_CLEAN,
  MALWARE_CLEAN,
  'THREATS_FOUND',
  'UNSUPPORTED',
  'FAILED',
);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('deposit' as const),
      file: fc.constantFrom(...(Object.keys(FILES) as File[])),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('scan' as const),
      n: fc.nat(20),
      status,
      keeps: fc.boolean(),
      // How often its event comes: never, once or twice; or before the tag.
      told: fc.constantFrom(0, 1, 1, 2, -1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('deliver' as const), together: fc.boolean(), n: fc.nat(20) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constantFrom('sweep' as const, 'step' as const, 'both' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('delete' as const), n: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('wait' as const), minutes: fc.constantFrom(1, 20, 600) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('die' as const),
      call: fc.integer({ min: 1, max: 14 }),
      done: fc.boolean(),
    }),
  },
);

async function perform(model: Model, each: Act): Promise<void> {
  const { world } = model;
  switch (each.act) {
    case 'deposit':
      return model.deposit(each.file);
    case 'scan': {
      const found = model.at(each.n);
      if (!found || found.kept.gone) return;
      const event = world.verdict(found.kept, each.status);
      if (each.told < 0) {
        await world.deliver([event]);
        // The scan that follows may take the gate’s tag with it: it was there all the same.
        model.look();
      }
      world.scan(found.kept, each.status, each.keeps);
      for (let n = 0; n < each.told; n++) world.queue.push(event);
      return;
    }
    case 'deliver': {
      // Any that wait, in any order; at once, or side by side.
      const from = each.n % Math.max(1, world.queue.length);
      const some = world.queue.splice(from, 3);
      if (each.together) await Promise.all(some.map((body) => world.deliver([body])));
      else await world.deliver(some);
      return;
    }
    case 'sweep':
      return world.sweep();
    case 'step':
      return world.step();
    case 'both':
      await Promise.all([world.sweep(), world.deliver(world.queue.splice(0, 2)), world.step()]);
      return;
    case 'delete': {
      const found = model.at(each.n);
      if (found) found.kept.gone = true;
      return;
    }
    case 'wait':
      world.time += each.minutes * MINUTE;
      return;
    case 'die':
      world.calls = 0;
      world.dieAt = { call: each.call, done: each.done };
  }
}

describe('every version that is found clean', () => {
  it('ends released or rejected, once and rightly, whatever befalls events and runs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 3, maxLength: 24 }),
        fc.array(fc.nat(3), { maxLength: 5 }),
        async (acts, turns) => {
          const model = new Model();
          model.world.turns = turns;
          for (const each of acts) {
            await perform(model, each);
            model.look();
          }
          await model.settle();
          model.holds();
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a function that dies at a call', () => {
  it.each(Object.keys(FILES) as File[])(
    'leaves nothing undecided, whichever call it is: %s',
    async (file) => {
      const play = async (dieAt: World['dieAt']) => {
        const model = new Model();
        model.deposit(file);
        const [followed] = model.followed;
        if (!followed) throw new Error('nothing was deposited');
        model.world.scan(followed.kept, MALWARE_CLEAN);
        model.world.dieAt = dieAt;
        await model.world.deliver([model.world.verdict(followed.kept, MALWARE_CLEAN)]);
        const { calls } = model.world;
        await model.settle();
        model.holds();
        return calls;
      };
      const calls = await play(undefined);
      expect(calls).toBeGreaterThan(3);
      for (let call = 1; call <= calls; call++) for (const done of [false, true]) await play({ call, done });
    },
  );
});

describe('without a single event', () => {
  it('the sweep alone decides on every version, also where one run has no time for all', async () => {
    const model = new Model();
    for (const file of Object.keys(FILES) as File[]) model.deposit(file);
    for (const { kept } of model.followed) model.world.scan(kept, MALWARE_CLEAN);
    // Time for a few calls only: the clock goes on with each.
    model.world.run = 125_000;
    model.world.pace = 1_000;
    await model.settle();
    model.holds();
  });

  it('leaves alone what was to be collected long ago, and what has just come', async () => {
    const model = new Model();
    model.deposit('good');
    for (const { kept } of model.followed) model.world.scan(kept, MALWARE_CLEAN);
    model.world.time += 14 * MINUTE;
    await model.world.sweep();
    expect(model.followed[0]?.kept.tags.get(GATE_TAG)).toBeUndefined();
    model.world.time += 18 * DAY;
    await model.world.sweep();
    expect(model.followed[0]?.kept.tags.get(GATE_TAG)).toBeUndefined();
  });
});

describe('an event that comes twice', () => {
  it('does nothing twice: one decision, one e-mail, one tag', async () => {
    const model = new Model();
    model.deposit('broken');
    const [followed] = model.followed;
    if (!followed) throw new Error('nothing was deposited');
    model.world.scan(followed.kept, MALWARE_CLEAN);
    const event = model.world.verdict(followed.kept, MALWARE_CLEAN);
    await model.world.deliver([event, event]);
    await model.world.deliver([event]);
    expect(model.world.sent).toHaveLength(1);
    expect(model.world.reportsOn(followed.kept)).toHaveLength(3);
    expect(model.world.log.match(/"event":"rejected"/g)).toHaveLength(1);
  });
});

describe('two runs that come to one version at the same time', () => {
  it.each([[], [1], [0, 1], [0, 3, 1], [2, 0, 0, 1]].map((turns) => [turns]))(
    'decide once and tell its owner once, whichever of them is quicker: %j',
    async (turns) => {
      const model = new Model();
      model.deposit('broken');
      const [followed] = model.followed;
      if (!followed) throw new Error('nothing was deposited');
      model.world.scan(followed.kept, MALWARE_CLEAN);
      model.world.turns = turns;
      const event = model.world.verdict(followed.kept, MALWARE_CLEAN);
      await Promise.all([model.world.deliver([event]), model.world.deliver([event])]);
      expect(model.world.sent).toHaveLength(1);
      expect(model.world.log.match(/"event":"rejected"/g)).toHaveLength(1);
    },
  );
});

describe('a version that is deleted while it is looked at', () => {
  it.each(Array.from({ length: 9 }, (_, n) => n + 1))(
    'before call %d is no failure, and is not come back to',
    async (call) => {
      const model = new Model();
      model.deposit('broken');
      const [followed] = model.followed;
      if (!followed) throw new Error('nothing was deposited');
      model.world.scan(followed.kept, MALWARE_CLEAN);
      model.world.goneAt = { call, kept: followed.kept };
      await model.world.deliver([model.world.verdict(followed.kept, MALWARE_CLEAN)]);
      expect(model.world.log).not.toContain('"event":"failed"');
      expect(model.world.queue).toEqual([]);
      expect(followed.kept).toMatchObject({ gone: true });
    },
  );
});

describe('a name that is deposited again', () => {
  it('is a new transfer, decided by itself', async () => {
    const model = new Model();
    for (const file of ['broken', 'good'] as const) model.deposit(file);
    for (const { kept } of model.followed) model.world.scan(kept, MALWARE_CLEAN);
    await model.settle();
    model.holds();
    expect(model.followed.map(({ kept }) => kept.tags.get(GATE_TAG))).toEqual(['rejected', 'released']);
  });
});

describe('what was decided', () => {
  it('stays so, though the register or the day would now have it otherwise', async () => {
    const model = new Model();
    model.deposit('ending');
    const [followed] = model.followed;
    if (!followed) throw new Error('nothing was deposited');
    model.world.scan(followed.kept, MALWARE_CLEAN);
    // The eighth call is the tag: all is written by then.
    model.world.dieAt = { call: 8, done: false };
    await model.world.deliver([model.world.verdict(followed.kept, MALWARE_CLEAN)]);
    expect(model.world.reportsOn(followed.kept)).toHaveLength(3);
    model.world.time += 3 * HOUR;
    await model.settle();
    model.holds();
    expect([...followed.tagged]).toEqual(['released']);
  });
});
