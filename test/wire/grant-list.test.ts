/** That a list of grants is read whole or refused with every reason, each naming the share and the fix. */
import fc from 'fast-check';
import {
  accessPointArnOf,
  type GrantList,
  GrantListError,
  inForceAt,
  isShareId,
  keyArnParts,
  type ListedShare,
  parseGrantList,
} from '../../lib/wire';

const KEY_ARN = 'arn:aws:kms:eu-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const key = {
  account: '111111111111',
  region: 'eu-west-2',
  bucketArn: 'arn:aws:s3:::ex-exchange-111111111111-eu-west-2-an',
};
const first: ListedShare = {
  share: '0123456789ab--north-council',
  agreement: 'housing-benefit',
  grantee: 'arn:aws:iam::222222222222:role/concordat/concordat-collect',
  from: '2027-03-31T23:00:00Z',
  until: '2028-03-31T23:00:00Z',
  accessPoint: 'arn:aws:s3:eu-west-2:111111111111:accesspoint/0123456789ab--north-council',
};
const list: GrantList = {
  form: 'concordat-grants/v1',
  key,
  custody: { origin: 'AWS_KMS' },
  accounts: ['222222222222'],
  shares: [first],
};

function problemsOf(value: unknown): readonly string[] {
  try {
    parseGrantList(typeof value === 'string' ? value : JSON.stringify(value), KEY_ARN);
  } catch (error) {
    if (error instanceof GrantListError) return error.problems;
    throw error;
  }
  return [];
}

const withShare = (change: Partial<Record<keyof ListedShare, unknown>>) => ({
  ...list,
  shares: [{ ...first, ...change }],
});

