/** That copies are to be disposed of by their day, by whom the agreements say, and that a declaration counts once and for what it says. */
import { loadRegister } from '../../../lib/register';
import { addDays, dateOf, type IsoDate } from '../../../lib/register/calendar';
import { approving, ChangeRefused, disposing, type Signer } from '../../../lib/register/changes';
import { changedFiles } from '../../../lib/register/changes/change';
import { entriesBetween, overdueOn } from '../../../lib/register/diary';
import { dutiesOf, missingOn } from '../../../lib/register/disposals/duties';
import type { RegisterFile } from '../../../lib/register/folder';
import type { Register } from '../../../lib/register/register';
import { textReport } from '../../../lib/register/report/text';
import { goldenIn } from '../../golden';
import {
  AGREEMENT,
  asked,
  DWP,
  envelopeOf,
  fileKey,
  LEEDS,
  SIGNED_ON,
  signedBy,
  signedByBoth,
} from '../approvals/world';
import { copy, type Edit, edited, set, write } from '../samples';

const golden = goldenIn(__dirname);
/** The key of a successor. */
const HEIR = fileKey();
/** That of another recipient, which goes on as it is. */
const YORK = fileKey();
const PATH = `agreements/${AGREEMENT}.yaml`;
const ENDS = dateOf('2026-12-31');
const DUE = dateOf('2027-01-30');
const AFTER = dateOf('2027-01-15');

/** An agreement that ends soon, whose recipient then has 30 days, approved by both parties. */
const ending = (...edits: Edit[]) =>
  signedByBoth(asked(set(PATH, { ends: ENDS, review: ENDS, 'retention.disposeWithin': 'P30D' }), ...edits));

function registerOf(files: readonly RegisterFile[], asOf = AFTER): Register {
  const loaded = loadRegister(files, asOf);
  if (!loaded.ok) throw new Error(textReport({ ...loaded, folder: 'register' }, false));
  return loaded.register;
}

async function declared(
  files: readonly RegisterFile[],
  {
    on = AFTER,
    agreement = AGREEMENT,
    organisation = 'leeds',
    signer = LEEDS.signer as Signer,
    method = undefined as string | undefined,
  } = {},
) {
  const { files: changed } = await disposing(files, { agreement, organisation, method }, signer, on);
  return changedFiles(files, changed);
}

const refusal = async (made: Promise<unknown>) => {
  const error = await made.then(
    () => undefined,
    (each: unknown) => each,
  );
  return error instanceof ChangeRefused ? error.settle.join('; ') : `not refused: ${String(error)}`;
};
const dues = (files: readonly RegisterFile[]) =>
  dutiesOf(registerOf(files)).map(({ agreement, organisation, due, of }) => [
    agreement.id,
    organisation,
    due,
    of,
  ]);

