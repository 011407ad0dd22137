/** That nobody leaves, succeeds or hands over before all is settled, and that what is to be settled is told at once. */
import { dateOf } from '../../../lib/register/calendar';
import { ChangeRefused, ChangeUnsound } from '../../../lib/register/changes/change';
import { type Decision, decisionsIn, novationTo } from '../../../lib/register/changes/decision';
import { departed } from '../../../lib/register/changes/depart';
import type { Departure } from '../../../lib/register/changes/departure';
import { paused } from '../../../lib/register/changes/pause';
import { renamed } from '../../../lib/register/changes/rename';
import { textOf } from '../../../lib/register/changes/yaml-edit';
import type { RegisterFile } from '../../../lib/register/folder';
import { edited, SAMPLE, set } from '../samples';
import { agreement, BEFORE, CHANGES, LAST_DAY, reorganised, SURREY_DEPARTURE } from './councils';

const AS_OF = dateOf('2026-12-01');
const SIMPLE = { lastDay: LAST_DAY, decisions: [], emptyHanded: [] };
const NORTH: Departure = { ...SIMPLE, heirs: new Map([['north', ['takes']]]) };
const toTakes = (id: string, into: object): Decision =>
  ({ agreement: id, decision: 'novate', into: [into] }) as unknown as Decision;
const ends = (id: string) => ({ agreement: id, decision: 'end' }) as Decision;

function refusal(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ChangeRefused) return error.settle;
    throw error;
  }
  throw new Error('it was not refused');
}
const unsettled = (departure: Departure, files: readonly RegisterFile[] = BEFORE) =>
  refusal(() => departed(files, departure, AS_OF));

describe('what is to be settled first', () => {
  test('leaving with agreements that go on lists each of them, with what to say', () => {
    expect(unsettled({ ...SIMPLE, heirs: new Map([['vale', []]]) })).toEqual(
      [
        'bins-north',
        'bins-south',
        'care-whole',
        'carers',
        'of-the-renamed',
        'parish-of-x',
        'returns-waverley',
        'the-rest',
      ].map((id) => expect.stringMatching(new RegExp(`^${id}: .* until 31 March 2029\\. Say --end ${id}$`))),
    );
  });

  test('a successor to whom nothing passes', () => {
    expect(
      unsettled({ ...NORTH, heirs: new Map([['north', ['half-a']]]), decisions: [ends('bins-north')] }),
    ).toEqual([
      'half-a would have no agreement: novate one to it, or say that it begins with none: --no-agreement half-a',
    ]);
    const known = {
      ...NORTH,
      heirs: new Map([['north', ['half-a']]]),
      decisions: [ends('bins-north')],
      emptyHanded: ['half-a'],
    };
    expect(() => departed(BEFORE, known, AS_OF)).not.toThrow();
  });

  test('a successor who is not there, or comes or has gone too late or early', () => {
    expect(unsettled({ ...NORTH, heirs: new Map([['north', ['take']]]) })).toContainEqual(
      'there is no organisation take in the register: did you mean takes?',
    );
    expect(unsettled({ ...NORTH, heirs: new Map([['north', ['elsewhere']]]) })).toContainEqual(
      'there is no organisation elsewhere in the register: let it join first, npx concordat onboard --id elsewhere',
    );
    const late = edited(BEFORE, set('organisations/takes.yaml', { joins: '2027-04-02' }));
    expect(unsettled(NORTH, late)).toContainEqual(
      expect.stringContaining('takes joins on 2 April 2027: let it join by 1 April 2027'),
    );
    const gone = edited(BEFORE, set('organisations/takes.yaml', { leaves: '2027-03-01' }));
    expect(unsettled(NORTH, gone)).toContainEqual('takes has left by 1 April 2027');
    expect(unsettled({ ...NORTH, heirs: new Map([['takes', ['takes']]]) })).toContainEqual(
      'takes cannot succeed itself',
    );
  });

  test('a day that is past, and one on which it has left already', () => {
    expect(unsettled({ ...NORTH, lastDay: dateOf('2026-11-30') })[0]).toMatch(/^30 November 2026 is past/);
    const leaving = edited(BEFORE, set('organisations/north.yaml', { leaves: '2029-04-30' }));
    expect(unsettled(NORTH, leaving)).toContainEqual(
      expect.stringMatching(/^north leaves on 30 April 2029 already/),
    );
    expect(unsettled({ ...NORTH, windsUp: dateOf('2027-03-30') })).toContainEqual(
      'the winding up would be over on 30 March 2027, before the last day, 31 March 2027',
    );
  });

  test('a decision on what needs none, a party that is no successor, and an id that is taken', () => {
    const decisions = [
      toTakes('bins-north', { id: 'the-rest', owner: 'takes', recipients: ['leeds'] }),
      ends('bins-sout'),
      ends('the-rest'),
    ];
    expect(unsettled({ ...NORTH, decisions })).toEqual([
      'there is no agreement bins-sout: did you mean bins-north?',
      expect.stringMatching(/^the-rest needs no decision/),
      'the-rest is an agreement already: give the one that follows bins-north an id of its own',
      'the-rest names leeds in a place that it does not succeed to: only takes may take the place of north',
    ]);
    expect(unsettled({ ...NORTH, decisions: [toTakes('bins-north', { id: 'bins' })] })).toEqual([
      'bins still names north, which leaves: name who takes its place, or leave it out',
      expect.stringMatching(/^takes would have no agreement/),
    ]);
  });

  test('an agreement that would begin after its party has left', () => {
    const files = edited(BEFORE, set('agreements/bins-north.yaml', { starts: '2027-06-01' }));
    expect(unsettled({ ...NORTH, decisions: [ends('bins-north')] }, files)).toContainEqual(
      expect.stringMatching(/^bins-north has not begun by 31 March 2027/),
    );
  });

  test('an agreement is kept only by an organisation that stays', () => {
    const keeps = [{ agreement: 'bins-north', decision: 'keep' } as Decision];
    expect(unsettled({ ...NORTH, decisions: keeps })[0]).toMatch(
      /^bins-north cannot be kept, since north leaves/,
    );
    const part = { ...NORTH, handsOver: 'A parish', decisions: keeps, emptyHanded: ['takes'] };
    expect(() => departed(BEFORE, part, AS_OF)).not.toThrow();
  });

  test('every one of the twelve’s agreements, where nothing is decided', () => {
    const { decisions } = SURREY_DEPARTURE;
    const left = unsettled({ ...SURREY_DEPARTURE, decisions: [] });
    expect(left.map((each) => each.split(':')[0]).sort()).toEqual(
      decisions.map((each) => each.agreement as string).sort(),
    );
  });
});

