/** That an approval counts for what was signed, by whom it was signed and on the days that it says, and for nothing else. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { awaitingIn, awaitingWords } from '../../../lib/commands/register/awaiting';
import { impliedShares } from '../../../lib/proof';
import { auditIndexOf, loadCarried, loadRegister, sharesOf, termsDigest } from '../../../lib/register';
import { approvedDays } from '../../../lib/register/approvals/standing';
import { addDays, dateOf, endOfDay, type IsoDate, startOfDay, within } from '../../../lib/register/calendar';
import { canonicalRegister } from '../../../lib/register/canonical';
import { dutiesOf } from '../../../lib/register/disposals/duties';
import type { RegisterFile } from '../../../lib/register/folder';
import { claimOf } from '../../../lib/register/layout';
import type { Register } from '../../../lib/register/register';
import { textReport } from '../../../lib/register/report/text';
import { readRegisterFacts } from '../../../lib/wire';
import { goldenIn } from '../../golden';
import { AS_OF, copy, type Edit, edited, replace, set, write } from '../samples';
import { AGREEMENT, asked, DWP, envelopeOf, fileKey, SIGNED_ON, signedBy, signedByBoth } from './world';

const golden = goldenIn(__dirname);
/** So long that whoever looks at each way through it comes to no end. */
const CHAIN = 64;
const PATH = `agreements/${AGREEMENT}.yaml`;

function registerOf(files: readonly RegisterFile[], asOf = AS_OF): Register {
  const loaded = loadRegister(files, asOf);
  if (!loaded.ok) throw new Error(textReport({ ...loaded, folder: 'register' }, false));
  return loaded.register;
}
const stateOf = (files: readonly RegisterFile[], asOf = AS_OF) =>
  sharesOf(registerOf(files, asOf), asOf)[0]?.state;
/** What the proof makes of the same register, as an assembly carries it. */
const implied = (register: Register, asOf: IsoDate) =>
  impliedShares(readRegisterFacts(JSON.parse(canonicalRegister(register))), asOf);

describe('an agreement in a zone that asks for approvals', () => {
  it('is shared only once each party has signed its terms', async () => {
    const one = await signedBy(asked(), 'dwp');
    const both = await signedBy(one, 'leeds');
    expect([stateOf(asked()), stateOf(one), stateOf(both)]).toEqual([
      'awaiting-approval',
      'awaiting-approval',
      'in-force',
    ]);
    expect([asked(), one, both].map((files) => implied(registerOf(files), AS_OF).length)).toEqual([0, 0, 1]);
  });

  it('is not shared before the last party signed', async () => {
    const files = await signedByBoth();
    expect(sharesOf(registerOf(files), AS_OF)[0]?.days?.from).toBe(SIGNED_ON);
    expect(stateOf(files, dateOf('2026-08-31'))).toBe('to-come');
  });

  it('waits anew where a term is changed, and not where a comment or the order of settings is', async () => {
    const files = await signedByBoth();
    const term = edited(files, set(PATH, { 'retention.disposal': 'The council deletes each file.' }));
    const comment = edited(files, replace(PATH, 'title: ', '# As the lawyers have it.\ntitle: '));
    expect([stateOf(term), implied(registerOf(term), AS_OF).length]).toEqual(['awaiting-approval', 0]);
    expect([stateOf(comment), implied(registerOf(comment), AS_OF).length]).toEqual(['in-force', 1]);
  });

  it('is refused once a party’s file names another key for the day of signing, and counts again with the one that signed', async () => {
    const files = await signedByBoth();
    const replaced = edited(files, set('organisations/dwp.yaml', { 'approvers.0.sshKey': fileKey().sshKey }));
    // One after another: what was verified by one key must not stand for another.
    expect([files, replaced, files].map((each) => loadRegister(each, AS_OF).ok)).toEqual([true, false, true]);
  });

  it('says which signatures it rests on', async () => {
    const register = registerOf(await signedByBoth());
    const [share] = sharesOf(register, AS_OF);
    const signed = register.approvals.map(({ envelope }) =>
      createHash('sha256').update(Buffer.from(envelope.payload, 'base64')).digest('hex'),
    );
    expect(Object.keys(share?.approval?.by ?? {})).toEqual(['dwp', 'leeds']);
    expect(
      Object.values(share?.approval?.by ?? {})
        .flat()
        .sort(),
    ).toEqual(signed.sort());
  });

  it('is carried whole by an assembly, and read again as it was', async () => {
    const register = registerOf(await signedByBoth());
    const again = loadCarried(JSON.parse(canonicalRegister(register)), register.lines(), AS_OF);
    expect(again.ok && canonicalRegister(again.register)).toBe(canonicalRegister(register));
  });
});