describe('what a recipient is to dispose of', () => {
  it('is due so long after the last day as the agreement says, and else as long as a copy may be kept', async () => {
    expect(dues(await ending())).toEqual([[AGREEMENT, 'leeds', DUE, [AGREEMENT]]]);
    const kept = await ending(set(PATH, { 'retention.period': 'P3M', 'retention.disposeWithin': undefined }));
    expect(dues(kept)).toEqual([[AGREEMENT, 'leeds', '2027-03-31', [AGREEMENT]]]);
  });

  it('is asked for where approvals are, or where the agreement sets a time for it, and of nobody else', async () => {
    const free = set('zone.yaml', { approvals: undefined });
    const isAsked = (files: readonly RegisterFile[]) =>
      dutiesOf(registerOf(files)).map((each) => each.isAsked);
    const silent = asked(free, set(PATH, { ends: ENDS, review: ENDS }));
    expect([isAsked(await ending()), isAsked(await ending(free)), isAsked(silent)]).toEqual([
      [true],
      [true],
      [false],
    ]);
  });

  it('is nothing where nothing was ever shared', () => {
    expect(dues(asked())).toEqual([]);
  });

  it.each([
    ['ended early', set(PATH, { ends: '2026-11-30', review: '2026-11-30' }), '2026-12-30'],
    ['given other words', set(PATH, { title: 'Awards of benefit' }), DUE],
  ])(
    'is due of what was shared by the terms that were approved, once it is %s and nobody approved that',
    async (_, change, due) => {
      const files = edited(await ending(), change);
      expect(dues(files)).toEqual([[AGREEMENT, 'leeds', due, [AGREEMENT]]]);
      expect(missingOn(registerOf(files), addDays(DUE, 1))).toHaveLength(1);
      expect(missingOn(registerOf(await declared(files)), addDays(DUE, 1))).toEqual([]);
    },
  );

  it('ends with a withdrawal also where the terms were changed since', async () => {
    const from = dateOf('2026-10-15');
    const files = await signedBy(await ending(), 'leeds', { kind: 'withdraws', from }, dateOf('2026-10-01'));
    expect(dues(edited(files, set(PATH, { title: 'Awards of benefit' })))).toEqual([
      [AGREEMENT, 'leeds', '2026-11-13', [AGREEMENT]],
    ]);
  });

  it('is nothing of terms that one party alone had approved', async () => {
    const files = await signedBy(asked(set(PATH, { ends: ENDS, review: ENDS })), 'leeds');
    expect(dues(edited(files, set(PATH, { title: 'Awards of benefit' })))).toEqual([]);
  });

  it('is told of to both until it is declared, and not before it is due', async () => {
    const files = await ending();
    const register = registerOf(files);
    const due = { on: DUE, kind: 'disposal-due', agreement: AGREEMENT, organisations: ['leeds', 'dwp'] };
    const coming = (of: Register) =>
      entriesBetween(of, AFTER, addDays(DUE, 30)).filter(({ kind }) => kind === 'disposal-due');
    expect(coming(register)).toEqual([due]);
    expect([DUE, addDays(DUE, 1)].map((day) => missingOn(register, day).length)).toEqual([0, 1]);
    expect(overdueOn(register, addDays(DUE, 1))).toContainEqual(due);
    const done = registerOf(await declared(files));
    expect([coming(done), missingOn(done, addDays(DUE, 1))]).toEqual([[], []]);
  });

  it('ends with a withdrawal as with the last day', async () => {
    const from = dateOf('2026-10-15');
    const files = await signedBy(await ending(), 'leeds', { kind: 'withdraws', from }, dateOf('2026-10-01'));
    expect(dues(files)).toEqual([[AGREEMENT, 'leeds', '2026-11-13', [AGREEMENT]]]);
    expect(await refusal(declared(files, { on: dateOf('2026-10-14') }))).toContain(
      'can be collected under until 14 October 2026',
    );
    const done = await declared(files, { on: from });
    expect(missingOn(registerOf(done), DUE)).toEqual([]);
    // What is approved anew is shared anew, and is to be disposed of anew.
    const again = await signedBy(done, 'leeds', undefined, dateOf('2026-11-20'));
    expect(missingOn(registerOf(again), addDays(DUE, 1))).toHaveLength(1);
  });
});