describe('what is written', () => {
  const after = new Map(reorganised().map((file) => [file.path, textOf(file)]));

  test('a new agreement has the term, purpose and data of the one before, other parties, and says where it came from', () => {
    const text = after.get('agreements/transport-west.yaml') ?? '';
    expect(text).toMatch(/^# Takes the place of transport-surrey on 1 April 2027\./);
    expect(text).toContain('owner: west-surrey\nrecipients:\n  - routing\n');
    expect(text).toContain('starts: 2027-04-01\nreview: 2027-06-30\nends: 2029-03-31\n');
    expect(text).toContain('breach: security@west-surrey.example');
    expect(text).toContain('novatedFrom: transport-surrey\n');
    expect(text).toContain('Housing Benefit');
  });

  test('who leaves names its successors, and what it shared is collected until it has wound up', () => {
    expect(after.get('organisations/surrey.yaml')).toContain(
      'leaves: 2027-03-31\nwindsUp: 2027-09-30\nsuccessors:\n  - east-surrey\n  - west-surrey\n',
    );
    expect(after.get('organisations/elmbridge.yaml')).toContain('successors:\n  - east-surrey\n');
    expect(after.get('agreements/carers.yaml')).toContain('ends: 2027-09-30');
    expect(after.get('agreements/tax-reductions.yaml')).toContain('ends: 2027-03-31');
  });

  test('who stays hands over, and a name changes with its codes but not the id', () => {
    expect(after.get('organisations/stays.yaml')).toContain(
      'handsOver:\n  - to: takes\n    on: 2027-04-01\n    what: The parish of X\n',
    );
    expect(after.get('organisations/renamed.yaml')).toMatch(/^id: renamed\nname: A New Name\n/);
    expect(after.get('organisations/renamed.yaml')).toContain(
      'identifiers:\n  - scheme: gss\n    value: E06000099\n    from: 2027-04-01\n',
    );
  });

  test('an organisation can leave all its recipients’ places to the others', () => {
    const files = edited(BEFORE, agreement('shared', 'vale', ['north', 'south']));
    const departure = {
      ...SIMPLE,
      heirs: new Map([['north', []]]),
      decisions: [ends('bins-north'), toTakes('shared', { id: 'shared-2', recipients: ['south'] })],
    };
    const { files: changed } = departed(files, departure, AS_OF);
    const text = textOf(changed.find(({ path }) => path === 'agreements/shared-2.yaml') as RegisterFile);
    expect(text).toContain('recipients:\n  - south\n');
    expect(text).toContain('supersedes: shared\n');
  });

  test('a code of somebody else ends nothing, and the loader says whose it is', () => {
    const code = [{ scheme: 'gss', value: 'E08000035' }];
    expect(() => renamed(BEFORE, { id: 'renamed', name: 'X Y', on: LAST_DAY, codes: code }, AS_OF)).toThrow(
      ChangeUnsound,
    );
    const [own] = renamed(
      SAMPLE,
      { id: 'leeds', name: 'Leeds', on: LAST_DAY, codes: [{ scheme: 'gss', value: 'E08000099' }] },
      AS_OF,
    ).files;
    expect(textOf(own as RegisterFile)).toContain(
      'value: E08000035\n    from: 2011-01-01\n    until: 2027-03-30\n  - scheme: gss\n',
    );
  });

  test('a register that is faulty is not changed', () => {
    const faulty = edited(BEFORE, set('organisations/vale.yaml', { account: '1' }));
    for (const change of CHANGES) expect(() => change(faulty)).toThrow(ChangeUnsound);
  });
});

describe('a novation that suggests itself', () => {
  const matter = (owner: string, recipients: string[], parties: string[], id = 'bins') =>
    ({ agreement: { id, owner, recipients }, parties }) as unknown as Parameters<typeof novationTo>[0];
  const both = {
    agreement: { id: 'bins', reciprocal: ['a', 'b'] },
    parties: ['a', 'b'],
  } as unknown as ReturnType<typeof matter>;
  const heirs = new Map([
    ['a', ['x', 'y']],
    ['b', ['x']],
  ]);
  test.each([
    ['the owner’s place', matter('a', ['c'], ['a']), 'x', { id: 'bins-x', owner: 'x' }],
    ['a recipient’s place', matter('c', ['a', 'd'], ['a']), 'y', { id: 'bins-y', recipients: ['y', 'd'] }],
    ['the place of two', matter('c', ['a', 'b'], ['a', 'b']), 'x', { id: 'bins-x', recipients: ['x'] }],
    [
      'both sides, where another successor is left',
      matter('b', ['a'], ['a', 'b']),
      'x',
      { id: 'bins-x', owner: 'x', recipients: ['y'] },
    ],
    ['no place, where it would be on both sides', matter('a', ['b'], ['a', 'b']), 'x', undefined],
    ['no place, where it succeeds to none', matter('b', ['c'], ['b']), 'y', undefined],
    [
      'a name that ends in the predecessor’s',
      matter('a', ['c'], ['a'], 'bins-a'),
      'x',
      { id: 'bins-x', owner: 'x' },
    ],
    [
      'its place beside the one that stays',
      { agreement: { id: 'bins-a', reciprocal: ['a', 'c'] }, parties: ['a'] } as unknown as typeof both,
      'x',
      { id: 'bins-x', reciprocal: ['c', 'x'] },
    ],
    ['no place, where it would share with itself', both, 'x', undefined],
  ])('takes %s', (_what, given, successor, expected) => {
    expect(novationTo(given, successor, heirs, true)).toEqual(expected);
  });
});

describe('a file of decisions', () => {
  const read = (text: string) => decisionsIn({ path: 'decisions.yaml', bytes: Buffer.from(text) });
  test('is read', () => {
    expect(
      read(
        'decisions:\n  - agreement: a\n    decision: end\n  - agreement: b\n    decision: novate\n    into:\n      - id: c\n        owner: x\n',
      ),
    ).toEqual([ends('a'), toTakes('b', { id: 'c', owner: 'x' })]);
  });
  test.each([
    ['a word that is none', 'decisions:\n  - agreement: a\n    decision: stop\n', 3],
    [
      'a decision on one twice',
      'decisions:\n  - agreement: a\n    decision: end\n  - agreement: a\n    decision: keep\n',
      4,
    ],
    ['an unknown setting', 'decisions:\n  - agreement: a\n    decision: end\n    into: []\n', 4],
    [
      'three parties that write to each other',
      'decisions:\n  - agreement: a\n    decision: novate\n    into:\n      - id: b\n        reciprocal: [x, y, z]\n',
      6,
    ],
    ['a novation into nothing', 'decisions:\n  - agreement: a\n    decision: novate\n    into: []\n', 4],
  ])('with %s is faulty at its line', (_what, text, line) => {
    try {
      read(text);
      throw new Error('it was taken');
    } catch (error) {
      expect((error as ChangeUnsound).diagnostics[0]?.place.line).toBe(line);
    }
  });
});

describe('a pause', () => {
  const pause = {
    id: 'leeds',
    from: dateOf('2027-01-05'),
    until: dateOf('2027-01-10'),
    reason: 'A new system: #2',
  };
  const leeds = (files: readonly RegisterFile[]) =>
    textOf(files.find(({ path }) => path === 'organisations/leeds.yaml') as RegisterFile);
  test('stands in the register with its days, and says which shares stop', () => {
    const { files, says } = paused(SAMPLE, pause, AS_OF);
    expect(leeds(files)).toContain(
      'paused:\n  from: 2027-01-05\n  until: 2027-01-10\n  reason: "A new system: #2"\n',
    );
    expect(says).toContainEqual('housing-benefit-awards: leeds reads nothing of dwp in this time.');
  });
  test('takes the place of one that is over, and of no other', () => {
    const earlier = (until: string) =>
      edited(
        SAMPLE,
        set('organisations/leeds.yaml', { paused: { from: '2026-01-01', until, reason: 'Old' } }),
      );
    expect(leeds(paused(earlier('2026-11-30'), pause, AS_OF).files)).not.toContain('Old');
    expect(refusal(() => paused(earlier('2026-12-01'), pause, AS_OF))).toEqual([
      expect.stringMatching(/has a pause from 1 January 2026/),
    ]);
    expect(refusal(() => paused(SAMPLE, { ...pause, from: dateOf('2026-11-30') }, AS_OF))).toEqual([
      expect.stringMatching(/is past/),
    ]);
  });
});
