/** That ids, accounts, codes, roles, keys and mailboxes each belong to one organisation. */
import { copy, type Edit, move, pointedAt, registerAfter, replace, set } from '../samples';

const ZONE = 'zone.yaml';
const DWP = 'organisations/dwp.yaml';
const LEEDS = 'organisations/leeds.yaml';
const AGREEMENT = 'agreements/benefit-awards.yaml';

/** Gives the recipient another id, wherever it stands. */
const called = (id: string): Edit[] => [
  move(LEEDS, `organisations/${id}.yaml`),
  set(`organisations/${id}.yaml`, { id }),
  set(AGREEMENT, { recipients: [id] }),
];

function accepts(...edits: Edit[]): void {
  expect(registerAfter(...edits).agreements).toHaveLength(1);
}

describe('an id is a handle that outlasts names and codes', () => {
  test.each(['e08000035', 's12000047', 'leeds-city-council'])('%s is none', (id) => {
    expect(pointedAt(...called(id))).toEqual([`id-is-code at organisations/${id}.yaml, id: ${id}`]);
  });

  test('the code that the organisation has is none, of whatever kind', () => {
    const ods = { scheme: 'ods', value: 'RR8', from: '2011-01-01' };
    expect(pointedAt(...called('rr8'), set('organisations/rr8.yaml', { identifiers: [ods] }))).toEqual([
      'id-is-code at organisations/rr8.yaml, id: rr8',
    ]);
  });

  test.each(['leeds', 'leeds-council', 'lcc'])('%s is one', (id) => accepts(...called(id)));

  test('the address on GOV.UK is one, as it is no code', () => {
    const govuk = { scheme: 'govuk', value: 'leeds', from: '2011-01-01' };
    accepts(set(LEEDS, { identifiers: [govuk] }));
  });

  test('a name of one word is one', () => accepts(set(LEEDS, { name: 'Leeds' })));
});

describe('accounts', () => {
  test('no two organisations have the same', () => {
    expect(pointedAt(copy(LEEDS, 'bradford', { identifiers: [] }))).toEqual([
      `duplicate-value at ${LEEDS}, account: "100000000022"`,
    ]);
  });

  test.each(['management', 'zone'])('no organisation has that of the operator (%s)', (which) => {
    expect(pointedAt(set(ZONE, { [`accounts.${which}`]: '012345678901' }))).toEqual([
      `duplicate-value at ${DWP}, account: "012345678901"`,
    ]);
  });

  test('management and the zone are apart', () => {
    expect(pointedAt(replace(ZONE, '"100000000002"', '"100000000001"'))).toEqual([
      `duplicate-value at ${ZONE}, zone: "100000000001"`,
    ]);
  });
});

describe('roles and keys', () => {
  const role = 'arn:aws:iam::100000000022:role/benefits/reader';
  const elsewhere = role.replace('100000000022', '012345678901');

  test.each(['mayCollect', 'mayDeposit'])('those under %s are in the account of the organisation', (list) => {
    expect(pointedAt(set(LEEDS, { mayDeposit: [], mayCollect: [role], [list]: [role, elsewhere] }))).toEqual([
      `wrong-account at ${LEEDS}, - ${elsewhere}`,
    ]);
    accepts(set(LEEDS, { [list]: [role] }));
  });

  test('administrators and the key are so too', () => {
    expect(pointedAt(set(LEEDS, { 'custody.administrators': [elsewhere] }))).toEqual([
      `wrong-account at ${LEEDS}, - ${elsewhere}`,
    ]);
    const key = 'arn:aws:kms:eu-west-2:012345678901:key/00000000-0000-4000-8000-000000000022';
    expect(pointedAt(set(LEEDS, { 'custody.keyArn': key }))).toEqual([
      `wrong-account at ${LEEDS}, keyArn: ${key}`,
    ]);
  });

  test('those of an external organisation are so too', () => {
    const routing = 'organisations/routing.yaml';
    expect(pointedAt(set(routing, { mayCollect: [elsewhere] }))).toEqual([
      `wrong-account at ${routing}, - ${elsewhere}`,
    ]);
  });

  test('where all of them are in one other account, it is the account that is pointed at', () => {
    expect(pointedAt(replace(LEEDS, '"100000000022"', '"100000000032"'))).toEqual([
      `wrong-account at ${LEEDS}, account: "100000000032"`,
    ]);
  });

  test.each(['mayCollect', 'mayDeposit'])('no administrator of the key is under %s', (list) => {
    const keys = 'arn:aws:iam::100000000022:role/security/key-administrator';
    expect(pointedAt(set(LEEDS, { mayDeposit: [], mayCollect: [role], [list]: [role, keys] }))).toEqual([
      `duties-apart at ${LEEDS}, - ${keys}`,
    ]);
  });

  test('the key is in the Region of the zone', () => {
    const key = 'arn:aws:kms:eu-west-1:100000000022:key/00000000-0000-4000-8000-000000000022';
    expect(pointedAt(set(LEEDS, { 'custody.keyArn': key }))).toEqual([
      `wrong-region at ${LEEDS}, keyArn: ${key}`,
    ]);
  });
});