describe('renewal, novation and legal hold are three things', () => {
  const NEXT = 'benefit-awards-2';
  const follows = { starts: '2027-01-01', ends: '2027-12-31', review: '2027-12-31' };

  it('a renewal moves the due day, and each agreement is declared of by itself', async () => {
    const files = edited(await ending(), copy(PATH, NEXT, { ...follows, supersedes: AGREEMENT }));
    const approved = await both(files, NEXT);
    expect(dues(approved)).toEqual([
      [AGREEMENT, 'leeds', '2028-01-30', [AGREEMENT]],
      [NEXT, 'leeds', '2028-01-30', [NEXT]],
    ]);
  });

  it('a renewal that nobody approved moves nothing', async () => {
    const draft = { ...follows, supersedes: AGREEMENT, 'retention.disposeWithin': 'P1Y' };
    const files = edited(await ending(), copy(PATH, NEXT, draft));
    expect(dues(files)).toEqual([[AGREEMENT, 'leeds', DUE, [AGREEMENT]]]);
  });

  it.each([
    [DUE, '2028-01-30'],
    [addDays(DUE, 1), DUE],
  ])(
    'what was due before a renewal is due: one that starts on %s makes it due on %s',
    async (starts, due) => {
      const later = copy(PATH, NEXT, { ...follows, starts, supersedes: AGREEMENT });
      const [first] = dues(await both(edited(await ending(), later), NEXT));
      expect(first).toEqual([AGREEMENT, 'leeds', due, [AGREEMENT]]);
    },
  );

  it('of two renewals of one agreement, the copies are due by the later, in whichever order', async () => {
    for (const [half, whole] of [
      ['first-half', 'whole-year'],
      ['year-half', 'a-whole-year'],
    ] as const) {
      const fork = edited(
        await ending(),
        copy(PATH, half, { ...follows, ends: '2027-06-30', review: '2027-06-30', supersedes: AGREEMENT }),
        copy(PATH, whole, { ...follows, supersedes: AGREEMENT }),
      );
      const approved = await both(await both(fork, half), whole);
      const due = dues(approved).find(([id]) => id === AGREEMENT)?.[2];
      expect(due).toBe('2028-01-30');
    }
  });

  it('a shorter renewal does not take from the time that the first agreement gives', async () => {
    const short = { ...follows, ends: '2027-01-02', review: '2027-01-02', supersedes: AGREEMENT };
    const files = edited(await ending(), copy(PATH, NEXT, { ...short, 'retention.disposeWithin': 'P1D' }));
    expect(dues(await both(files, NEXT))[0]).toEqual([AGREEMENT, 'leeds', DUE, [AGREEMENT]]);
  });

  it('a hold on the renewal keeps the copies of what it renewed', async () => {
    const hold = { from: '2027-01-10', reason: 'Claim HB-2027-4.', by: 'dwp' };
    const renewal = copy(PATH, NEXT, { ...follows, supersedes: AGREEMENT, hold });
    const files = await both(edited(await ending(), renewal), NEXT);
    expect(dues(files).map(([, , due]) => due)).toEqual([undefined, undefined]);
    expect(await refusal(declared(files))).toContain('a legal hold since 10 January 2027');
  });

  const novated = [
    copy('organisations/leeds.yaml', 'new-leeds', {
      account: '100000000077',
      name: 'New Leeds Council',
      'identifiers.0.value': 'E08000099',
      joins: '2026-12-01',
      approvers: [{ post: 'risk-owner', role: 'Risk owner', sshKey: HEIR.sshKey, from: '2026-01-01' }],
      custody: { kind: 'account', administrators: ['arn:aws:iam::100000000077:role/keys'] },
      mayCollect: ['arn:aws:iam::100000000077:role/reader'],
    }),
    set('organisations/leeds.yaml', { leaves: ENDS, successors: ['new-leeds'] }),
    copy(PATH, NEXT, { ...follows, recipients: ['new-leeds'], novatedFrom: AGREEMENT }),
  ];

  it('a novation that nobody approved takes the duty from nobody', async () => {
    expect(dues(edited(await ending(), ...novated))).toEqual([[AGREEMENT, 'leeds', DUE, [AGREEMENT]]]);
  });

  it('a novation hands the duty over to the successor, which declares for both', async () => {
    const files = edited(await ending(), ...novated);
    const first = await both(files, NEXT, 'new-leeds');
    expect(dues(first)).toEqual([[NEXT, 'new-leeds', '2028-01-30', [AGREEMENT, NEXT].sort()]]);
    expect(await refusal(declared(first))).toContain(`npx concordat dispose ${NEXT} --as new-leeds`);
    const done = await declared(first, {
      on: dateOf('2028-01-10'),
      agreement: NEXT,
      organisation: 'new-leeds',
      signer: HEIR.signer,
    });
    expect(
      registerOf(done, dateOf('2028-01-10')).disposals.map(({ decision }) => decision.agreements),
    ).toEqual([[AGREEMENT, NEXT].sort()]);
  });

  it('says to each recipient of a novated agreement where its own duty went', async () => {
    const york = copy('organisations/leeds.yaml', 'york', {
      account: '100000000088',
      name: 'York Council',
      'identifiers.0.value': 'E08000098',
      approvers: [{ post: 'risk-owner', role: 'Risk owner', sshKey: YORK.sshKey, from: '2026-01-01' }],
      custody: { kind: 'account', administrators: ['arn:aws:iam::100000000088:role/keys'] },
      mayCollect: ['arn:aws:iam::100000000088:role/reader'],
      leaves: undefined,
      successors: undefined,
    });
    const files = edited(
      asked(set(PATH, { ends: ENDS, review: ENDS, 'retention.disposeWithin': 'P30D' })),
      york,
      ...novated,
      set(PATH, { recipients: ['leeds', 'york'] }),
      set(`agreements/${NEXT}.yaml`, { recipients: ['new-leeds', 'york'] }),
    );
    const signed = await approvedBy(await approvedBy(files, AGREEMENT, ['dwp', 'leeds', 'york']), NEXT, [
      'dwp',
      'new-leeds',
      'york',
    ]);
    expect(await refusal(declared(signed, { organisation: 'york', signer: YORK.signer }))).toBe(
      `${AGREEMENT} passed into ${NEXT}, and what york collected is declared with that: npx concordat dispose ${NEXT} --as york`,
    );
  });

  it('a hold forbids disposal, and its days do not count', async () => {
    const hold = (until?: IsoDate) =>
      set(PATH, {
        hold: { from: '2027-01-10', ...(until && { until }), reason: 'Claim HB-2027-4.', by: 'dwp' },
      });
    const open = edited(await ending(), hold());
    expect(dues(open)).toEqual([[AGREEMENT, 'leeds', undefined, [AGREEMENT]]]);
    expect(missingOn(registerOf(open), dateOf('2030-01-01'))).toEqual([]);
    expect(await refusal(declared(open))).toBe(
      'a legal hold since 10 January 2027, asked for by dwp, forbids it: Claim HB-2027-4.',
    );
    const until = edited(await ending(), hold(dateOf('2027-02-08')));
    expect(dues(until)).toEqual([[AGREEMENT, 'leeds', addDays(DUE, 30), [AGREEMENT]]]);
    expect(await refusal(declared(until))).toContain('until 8 February 2027');
    expect(await declared(until, { on: dateOf('2027-02-09') })).toHaveLength(until.length + 1);
    // A hold is no term: what was approved stays approved.
    expect(registerOf(open).verified).toHaveLength(2);
    expect(registerOf(open).agreements.map(({ id }) => id)).toEqual([AGREEMENT]);
  });

  it('a hold that begins once all is due comes too late', async () => {
    const late = set(PATH, { hold: { from: addDays(DUE, 1), reason: 'A claim.', by: 'dwp' } });
    expect(dues(edited(await ending(), late))).toEqual([[AGREEMENT, 'leeds', DUE, [AGREEMENT]]]);
  });
});