describe('an agreement that asks for approvals itself, in a zone that does not ask all for them', () => {
  const itself = (files: readonly RegisterFile[]) =>
    edited(files, set('zone.yaml', { approvals: undefined }), set(PATH, { approvals: 'required' }));
  const shared = (files: readonly RegisterFile[]) => [
    stateOf(files),
    implied(registerOf(files), AS_OF).length,
  ];

  it('is shared only once each party has signed, and others as before', async () => {
    const one = await signedBy(itself(asked()), 'dwp');
    const both = await signedBy(one, 'leeds');
    expect([itself(asked()), one, both].map(shared)).toEqual([
      ['awaiting-approval', 0],
      ['awaiting-approval', 0],
      ['in-force', 1],
    ]);
    const beside = edited(one, copy(PATH, 'beside', { approvals: undefined }));
    expect(sharesOf(registerOf(beside), AS_OF).map(({ agreement, state }) => [agreement.id, state])).toEqual([
      [AGREEMENT, 'awaiting-approval'],
      ['beside', 'in-force'],
    ]);
    expect(awaitingIn(registerOf(beside), AS_OF).map(awaitingWords)).toEqual([
      `${AGREEMENT} awaits the approval of leeds`,
    ]);
  });

  it('ends with a withdrawal, and its recipients declare what they disposed of', async () => {
    const signed = await signedByBoth(itself(asked()));
    const withdrawn = await signedBy(
      signed,
      'leeds',
      { kind: 'withdraws', from: dateOf('2026-09-15') },
      SIGNED_ON,
    );
    expect(shared(withdrawn)).toEqual(['awaiting-approval', 0]);
    const [duty] = dutiesOf(registerOf(withdrawn));
    expect([duty?.isAsked, duty?.collectedUntil]).toEqual([true, '2026-09-14']);
  });

  it('has that signed as a term, and takes nothing from what its zone asks for', async () => {
    const signed = await signedByBoth();
    expect(stateOf(edited(signed, set(PATH, { approvals: 'required' })))).toBe('awaiting-approval');
    const loaded = loadRegister(edited(signed, set(PATH, { approvals: 'no' })), AS_OF);
    expect(loaded.ok ? [] : loaded.diagnostics.map(({ allowed }) => allowed)).toEqual(['required']);
  });
});

test('a zone that asks for none shares as before, and its register is the same text', async () => {
  const free = edited(asked(), set('zone.yaml', { approvals: undefined }));
  expect(stateOf(free)).toBe('in-force');
  expect(canonicalRegister(registerOf(free))).not.toContain('"approvals":');
});

test('an approval holds until its day, and a withdrawal from its day on', async () => {
  const ending = await signedBy(
    await signedBy(asked(), 'dwp', { kind: 'approves', until: dateOf('2026-10-31') }),
    'leeds',
  );
  expect(sharesOf(registerOf(ending), AS_OF)[0]?.days).toEqual({ from: SIGNED_ON, until: '2026-10-31' });
  expect(stateOf(ending, dateOf('2026-11-01'))).toBe('awaiting-approval');
  const withdrawn = await signedBy(
    await signedByBoth(),
    'leeds',
    { kind: 'withdraws', from: dateOf('2026-11-15') },
    AS_OF,
  );
  expect(sharesOf(registerOf(withdrawn), AS_OF)[0]?.days).toEqual({ from: SIGNED_ON, until: '2026-11-14' });
  expect(stateOf(withdrawn, dateOf('2026-11-15'))).toBe('awaiting-approval');
});