describe('official codes', () => {
  const code = (from: string, until?: string) => ({
    scheme: 'gss',
    value: 'E08000035',
    from,
    ...(until && { until }),
  });
  const other = (...identifiers: object[]) =>
    copy('organisations/routing.yaml', 'heir', { account: '900000000062', mayCollect: [], identifiers });

  test('none means two organisations on one day', () => {
    expect(pointedAt(other(code('2020-01-01')))).toEqual([`duplicate-value at ${LEEDS}, value: E08000035`]);
  });

  test('one may pass from an organisation to another on the next day', () => {
    accepts(set(LEEDS, { identifiers: [code('2011-01-01', '2019-12-31')] }), other(code('2020-01-01')));
    expect(
      pointedAt(set(LEEDS, { identifiers: [code('2011-01-01', '2020-01-01')] }), other(code('2020-01-01'))),
    ).toHaveLength(1);
  });

  test('one organisation does not have the same code twice on one day', () => {
    expect(pointedAt(set(LEEDS, { identifiers: [code('2011-01-01'), code('2015-01-01')] }))).toEqual([
      `duplicate-value at ${LEEDS}, value: E08000035`,
    ]);
  });
});

describe('mailboxes are those of teams', () => {
  const security = (address: string) => set(LEEDS, { 'contacts.security': address });

  test.each(['jane.smith', 'john_smith', 'sarah.jones', 'pradeep-singh', 'anna.whitley2'])(
    '%s is a person’s',
    (name) => {
      const address = `${name}@leeds.example`;
      expect(pointedAt(security(address))).toEqual([`person-mailbox at ${LEEDS}, security: ${address}`]);
    },
  );

  test.each([
    ...[
      'security',
      'dpo',
      'cyber-security',
      'data.protection',
      'it-helpdesk',
      'foi.requests',
      'information_governance',
    ],
    ...['benefits.team', 'childrens-services', 'legal.services', 'caldicott.guardian', 'sar-requests'],
  ])('%s is a team’s', (name) => accepts(security(`${name}@leeds.example`)));

  test('those of the zone and of agreements are so too', () => {
    const address = 'jane.smith@example.gov.uk';
    expect(pointedAt(set(ZONE, { alertAddress: address }))).toEqual([
      `person-mailbox at ${ZONE}, alertAddress: ${address}`,
    ]);
    expect(pointedAt(set(AGREEMENT, { 'contacts.breach': address }))).toEqual([
      `person-mailbox at ${AGREEMENT}, breach: ${address}`,
    ]);
  });
});

test.each([
  ['home-office', 'Home Office'],
  ['hm-treasury', 'HM Treasury'],
])('a name of two words is a handle: %s', (id, name) => {
  expect(
    pointedAt(
      move('organisations/leeds.yaml', `organisations/${id}.yaml`),
      set(`organisations/${id}.yaml`, { id, name }),
      replace('agreements/benefit-awards.yaml', '  - leeds', `  - ${id}`),
    ),
  ).toEqual([]);
});
