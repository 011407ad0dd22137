/** That bodies succeed one another in a line, and that agreements follow one another without a day of both. */
import { copy, type Edit, pointedAt, registerAfter, set } from '../samples';

const DWP = 'organisations/dwp.yaml';
const LEEDS = 'organisations/leeds.yaml';
const AGREEMENT = 'agreements/benefit-awards.yaml';
const LATER = 'agreements/later.yaml';

/** A further member, with nothing of its own but a name. */
const body = (id: string, account: string, settings: object = {}) =>
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

  test('follows a body that leaves', () => {
    const heir = body('heir', '100000000029');
    accepts(heir, set(LEEDS, leaves));
    expect(pointedAt(heir, set(LEEDS, { successors: ['heir'] }))).toEqual([
      `succession at ${LEEDS}, successors:`,
    ]);
  });

  test('is there on the day after at the latest', () => {
    accepts(body('heir', '100000000029', { joins: '2030-04-01' }), set(LEEDS, leaves));
    expect(pointedAt(body('heir', '100000000029', { joins: '2030-04-02' }), set(LEEDS, leaves))).toEqual([
      `succession at ${LEEDS}, - heir`,
    ]);
  });

  test('is not the body itself', () => {
    expect(pointedAt(set(LEEDS, { ...leaves, successors: ['leeds'] }))).toEqual([
      `succession at ${LEEDS}, - leeds`,
    ]);
  });

  test('may have successors in its turn, but the line leads back to nobody', () => {
    const one = (successors: string[]) => body('heir', '100000000029', { leaves: '2031-03-31', successors });
    const two = (settings: object) => body('heir-of-heir', '100000000030', settings);
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
  const heir = body('heir', '100000000029');

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