describe('an agreement whose terms go back to what they were', () => {
  const other = set(PATH, { 'retention.disposal': 'The council deletes each file.' });
  /** The files with the terms of the first ones, and all that was signed. */
  const back = (first: readonly RegisterFile[], files: readonly RegisterFile[]) =>
    files.map((file) => (file.path === PATH ? (first.find(({ path }) => path === PATH) ?? file) : file));
  const later = addDays(SIGNED_ON, 5);

  it('waits for whoever has signed for other terms on a later day, until it signs again', async () => {
    const first = await signedByBoth();
    const second = await signedBy(edited(first, other), 'leeds', undefined, later);
    const third = back(first, second);
    const register = registerOf(third);
    expect([stateOf(third), implied(register, AS_OF).length]).toEqual(['awaiting-approval', 0]);
    expect(awaitingIn(register, AS_OF).map(awaitingWords)).toEqual([
      'benefit-awards awaits the approval of leeds (it has signed for other terms since)',
    ]);
    const again = await signedBy(third, 'leeds', undefined, addDays(later, 1));
    expect([stateOf(again), implied(registerOf(again), AS_OF).length]).toEqual(['in-force', 1]);
  });

  it('waits for whoever withdrew, of whichever terms', async () => {
    const first = await signedByBoth();
    const second = await signedBy(edited(first, other), 'leeds');
    const withdrawn = await signedBy(second, 'leeds', { kind: 'withdraws', from: later }, SIGNED_ON);
    const third = back(first, withdrawn);
    expect([stateOf(third), implied(registerOf(third), AS_OF).length]).toEqual(['awaiting-approval', 0]);
  });
});

describe('what one party signs on one day', () => {
  const other = set(PATH, { 'retention.disposal': 'The council deletes each file.' });
  const shared = (files: readonly RegisterFile[]) => [
    stateOf(files),
    implied(registerOf(files), AS_OF).length,
  ];

  it('counts in the order of signing: approved again after a withdrawal, or for the terms that were signed last', async () => {
    const first = await signedByBoth();
    const withdrawn = await signedBy(first, 'leeds', { kind: 'withdraws', from: SIGNED_ON }, SIGNED_ON);
    expect(shared(withdrawn)).toEqual(['awaiting-approval', 0]);
    expect(shared(await signedBy(withdrawn, 'leeds'))).toEqual(['in-force', 1]);
    const second = await signedBy(await signedBy(edited(first, other), 'leeds'), 'dwp');
    const back = second.map((file) =>
      file.path === PATH ? (first.find(({ path }) => path === PATH) ?? file) : file,
    );
    expect([shared(second), shared(back)]).toEqual([
      ['in-force', 1],
      ['awaiting-approval', 0],
    ]);
    expect(shared(await signedBy(await signedBy(back, 'leeds'), 'dwp'))).toEqual(['in-force', 1]);
  });

  it('cannot lose a withdrawal that something was signed after', async () => {
    const withdrawn = await signedBy(
      await signedByBoth(),
      'leeds',
      { kind: 'withdraws', from: SIGNED_ON },
      SIGNED_ON,
    );
    const before = new Set((await signedByBoth()).map(({ path }) => path));
    const again = await signedBy(withdrawn, 'leeds');
    const lost = withdrawn.filter(({ path }) => path.includes('.leeds.') && !before.has(path));
    const isWithdrawal = (file: RegisterFile) =>
      Buffer.from(JSON.parse(Buffer.from(file.bytes).toString()).payload, 'base64').includes('withdraws');
    const taken = again.filter((file) => !lost.some(({ path }) => path === file.path) || !isWithdrawal(file));
    expect(taken).toHaveLength(again.length - 1);
    const loaded = loadRegister(taken, AS_OF);
    expect(loaded.ok ? [] : loaded.diagnostics.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^it was signed after another statement of leeds on benefit-awards \([0-9a-f]{12}\), which is not there$/,
      ),
    ]);
    // Nor does the proof count anything of a party that has lost something.
    const facts = readRegisterFacts(JSON.parse(canonicalRegister(registerOf(again))));
    const names = new Set(taken.map(({ path }) => claimOf(path)));
    const approvals = facts.approvals?.filter(({ name }) => names.has(name)) ?? [];
    expect(impliedShares({ ...facts, approvals }, AS_OF).length).toBe(0);
  });
});

