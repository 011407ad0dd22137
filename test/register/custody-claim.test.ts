/** That a key which is not what the register says of it is found out, in every respect that KMS tells of. */
import { custodyClaim, custodyFaults, type KeyFacts } from '../../lib/register/custody-claim';
import type { Custody } from '../../lib/register/schema/organisation';
import { type CustodyClaim, GRANT_LIST_FORM, GrantListError, parseGrantList } from '../../lib/wire';

const ARN = 'arn:aws:kms:eu-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const PLAIN: KeyFacts = {
  arn: ARN,
  account: '111111111111',
  origin: 'AWS_KMS',
  manager: 'CUSTOMER',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  multiRegion: false,
  clusterId: undefined,
  externalKeyId: undefined,
  materialExpires: undefined,
  awaitsMaterial: false,
};
const administrators = [] as unknown as Custody['administrators'];
const keyArn = ARN as never;
const KINDS: readonly (readonly [Custody, Partial<KeyFacts>])[] = [
  [{ kind: 'account', administrators }, {}],
  [
    { kind: 'imported', administrators, materialExpires: '2027-03-31' as never },
    // 31 March 2027 is in British Summer Time.
    { origin: 'EXTERNAL', materialExpires: Date.parse('2027-03-31T22:59:59Z') },
  ],
  [
    { kind: 'cloudhsm', administrators, keyArn, clusterId: 'cluster-1' },
    { origin: 'AWS_CLOUDHSM', clusterId: 'cluster-1' },
  ],
  [
    { kind: 'external', administrators, keyArn, externalKeyId: 'hsm-7' },
    { origin: 'EXTERNAL_KEY_STORE', externalKeyId: 'hsm-7' },
  ],
];

describe.each(KINDS)('custody %j', (custody, facts) => {
  const claim = custodyClaim(custody);
  const truth = { ...PLAIN, ...facts };

  it('is proven by the key that it describes', () => {
    expect(custodyFaults(claim, ARN, truth)).toEqual([]);
  });

  it.each(KINDS.filter(([other]) => other.kind !== custody.kind))(
    'is not proven by a key of %j',
    (_, other) => {
      expect(custodyFaults(claim, ARN, { ...PLAIN, ...other })).not.toEqual([]);
    },
  );

  it.each<Partial<KeyFacts>>([
    { arn: ARN.replace('1234abcd', '4321abcd') },
    { account: '222222222222' },
    { origin: undefined },
    { manager: 'AWS' },
    { spec: 'RSA_4096' },
    { usage: 'SIGN_VERIFY' },
    { multiRegion: true },
    { clusterId: 'cluster-2' },
    { externalKeyId: 'hsm-8' },
    { materialExpires: Date.parse('2027-03-31T23:00:00Z') },
  ])('is not proven where KMS says %j', (lie) => {
    expect(custodyFaults(claim, ARN, { ...truth, ...lie })).toHaveLength(1);
  });

  it('survives the way to the broker', () => {
    expect(asRead(claim)).toEqual(claim);
  });
});

it('says what was found and what the register says', () => {
  expect(custodyFaults({ origin: 'EXTERNAL', materialExpires: '2027-03-31' }, ARN, PLAIN)).toEqual([
    'the origin of the key material is AWS_KMS, the register says EXTERNAL',
    'the day on which the key material expires is not given, the register says 2027-03-31',
  ]);
});

it('takes a key that waits for its material as one that has no date yet', () => {
  const claim: CustodyClaim = { origin: 'EXTERNAL', materialExpires: '2027-03-31' };
  expect(custodyFaults(claim, ARN, { ...PLAIN, origin: 'EXTERNAL', awaitsMaterial: true })).toEqual([]);
});

it('says so where material is there that the register says is awaited, since what is deposited then is not scanned', () => {
  const claim = custodyClaim({
    kind: 'imported',
    administrators,
    materialExpires: '2027-03-31' as never,
    material: 'awaited',
  });
  expect(asRead(claim)).toEqual(claim);
  const key = { ...PLAIN, origin: 'EXTERNAL', materialExpires: Date.parse('2027-03-31T22:59:59Z') };
  expect(custodyFaults(claim, ARN, { ...key, materialExpires: undefined, awaitsMaterial: true })).toEqual([]);
  expect(custodyFaults(claim, ARN, key)).toEqual([
    'the key material is there, the register says that it is awaited',
  ]);
});

it.each<[unknown]>([
  [{ origin: 'EXTERNAL', materialExpires: '2027-03-31', material: 'imported' }],
  [undefined],
  [null],
  ['AWS_KMS'],
  [{}],
  [{ origin: 'SOMEWHERE' }],
  [{ origin: 'AWS_KMS', clusterId: 'cluster-1' }],
  [{ origin: 'AWS_CLOUDHSM' }],
  [{ origin: 'AWS_CLOUDHSM', clusterId: '' }],
  [{ origin: 'EXTERNAL', materialExpires: 20270331 }],
  [{ origin: 'EXTERNAL_KEY_STORE', externalKeyId: 'x'.repeat(129) }],
])('refuses %j as a claim', (value) => {
  let problems: readonly string[] = [];
  try {
    asRead(value);
  } catch (error) {
    if (error instanceof GrantListError) problems = error.problems;
  }
  expect(problems).toEqual([
    expect.stringMatching(/custody(?:\.\w+)? of the list of grants .*Deploy list and broker together$/),
  ]);
});

/** A claim as it comes out of the list in which it travels. */
function asRead(custody: unknown): CustodyClaim {
  const [, , , region, account] = ARN.split(':');
  const key = { account, region, bucketArn: 'arn:aws:s3:::ex-exchange-111111111111-eu-west-2-an' };
  const list = { form: GRANT_LIST_FORM, key, custody, accounts: [], shares: [] };
  return parseGrantList(JSON.stringify(list), ARN).custody;
}