describe('a declaration', () => {
  it.each([
    ['before the agreement has ended', { on: ENDS }, 'can be collected under until 31 December 2026'],
    [
      'by who collects nothing',
      { organisation: 'dwp', signer: DWP.signer },
      'dwp has collected nothing under',
    ],
    ['by another key', { signer: DWP.signer }, 'names no approver with the key of this file'],
  ])('is refused %s', async (_, more, told) => {
    expect(await refusal(declared(await ending(), more))).toContain(told);
  });

  it('is refused twice, also on another day', async () => {
    const done = await declared(await ending());
    for (const on of [AFTER, addDays(AFTER, 5)])
      expect(await refusal(declared(done, { on }))).toContain('leeds has declared it on 15 January 2027');
  });

  it('names nobody', async () => {
    const text = 'Shredded by jane.smith@leeds.gov.uk';
    await expect(declared(await ending(), { method: text })).rejects.toThrow('no longer be sound');
  });

  it('approves nothing, and withdraws nothing', async () => {
    const files = await ending();
    const before = registerOf(files);
    const after = registerOf(await declared(files));
    expect([after.verified, after.disposals.length]).toEqual([before.verified, 1]);
  });
});

describe('a declaration that does not count is refused with its reason', () => {
  /** What leeds declares, by a key of a file that its file names beside that of KMS. */
  const ARCHIVE = fileKey();
  const office = {
    post: 'records-manager',
    role: 'Records manager',
    sshKey: ARCHIVE.sshKey,
    from: '2026-01-01',
    until: '2027-01-31',
  };
  const world = () => ending(set('organisations/leeds.yaml', { 'approvers.1': office }));
  type Statement = { subject: [{ name: string }]; predicate: Record<string, unknown> };
  const by =
    (key: typeof DWP, more = {}) =>
    (signed: Statement) =>
      envelopeOf(signed, { key, ...more });
  const predicate = (settings: Record<string, unknown>) => (signed: Statement) =>
    by(ARCHIVE)({ ...signed, predicate: { ...signed.predicate, ...settings } });
  const MUTANTS: Readonly<Record<string, (signed: Statement) => ReturnType<typeof envelopeOf>>> = {
    'another-payload-type': by(ARCHIVE, { type: 'application/json' }),
    'another-agreement': (signed) =>
      by(ARCHIVE)({ ...signed, subject: [{ ...signed.subject[0], name: 'school-meals' }] }),
    'another-organisation': predicate({ organisation: 'dwp' }),
    'a-key-out-of-its-days': predicate({ on: '2027-02-01' }),
    'a-day-before-the-end': predicate({ on: ENDS }),
    'another-key': by(fileKey()),
    'another-day-after-signing': (signed) => ({
      ...predicate({ on: '2027-01-16' })(signed),
      signatures: by(ARCHIVE)(signed).signatures,
    }),
    'no-agreements': predicate({ agreements: [] }),
    'two-signatures': (signed) => {
      const envelope = by(ARCHIVE)(signed);
      return { ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] };
    },
    'a-decision': predicate({ decision: 'approves' }),
  };

  it.each(Object.entries(MUTANTS))('%s', async (name, make) => {
    const files = await world();
    const done = await declared(files, { signer: ARCHIVE.signer });
    const there = new Set(files.map(({ path }) => path));
    const file = done.find(({ path }) => !there.has(path));
    const { payload } = JSON.parse(Buffer.from(file?.bytes ?? []).toString());
    const changed = make(JSON.parse(Buffer.from(payload, 'base64').toString()));
    const loaded = loadRegister(
      edited(done, write(file?.path ?? '', JSON.stringify(changed, null, 2))),
      AFTER,
    );
    const report = loaded.ok ? 'nothing' : textReport({ ...loaded, folder: 'register' }, false);
    golden(
      `${name}.txt`,
      report
        .replace(/[A-Za-z0-9+/]{60,}=*…?|\b[0-9a-f]{12}(?=\.json)/g, '…')
        .replace(/"[^"\n]*…[^"\n]*"?/g, '"…"')
        .replace(/\^+/g, '^')
        .replace(/SHA256:[\w+/]+/g, 'SHA256:…'),
    );
  });
});

type Party = 'dwp' | 'leeds' | 'new-leeds' | 'york';

/** The files with an agreement approved by its two parties, on the day of the others. */
const both = (files: readonly RegisterFile[], agreement: string, recipient: Party = 'leeds') =>
  approvedBy(files, agreement, ['dwp', recipient]);

async function approvedBy(files: readonly RegisterFile[], agreement: string, parties: readonly Party[]) {
  const signers = { dwp: DWP.signer, leeds: LEEDS.signer, 'new-leeds': HEIR.signer, york: YORK.signer };
  let all = files;
  for (const organisation of parties) {
    const decision = { kind: 'approves', until: undefined } as const;
    const wanted = { agreement, organisation, decision };
    const { files: changed } = await approving(all, wanted, signers[organisation], SIGNED_ON);
    all = changedFiles(all, changed);
  }
  return all;
}