test('the order of what names the same statement more than once is worked out once for each', async () => {
  const files = await signedBy(
    await signedByBoth(),
    'dwp',
    { kind: 'withdraws', from: SIGNED_ON },
    SIGNED_ON,
  );
  const { envelope } = registerOf(files).approvals.find(({ name }) => name.includes('.dwp.')) ?? {};
  const signed = JSON.parse(Buffer.from(envelope?.payload ?? '', 'base64').toString());
  const { organisation, post, role, on } = signed.predicate;
  const edits: Edit[] = [];
  let after: string[] = [];
  for (let n = 0; n < CHAIN; n++) {
    const predicate = { decision: 'approves', organisation, post, role, on, ...(n > 0 && { after }) };
    const next = envelopeOf({ ...signed, predicate });
    const sha256 = createHash('sha256').update(Buffer.from(next.payload, 'base64')).digest('hex');
    edits.push(write(`approvals/${AGREEMENT}.dwp.${sha256.slice(0, 12)}.json`, JSON.stringify(next)));
    after = [sha256, sha256];
  }
  // The withdrawal of that day is none that they name, and so counts as the later.
  const register = registerOf(edited(files, ...edits));
  expect([sharesOf(register, AS_OF)[0]?.state, implied(register, AS_OF)]).toEqual(['awaiting-approval', []]);
  const order = auditIndexOf(register).signed?.filter((each) => each.organisation === 'dwp') ?? [];
  expect(order.at(-1)?.after).toEqual(order.at(-2) && [order.at(-2)?.sha256, order.at(-2)?.sha256]);
});

test('an approval that is renewed before it ends is one run of days, to the proof as to the templates', async () => {
  const ending = await signedBy(await signedBy(asked(), 'leeds'), 'dwp', {
    kind: 'approves',
    until: dateOf('2026-10-31'),
  });
  const renewed = registerOf(await signedBy(ending, 'dwp', undefined, dateOf('2026-09-20')));
  const [share] = sharesOf(renewed, AS_OF);
  const [proven] = implied(renewed, AS_OF);
  expect([proven?.from, proven?.until]).toEqual([
    startOfDay(share?.days?.from as IsoDate),
    endOfDay(share?.days?.until as IsoDate),
  ]);
});

