/** That whatever an agreement or organisation names is there, and may do what it is named for. */
import { directionsOf } from '../../../lib/register/parties';
import { copy, faultsAfter, pointedAt, registerAfter, remove, set, write } from '../samples';

const DWP = 'organisations/dwp.yaml';
const LEEDS = 'organisations/leeds.yaml';
const AGREEMENT = 'agreements/benefit-awards.yaml';

describe('ids lead somewhere', () => {
  test.each([
    ['owner', 'bradford', 'owner: bradford'],
    ['contract', 'no-such-contract', 'contract: no-such-contract'],
    ['supersedes', 'earlier', 'supersedes: earlier'],
    ['novatedFrom', 'earlier', 'novatedFrom: earlier'],
  ])('the %s of an agreement has a file', (key, id, line) => {
    expect(pointedAt(set(AGREEMENT, { [key]: id }))).toEqual([`unresolved-id at ${AGREEMENT}, ${line}`]);
  });

  test('each recipient and each successor has a file', () => {
    expect(pointedAt(set(AGREEMENT, { recipients: ['leeds', 'bradford'] }))).toEqual([
      `unresolved-id at ${AGREEMENT}, - bradford`,
    ]);
    expect(pointedAt(set(LEEDS, { leaves: '2031-03-31', successors: ['bradford'] }))).toEqual([
      `unresolved-id at ${LEEDS}, - bradford`,
    ]);
  });

  test('an id that is nearly that of a file is taken for a slip, and the file is named', () => {
    const [fault] = faultsAfter(set(AGREEMENT, { recipients: ['leed'] }));
    expect(fault).toMatchObject({ suggestion: 'leeds' });
    const [stranger] = faultsAfter(set(AGREEMENT, { recipients: ['bradford'] }));
    expect(stranger).not.toHaveProperty('suggestion');
  });

  test('a file that has faults of its own is there all the same, so that one fault is told once', () => {
    expect(pointedAt(write(LEEDS, 'id: leeds\nnot yaml'))).toHaveLength(1);
    expect(pointedAt(set(LEEDS, { sector: 'council' }))).toEqual([
      `not-allowed at ${LEEDS}, sector: council`,
    ]);
  });

  test('an agreement needs no contract where it says why', () => {
    const { agreements, contracts } = registerAfter(
      set(AGREEMENT, { contract: undefined, withoutContract: 'A test.' }),
      remove('contracts/benefit-awards.yaml'),
    );
    expect([agreements.length, contracts.length]).toEqual([1, 0]);
  });
});

describe('parties may do what the agreement asks of them', () => {
  test('an external organisation may receive', () => {
    const [agreement] = registerAfter(set(AGREEMENT, { recipients: ['routing'] })).agreements;
    expect(agreement && directionsOf(agreement)[0]?.recipients).toEqual(['routing']);
  });

  test('an external organisation may not own', () => {
    expect(pointedAt(set(AGREEMENT, { owner: 'routing' }))).toEqual([
      `not-a-member at ${AGREEMENT}, owner: routing`,
    ]);
  });

  test('somebody at the owner may deposit', () => {
    expect(pointedAt(set(DWP, { mayDeposit: [] }))).toEqual([`nobody-may at ${AGREEMENT}, owner: dwp`]);
  });

  test('somebody at each recipient may collect', () => {
    expect(pointedAt(set(LEEDS, { mayCollect: [] }))).toEqual([`nobody-may at ${AGREEMENT}, - leeds`]);
  });

  test('an organisation without agreements may have nobody who deposits or collects', () => {
    const administrators = ['arn:aws:iam::100000000029:role/security/key-administrator'];
    const bradford = copy(LEEDS, 'bradford', {
      account: '100000000029',
      identifiers: [],
      custody: { kind: 'account', administrators },
      mayCollect: [],
    });
    expect(registerAfter(bradford).organisations).toHaveLength(4);
  });

  test('nobody shares with themselves', () => {
    expect(pointedAt(set(AGREEMENT, { recipients: ['leeds', 'dwp'] }))).toEqual([
      `duplicate-value at ${AGREEMENT}, - dwp`,
    ]);
  });

  test('nobody is a recipient twice', () => {
    expect(pointedAt(set(AGREEMENT, { recipients: ['leeds', 'routing', 'leeds'] }))).toEqual([
      `duplicate-value at ${AGREEMENT}, - leeds`,
    ]);
  });
});