describe('a list of grants', () => {
  it('of a fault of JSON is told in one line, whatever line ends it quotes', () => {
    expect(() => parseGrantList('{\n  "form":\n}\n', KEY_ARN)).toThrow(
      /^the list of grants is not JSON: [^\n]+$/,
    );
  });

  it('is read as it was written', () => {
    expect(parseGrantList(JSON.stringify(list), KEY_ARN)).toEqual(list);
    expect(parseGrantList(JSON.stringify({ ...list, shares: [] }), KEY_ARN).shares).toEqual([]);
  });

  const about = 'share 0123456789ab--north-council';
  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'the list of grants is not JSON'],
    ['no object', [], 'the list of grants is [], it must be an object'],
    [
      'another form',
      { ...list, form: 'v2' },
      `form of the list of grants is "v2", it must be 'concordat-grants/v1'. Deploy list and broker together`,
    ],
    [
      'an unknown field',
      { ...list, more: 1 },
      'the list of grants has the unknown field more. Deploy list and broker together',
    ],
    [
      'another Region',
      { ...list, key: { ...key, region: 'eu-west-1' }, shares: [] },
      `key.region of the list of grants is 'eu-west-1', but the broker’s key ${KEY_ARN} is in 'eu-west-2'. Deploy the owner’s own list`,
    ],
    [
      'another account',
      { ...list, key: { ...key, account: '9'.repeat(12) }, shares: [] },
      `key.account of the list of grants is '999999999999', but the broker’s key`,
    ],
    [
      'no bucket',
      { ...list, key: { ...key, bucketArn: 'arn:aws:s3:::*' } },
      'key.bucketArn of the list of grants is "arn:aws:s3:::*", it must be the ARN of a bucket',
    ],
    [
      'no accounts',
      { ...list, accounts: undefined, shares: [] },
      'accounts of the list of grants is nothing, it must be a list',
    ],
    [
      'an account of 11 digits',
      { ...list, accounts: ['222222222222', '22222222222'] },
      'the declared account is "22222222222", it must be an account id of 12 digits. Correct it in the register',
    ],
    ['no shares', { ...list, shares: undefined }, 'it must be a list, empty where the owner shares nothing'],
    ['a share that is none', { ...list, shares: ['x'] }, 'share number 1 is "x", it must be an object'],
    [
      'a field missing',
      withShare({ agreement: undefined }),
      `agreement of ${about} is nothing, it must be text`,
    ],
    ['a field unknown', withShare({ ['extra' as 'share']: 'x' }), `${about} has the unknown field extra`],
    [
      'a share of another name',
      withShare({ share: 'x', accessPoint: accessPointArnOf(key, 'x') }),
      'the id of share x is "x", it must be <12 hex digits>--<recipient>',
    ],
    [
      'an undeclared account',
      withShare({ grantee: first.grantee.replace('2222', '3333') }),
      `${about} grants to account 333322222222, which the list does not declare. Add the organisation to the register`,
    ],
    [
      'an account that is none',
      withShare({ grantee: 'arn:aws:iam::2222:role/concordat/concordat-collect' }),
      `grantee of ${about} is "arn:aws:iam::2222:role/concordat/concordat-collect", it must be the role`,
    ],
    [
      'another role',
      withShare({ grantee: 'arn:aws:iam::222222222222:role/concordat/concordat-deposit' }),
      `it must be the role /concordat/concordat-collect of an account of 12 digits. Correct the recipient’s account in the register`,
    ],
    ['an account root', withShare({ grantee: 'arn:aws:iam::222222222222:root' }), 'it must be the role'],
    [
      'a date that does not exist',
      withShare({ from: '2027-02-29T00:00:00Z' }),
      `from of ${about} is "2027-02-29T00:00:00Z", it must be an instant that exists, such as 2027-04-01T00:00:00Z`,
    ],
    [
      'a time without zone',
      withShare({ until: '2028-02-28T00:00:00' }),
      `until of ${about} is "2028-02-28T00:00:00", it must be an instant`,
    ],
    [
      'an end at its beginning',
      withShare({ until: first.from }),
      `${about} ends at 2027-03-31T23:00:00Z, not after it begins at 2027-03-31T23:00:00Z. Correct the agreement’s dates`,
    ],
    [
      'another access point',
      withShare({ accessPoint: `${first.accessPoint}x` }),
      `it must be ${first.accessPoint}`,
    ],
    [
      'a share twice',
      { ...list, shares: [first, first] },
      `${about} is listed twice. Keep one recipient of that id in housing-benefit`,
    ],
    [
      'too many shares',
      { ...list, shares: Array(50_001).fill(0) },
      'shares of the list of grants are 50001, a key holds at most 50000 grants. Move agreements to another owner',
    ],
    [
      'too many bytes',
      ' '.repeat(8_000_001),
      'the list of grants is 8000001 bytes, at most 8000000 are read',
    ],
  ])('is refused with %s', (_, value, problem) => {
    const problems = problemsOf(value);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('is refused where the broker’s own key is none', () => {
    expect(() => parseGrantList(JSON.stringify(list), 'alias/x')).toThrow('Set KEY_ARN to the key’s ARN');
  });

  it('is refused with all its problems at once', () => {
    expect(
      problemsOf({
        ...list,
        form: 'v2',
        shares: [
          { ...first, until: first.from },
          { ...first, share: 'y' },
        ],
      }),
    ).toHaveLength(4);
  });

  it('never fails but by its own error, whatever one part of it is', () => {
    const paths = [
      ['form'],
      ['key'],
      ['key', 'account'],
      ['key', 'region'],
      ['key', 'bucketArn'],
      ['accounts'],
      ['accounts', 0],
      ['shares'],
      ['shares', 0],
      ...Object.keys(first).map((field) => ['shares', 0, field]),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const text = JSON.stringify(replaced(list, path, value));
        const same = text === JSON.stringify(list);
        const harmless = path[2] === 'agreement' && typeof value === 'string' && value !== '';
        const empty = path.length === 1 && path[0] === 'shares' && Array.isArray(value) && value.length === 0;
        expect(problemsOf(text).length > 0).toBe(!same && !harmless && !empty);
      }),
      { numRuns: 500, examples: [[['key', 'account'], { toString: null }]] },
    );
  });
});

function replaced(value: unknown, [head, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (head === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[head] = replaced(copy[head], rest, by);
  return copy;
}

describe('what a list is made of', () => {
  it('holds a share in force from its first moment to just before its end', () => {
    const at = (text: string) => inForceAt(first, Date.parse(text));
    expect(at('2027-03-31T22:59:59Z')).toBe(false);
    expect(at(first.from)).toBe(true);
    expect(at('2028-03-31T22:59:59Z')).toBe(true);
    expect(at(first.until)).toBe(false);
  });

  it('knows a share’s id and a key’s ARN by their form', () => {
    expect(isShareId(first.share)).toBe(true);
    expect(isShareId(`0123456789ab--${'a'.repeat(24)}`)).toBe(true);
    for (const id of [
      `0123456789ab--${'a'.repeat(25)}`,
      '0123456789ab-x',
      '0123456789AB--x',
      '0123456789ab--x--y',
      '0123456789ab--x\n',
    ])
      expect(isShareId(id)).toBe(false);
    expect(keyArnParts(KEY_ARN)).toEqual({ region: 'eu-west-2', account: '111111111111' });
    expect(keyArnParts(KEY_ARN.replace('key/', 'alias/'))).toBeUndefined();
  });
});