describe('what was signed at any times', () => {
  const FIRST = dateOf('2026-04-01');
  // Few days, so that several are often of one.
  const day = fc.nat(8).map((n) => addDays(FIRST, n));
  const decision = fc.oneof(
    fc.record({
      party: fc.constantFrom('dwp', 'leeds'),
      of: fc.constantFrom('these terms', 'other terms'),
      kind: fc.constant('approves'),
      on: day,
      other: fc.option(fc.nat(15)),
      names: fc.boolean(),
    }),
    fc.record({
      party: fc.constantFrom('dwp', 'leeds'),
      of: fc.constantFrom('these terms', 'other terms'),
      kind: fc.constant('withdraws'),
      on: day,
      other: fc.nat(15),
      names: fc.boolean(),
    }),
  );

  it('is approved on the days that the plainest reading says, by the register and by the proof', () => {
    const plain = registerOf(asked());
    const [agreement] = plain.agreements;
    if (agreement === undefined) throw new Error('there is an agreement');
    const terms = termsDigest(agreement, plain.contracts);
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 6 }), (all) => {
        const sorted = [...all].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
        /** The statement before of the same party, where this one names it. */
        const named = (n: number) =>
          sorted[n]?.names ? sorted.findLastIndex(({ party }, m) => m < n && party === sorted[n]?.party) : -1;
        const isAfter = (n: number, m: number): boolean =>
          named(n) !== -1 && (named(n) === m || isAfter(named(n), m));
        const signed = sorted.map(({ party, of, kind, on, other }, n) => ({
          agreement: agreement.id,
          terms: of === 'these terms' ? terms : 'f'.repeat(64),
          organisation: party,
          post: 'p',
          role: 'r',
          on,
          sha256: String(n),
          after: named(n) === -1 ? [] : [String(named(n))],
          decision:
            kind === 'approves'
              ? { kind, from: undefined, until: other === null ? undefined : addDays(on, other) }
              : { kind, from: addDays(on, other ?? 0), until: undefined },
        }));
        const days =
          approvedDays({ ...plain, verified: signed as unknown as Register['verified'] }, agreement) ?? [];
        const told: [IsoDate, boolean][] = [];
        const plainly: [IsoDate, boolean][] = [];
        for (let n = 0; n <= 50; n++) {
          const on = addDays(FIRST, n);
          const approves = (party: string) => {
            const own = signed.filter(({ organisation }) => organisation === party);
            return own.some(
              (each) =>
                each.terms === terms &&
                each.decision.from === undefined &&
                each.on <= on &&
                (each.decision.until === undefined || on <= each.decision.until) &&
                !own.some(({ on: at, sha256, terms: others, decision: { from } }) => {
                  const isLater = at > each.on;
                  const isSame = at === each.on;
                  return from === undefined
                    ? others !== terms &&
                        at <= on &&
                        (isLater || (isSame && isAfter(Number(sha256), Number(each.sha256))))
                    : from <= on && (isLater || (isSame && !isAfter(Number(each.sha256), Number(sha256))));
                }),
            );
          };
          told.push([on, days.some((each) => within(each, on))]);
          plainly.push([on, approves('dwp') && approves('leeds')]);
        }
        expect(told).toEqual(plainly);
        for (const [index, next] of days.slice(1).entries())
          expect(days[index]?.until !== undefined && (days[index]?.until as string) < next.from).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the proof the same days as the templates', async () => {
    const steps: Parameters<typeof signedBy>[2][] = [
      { kind: 'approves', until: dateOf('2026-11-10') },
      { kind: 'withdraws', from: dateOf('2026-10-20') },
      { kind: 'approves', until: dateOf('2026-12-10') },
      { kind: 'approves', until: undefined },
    ];
    let files = await signedBy(asked(), 'leeds', undefined, dateOf('2026-05-01'));
    for (const [n, step] of steps.entries()) {
      files = await signedBy(files, 'dwp', step, addDays(dateOf('2026-09-01'), n * 40));
      const register = registerOf(files);
      for (let on = dateOf('2026-08-25'); on < '2026-12-01'; on = addDays(on, 3)) {
        const made = sharesOf(register, on).flatMap(({ days }) => days ?? []);
        const proven = implied(register, on);
        expect([on, proven.length]).toEqual([on, made.length]);
        // UTC and London differ by an hour; the day is in the first ten characters of noon.
        const noon = (instant: string | undefined) =>
          new Date(Date.parse(instant ?? '') + 43_200_000).toISOString().slice(0, 10);
        if (made.length > 0) expect(noon(proven[0]?.from)).toBe(made[0]?.from);
        if (made.length > 0) expect(proven[0]?.until).toBe(endOfDay(made[0]?.until as IsoDate));
      }
    }
  });
});

