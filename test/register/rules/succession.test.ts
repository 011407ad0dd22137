/** That organisations succeed one another in a line, and that agreements follow one another without a day of both. */
import { copy, type Edit, pointedAt, registerAfter, set } from '../samples';

const DWP = 'organisations/dwp.yaml';
const LEEDS = 'organisations/leeds.yaml';
const AGREEMENT = 'agreements/benefit-awards.yaml';
const LATER = 'agreements/later.yaml';

/** A further member, with nothing of its own but a name. */
const organisation = (id: string, account: string, settings: object = {}) =>
  copy(LEEDS, id, {
    account,
    identifiers: [],
    custody: { kind: 'account', administrators: [`arn:aws:iam::${account}:role/security/key-administrator`] },
    mayCollect: [`arn:aws:iam::${account}:role/benefits/reader`],
    ...settings,
  });

const later = (settings: object) =>
  copy(AGREEMENT, 'later', { starts: '2030-04-01', review: '2031-03-31', ends: '2033-03-31', ...settings });

function accepts(...edits: Edit[]): void {
  expect(() => registerAfter(...edits)).not.toThrow();
}

describe('a successor', () => {
  const leaves = { leaves: '2030-03-31', successors: ['heir'] };

  test('follows an organisation that leaves', () => {
    const heir = organisation('heir', '100000000029');
    accepts(heir, set(LEEDS, leaves));
    expect(pointedAt(heir, set(LEEDS, { successors: ['heir'] }))).toEqual([
      `succession at ${LEEDS}, successors:`,
    ]);
  });

  test('is there on the day after at the latest', () => {
    accepts(organisation('heir', '100000000029', { joins: '2030-04-01' }), set(LEEDS, leaves));
    expect(
      pointedAt(organisation('heir', '100000000029', { joins: '2030-04-02' }), set(LEEDS, leaves)),
    ).toEqual([`succession at ${LEEDS}, - heir`]);
  });

  test('is not the organisation itself', () => {
    expect(pointedAt(set(LEEDS, { ...leaves, successors: ['leeds'] }))).toEqual([
      `succession at ${LEEDS}, - leeds`,
    ]);
  });

  test('may have successors in its turn, but the line leads back to nobody', () => {
    const one = (successors: string[]) =>
      organisation('heir', '100000000029', { leaves: '2031-03-31', successors });
    const two = (settings: object) => organisation('heir-of-heir', '100000000030', settings);
    const line = set(LEEDS, leaves);
    accepts(two({}), one(['heir-of-heir']), line);
    const back = two({ leaves: '2032-03-31', successors: ['leeds'] });
    expect(pointedAt(back, one(['heir-of-heir']), line)).toEqual([
      'succession at organisations/heir-of-heir.yaml, - leeds',
      'succession at organisations/heir.yaml, - heir-of-heir',
      `succession at ${LEEDS}, - heir`,
    ]);
  });
});

describe.each(['supersedes', 'novatedFrom'])('an agreement that has another under %s', (key) => {
  const heirs = [
    set(DWP, { leaves: '2033-03-31', successors: ['leeds'] }),
    set(LEEDS, { joins: '2025-09-01' }),
  ];

  test('starts after it has ended', () => {
    accepts(...heirs, later({ [key]: 'benefit-awards' }));
    expect(pointedAt(...heirs, later({ [key]: 'benefit-awards', starts: '2030-03-31' }))).toEqual([
      `succession at ${LATER}, ${key}: benefit-awards`,
    ]);
  });

  test('is not that other one', () => {
    expect(pointedAt(set(AGREEMENT, { [key]: 'benefit-awards' }))).toEqual([
      `succession at ${AGREEMENT}, ${key}: benefit-awards`,
    ]);
  });
});

describe('a novation', () => {
  const leaves = set(LEEDS, { leaves: '2030-03-31', successors: ['heir'] });
  const heir = organisation('heir', '100000000029');

  test('passes an agreement to a successor of a party', () => {
    accepts(heir, leaves, later({ novatedFrom: 'benefit-awards', recipients: ['heir'] }));
  });

  test('passes nothing to a stranger', () => {
    const stranger = later({ novatedFrom: 'benefit-awards', recipients: ['routing'] });
    expect(pointedAt(heir, leaves, stranger)).toEqual([
      `succession at ${LATER}, novatedFrom: benefit-awards`,
    ]);
  });

  test('is no renewal between the same parties, which supersedes', () => {
    expect(pointedAt(later({ novatedFrom: 'benefit-awards' }))).toEqual([
      `succession at ${LATER}, novatedFrom: benefit-awards`,
    ]);
    accepts(later({ supersedes: 'benefit-awards' }));
  });
});

describe('winding up', () => {
  const gone = { leaves: '2029-03-31', windsUp: '2030-03-31' };

  test('lets what the owner had shared be collected longer, and what it received not', () => {
    accepts(set(DWP, gone));
    expect(pointedAt(set(DWP, { ...gone, windsUp: '2030-03-30' }))).toEqual([
      `outside-membership at ${AGREEMENT}, ends: 2030-03-31`,
    ]);
    expect(pointedAt(set(LEEDS, gone))).toEqual([`outside-membership at ${AGREEMENT}, ends: 2030-03-31`]);
  });

  test('comes after leaving, and never without it', () => {
    expect(pointedAt(set(DWP, { leaves: '2031-03-31', windsUp: '2031-03-30' }))).toEqual([
      `date-order at ${DWP}, windsUp: 2031-03-30`,
    ]);
    expect(pointedAt(set(DWP, { windsUp: '2031-03-31' }))).toEqual([
      `succession at ${DWP}, windsUp: 2031-03-31`,
    ]);
  });

  test('overlaps a novated agreement only once the owner deposits nothing more', () => {
    const heir = organisation('heir', '100000000029', {
      mayDeposit: ['arn:aws:iam::100000000029:role/data/publisher'],
    });
    const novated = later({
      owner: 'heir',
      novatedFrom: 'benefit-awards',
      starts: '2029-04-01',
      review: '2029-06-30',
    });
    accepts(heir, set(DWP, { ...gone, successors: ['heir'] }), novated);
    const stays = set(DWP, { handsOver: [{ to: 'heir', on: '2029-04-01', what: 'A part' }] });
    expect(pointedAt(heir, stays, novated)).toEqual([`succession at ${LATER}, novatedFrom: benefit-awards`]);
  });
});

describe('handing over', () => {
  const heir = organisation('heir', '100000000029', { joins: '2030-04-01' });
  const handsOver = (to: string, on: string) => set(LEEDS, { handsOver: [{ to, on, what: 'A parish' }] });
  const passed = later({ novatedFrom: 'benefit-awards', recipients: ['heir'] });

  test('lets an agreement pass from its day on to an organisation that stays beside it', () => {
    accepts(heir, handsOver('heir', '2030-04-01'), passed);
    expect(pointedAt(heir, handsOver('heir', '2030-04-02'), passed)).toEqual([
      `succession at ${LATER}, novatedFrom: benefit-awards`,
    ]);
  });

  test('is to somebody else, who is there by then', () => {
    const path = 'organisations/leeds.yaml';
    expect(pointedAt(handsOver('leeds', '2030-04-01'))).toEqual([`succession at ${path}, - to: leeds`]);
    expect(pointedAt(heir, handsOver('heir', '2030-03-31'))).toEqual([`succession at ${path}, - to: heir`]);
    expect(pointedAt(handsOver('nobody', '2030-04-01'))).toEqual([`unresolved-id at ${path}, - to: nobody`]);
  });
});