describe('an envelope that does not count is refused with its reason', () => {
  const statementOf = (files: readonly RegisterFile[]) => {
    const [first] = registerOf(files).approvals;
    return JSON.parse(Buffer.from(first?.envelope.payload ?? '', 'base64').toString()) as {
      subject: [{ name: string; digest: { sha256: string } }];
      predicate: Record<string, string>;
    };
  };
  /** Puts an envelope in place of dwp’s, under the name that it has or should have. */
  const inPlace = (
    files: readonly RegisterFile[],
    envelope: ReturnType<typeof envelopeOf>,
  ): RegisterFile[] => {
    const { path = '' } = files.find((each) => each.path.startsWith('approvals/')) ?? {};
    const other = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as {
      subject: [{ name: string }];
      predicate: { organisation: string };
    };
    const digest = createHash('sha256')
      .update(Buffer.from(envelope.payload, 'base64'))
      .digest('hex')
      .slice(0, 12);
    const name = `approvals/${other.subject[0].name}.${other.predicate.organisation}.${digest}.json`;
    return edited(files, (all) => all.delete(path), write(name, JSON.stringify(envelope, null, 1)));
  };
  type Signed = ReturnType<typeof statementOf>;
  const statement = (change: (signed: Signed) => unknown) => (signed: Signed) =>
    envelopeOf({ ...signed, ...(change(signed) as object) });
  const predicate = (settings: Record<string, unknown>) =>
    statement(({ predicate: was }) => ({ predicate: { ...was, ...settings } }));
  const MUTANTS: Readonly<Record<string, (signed: Signed) => ReturnType<typeof envelopeOf>>> = {
    'another-payload-type': (signed) => envelopeOf(signed, { type: 'application/json' }),
    'another-predicate': statement(() => ({ predicateType: 'https://slsa.dev/provenance/v1' })),
    'another-agreement': statement(({ subject: [was] }) => ({ subject: [{ ...was, name: 'school-meals' }] })),
    'a-body-that-is-no-party': predicate({ organisation: 'routing' }),
    'another-post': predicate({ post: 'chief-executive' }),
    'another-role': predicate({ role: 'Chief executive' }),
    'before-the-key': predicate({ on: '2025-12-31' }),
    'another-key': (signed) => envelopeOf(signed, { key: fileKey() }),
    'another-key-by-the-same-name': (signed) => envelopeOf(signed, { key: fileKey(), keyid: DWP.keyid }),
    'another-day-after-signing': (signed) => ({
      ...envelopeOf({ ...signed, predicate: { ...signed.predicate, on: '2026-08-31' } }),
      signatures: envelopeOf(signed).signatures,
    }),
    'after-what-is-not-there': predicate({ after: ['0'.repeat(64)] }),
    'ends-before-it-begins': predicate({ until: '2026-08-01' }),
    'a-setting-more': predicate({ condition: 'only on Mondays' }),
    'two-signatures': (signed) => {
      const envelope = envelopeOf(signed);
      return { ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] };
    },
    'no-signature': (signed) => ({ ...envelopeOf(signed), signatures: [] }),
    'signature-of-the-payload-alone': (signed) => {
      const envelope = envelopeOf(signed);
      const sig = DWP.secret.sign(Buffer.from(envelope.payload, 'base64')).toString('base64');
      return { ...envelope, signatures: [{ keyid: DWP.keyid, sig }] };
    },
    'not-canonical': (signed) => {
      const payload = Buffer.from(JSON.stringify(signed, null, 2)).toString('base64');
      return { ...envelopeOf(signed), payload };
    },
  };

  it.each(Object.entries(MUTANTS))('%s', async (name, make) => {
    const files = await signedBy(asked(), 'dwp');
    const changed = inPlace(files, make(statementOf(files)));
    const loaded = loadRegister(changed, AS_OF);
    expect(loaded.ok).toBe(false);
    const report = loaded.ok ? '' : textReport({ ...loaded, folder: 'register' }, false);
    // Payloads and digests are others in each run.
    golden(
      `${name}.txt`,
      report
        .replace(/[A-Za-z0-9+/]{60,}=*…?|\b[0-9a-f]{12}(?=\.json)/g, '…')
        .replace(/"[^"\n]*…[^"\n]*"?/g, '"…"')
        .replace(/\^+/g, '^')
        .replace(/SHA256:[\w+/]+/g, 'SHA256:…'),
    );
    // What the rules refuse, the proof takes no notice of.
    const facts = readRegisterFacts(JSON.parse(canonicalRegister(registerOf(await signedByBoth()))));
    const envelope = JSON.parse(
      Buffer.from(changed.find(({ path }) => path.startsWith('approvals/'))?.bytes ?? []).toString(),
    );
    const forged = (facts.approvals ?? []).map((each) =>
      each.name.includes('.dwp.') ? { ...each, envelope } : each,
    );
    const isForgery = !['another-role', 'ends-before-it-begins'].includes(name);
    if (isForgery) expect(impliedShares({ ...facts, approvals: forged }, AS_OF)).toEqual([]);
  });

  it('under another name', async () => {
    const files = await signedBy(asked(), 'dwp');
    const file = files.find(({ path }) => path.startsWith('approvals/'));
    const moved: Edit = (all) => {
      all.delete(file?.path ?? '');
      all.set('approvals/benefit-awards.dwp.000000000000.json', file?.bytes ?? new Uint8Array());
    };
    const loaded = loadRegister(edited(files, moved), AS_OF);
    expect(loaded.ok ? [] : loaded.diagnostics.map(({ code, allowed }) => [code, allowed])).toEqual([
      ['file-name', claimOf(file?.path ?? '')],
    ]);
  });

  it('of a day that has not come', async () => {
    const files = await signedByBoth();
    const loaded = loadRegister(files, AS_OF, dateOf('2026-08-31'));
    expect(loaded.ok ? [] : loaded.diagnostics.map(({ code }) => code)).toEqual([
      'future-date',
      'future-date',
    ]);
  });
});

describe('approvers', () => {
  const faults = (...edits: Edit[]) => {
    const loaded = loadRegister(asked(...edits), AS_OF);
    return loaded.ok ? [] : loaded.diagnostics.map(({ code, message }) => `${code}: ${message}`);
  };
  const leeds = (settings: Record<string, unknown>) => set('organisations/leeds.yaml', settings);

  it('have one key each, that can be read, of their own account and of nobody else', () => {
    expect(faults(leeds({ 'approvers.0.sshKey': DWP.sshKey }))).toEqual([
      expect.stringContaining('approval: risk-owner needs one key'),
    ]);
    expect(faults(leeds({ 'approvers.0.publicKey': undefined }))).toEqual([
      expect.stringContaining('approval: risk-owner needs one key'),
    ]);
    expect(faults(leeds({ 'approvers.0.publicKey': 'A'.repeat(60) }))).toEqual([
      expect.stringContaining('approval: this is no public key'),
    ]);
    expect(
      faults(
        leeds({
          'approvers.0.kmsKey': 'arn:aws:kms:eu-west-2:100000000011:key/1234abcd-12ab-34cd-56ef-1234567890ab',
        }),
      ),
    ).toEqual([expect.stringContaining('wrong-account: this key is in account 100000000011')]);
    expect(
      faults(
        leeds({
          'approvers.0.kmsKey': undefined,
          'approvers.0.publicKey': undefined,
          'approvers.0.sshKey': DWP.sshKey,
        }),
      ),
    ).toEqual([expect.stringContaining('approval: this key is that of')]);
    expect(faults(leeds({ 'approvers.0.until': '2025-12-31' }))).toEqual([
      expect.stringContaining('date-order: `until` is 31 December 2025'),
    ]);
  });
});
