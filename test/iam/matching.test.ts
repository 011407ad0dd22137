/** How texts, ARNs, addresses and instants compare, where AWS’s examples do not reach. */
import fc from 'fast-check';
import {
  accountOfArn,
  arnConditionOf,
  plainArnConditionOf,
  plainResourceOf,
  resourceMatchOf,
  UNFIT,
} from '../../lib/iam/arn';
import { callerOf } from '../../lib/iam/caller';
import { COMPARERS } from '../../lib/iam/comparison';
import { globOf, tokensOf } from '../../lib/iam/glob';
import { instantOf } from '../../lib/iam/instant';
import { ipRangeOf } from '../../lib/iam/ip-range';
import { MAYBE, NO, YES } from '../../lib/iam/truth';

const resource = (pattern: string, arn: string) => resourceMatchOf(tokensOf(pattern, true))(arn);
const condition = (pattern: string, arn: string) => arnConditionOf(tokensOf(pattern, true))(arn);

it('takes wildcards as a regular expression would', () => {
  const text = fc.array(fc.constantFrom('a', 'b', ':', '😀'), { maxLength: 6 }).map((each) => each.join(''));
  const pattern = fc
    .array(fc.constantFrom('a', 'b', ':', '*', '?'), { maxLength: 6 })
    .map((each) => each.join(''));
  fc.assert(
    fc.property(pattern, text, (wanted, actual) => {
      const expression = new RegExp(`^${wanted.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
      expect(globOf(tokensOf(wanted, true))(actual)).toBe(expression.test(actual));
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['*', '*', YES],
  ['arn:aws:s3:::b/*', '*', NO],
  ['arn:aws:s3:::b*', 'arn:aws:s3:::bucket', YES],
  ['arn:aws:sqs:eu-*-2:111111111111:q', 'arn:aws:sqs:eu-west-2:111111111111:q', YES],
  ['arn:aws:sqs:eu-*-2:111111111111:q', 'arn:aws:sqs:us-west-2:111111111111:q', NO],
  ['arn:aws:sqs:eu-west-?:111111111111:q', 'arn:aws:sqs:eu-west-2:111111111111:q', YES],
  ['arn:aws:sqs:e*2:111111111111:q', 'arn:aws:sqs:eu-west-2:111111111111:q', YES],
  // Only across a colon would these two match, and no wildcard within a part is documented to go there.
  ['arn:aws:sqs:e*1:111111111111:q', 'arn:aws:sqs:eu:1:111111111111:q', MAYBE],
  ['arn:aws:sqs:eu?1:111111111111:q', 'arn:aws:sqs:eu:1:111111111111:q', MAYBE],
  ['arn:aws:sqs:e*t-2:111111111111:*z', 'arn:aws:sqs:eu-west-2:111111111111:q', NO],
  ['arn:aws:s3', 'arn:aws:s3:::b', MAYBE],
  ['arn:aws:s3:*', 'arn:aws:s3:::b/k', YES],
  ['arn:aws:s3:*', 'arn:aws:sqs:eu-west-2:111111111111:q', NO],
  ['arn:aws:*:::b', 'arn:aws:s3:::b', MAYBE],
  ['arn:aws:*:::b', 'arn:aws:s3:::c', NO],
])('compares the resource %s with %s', (pattern, arn, expected) => {
  expect(resource(pattern, arn)).toBe(expected);
});

it.each([
  ['arn:aws:iam::111111111111:role/*', 'arn:aws:iam::111111111111:role/a:b', YES],
  ['arn:aws:iam::111111111111:role/?', 'arn:aws:iam::111111111111:role/ab', NO],
  ['arn:*:iam::*:role/a', 'arn:aws:iam::111111111111:role/a', YES],
  ['arn:aws:iam::*', 'arn:aws:iam::111111111111:role/a', UNFIT],
  ['arn:aws:sns:*:topic', 'arn:aws:sns:eu-west-2:111111111111:topic', UNFIT],
  ['arn:*', 'arn:aws:iam::111111111111:role/a', UNFIT],
  ['arn:aws:sns:*:*:topic', 'arn:aws:sns:eu-west-2:111111111111:topic', YES],
  ['arn:aws:sns:eu-*:topic:x', 'arn:aws:sns:eu-west-2:111111111111:topic:x', NO],
  ['*', 'arn:aws:iam::111111111111:role/a', MAYBE],
  ['arn:aws:iam::111111111111', 'arn:aws:iam::111111111111:role/a', UNFIT],
  ['arn:aws:iam::111111111111:role/*', 'role/a', UNFIT],
])('compares the condition %s with %s', (pattern, arn, expected) => {
  expect(condition(pattern, arn)).toBe(expected);
});

it.each([
  ['arn:aws:iam::111111111111:root', '111111111111'],
  ['arn:aws:s3:::b', undefined],
  ['arn:aws', undefined],
])('finds the account in %s', (arn, account) => {
  expect(accountOfArn(arn)).toBe(account);
});

it.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.0.0.1', '10.0.0.1', true],
  ['0.0.0.0/0', '255.1.2.3', true],
  ['0.0.0.0/0', '::1', false],
  ['10.0.0.0/8', 'nowhere', undefined],
  ['2001:db8::/32', '2001:db8:ffff::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['::ffff:10.0.0.1/128', '::ffff:a00:1', true],
  ['::/128', '::1', false],
])('finds whether %s holds %s', (range, address, expected) => {
  expect(ipRangeOf(range)?.(address)).toBe(expected);
});

it.each([
  '10.0.0.0/33',
  '10.0.0.0/x',
  '10.0.0.0/8/8',
  '10.0.0',
  '2001:db8::1',
  '2001:db8::/129',
  'fe80::1%eth0/64',
])('takes %s for no range', (text) => expect(ipRangeOf(text)).toBeUndefined());

it.each([
  ['2027', 1_798_761_600_000],
  ['2027-01', 1_798_761_600_000],
  ['2027-01-01', 1_798_761_600_000],
  ['2027-01-01T01:00+01:00', 1_798_761_600_000],
  ['2027-01-01T00:00:00.500Z', 1_798_761_600_500],
  ['1798761600', 1_798_761_600_000],
  ['2027-02-29', undefined],
  ['2028-02-29', 1_835_395_200_000],
  ['2027-13-01', undefined],
  ['2027-01-01T00:00:00', undefined],
  ['20270101T000000Z', undefined],
  ['1 January 2027', undefined],
])('reads %s as an instant', (text, expected) => {
  expect(instantOf(text)).toBe(expected);
});

it.each([
  ['NumericLessThan', '12', '9.5', YES],
  ['NumericLessThan', '12', 'nine', UNFIT],
  ['NumericLessThan', '12', '10.0.0.1', UNFIT],
  ['NumericLessThan', '12', '9 days', UNFIT],
  ['NumericLessThan', '12', 'eu-west-2', UNFIT],
  ['NumericLessThan', '12', '1e1', MAYBE],
  ['NumericLessThan', '12', '0x9', MAYBE],
  ['NumericLessThan', '1200', '1,000', MAYBE],
  ['DateLessThan', '2027-01-01', '2026-01-01', YES],
  ['DateLessThan', '2027-01-01', 'arn:aws:s3:::b1', UNFIT],
  ['DateLessThan', '2027-01-01', '7 bridges', UNFIT],
  ['DateLessThan', '2027-01-01', 'Sun, 29 Nov 2026 08:49:37 GMT', MAYBE],
  ['DateLessThan', '2027-01-01', '2026-02-30', MAYBE],
  ['Bool', 'true', 'yes', MAYBE],
])('%s with %s of %s', (operator, wanted, actual, expected) => {
  const comparison = COMPARERS[operator]?.(wanted, false);
  expect(typeof comparison === 'function' && comparison(actual, new Map())).toBe(expected);
});

it.each([
  ['user', 'arn:aws:iam::111111111111:role/a'],
  ['user', 'arn:aws:sts::111111111111:user/a'],
  ['user', 'arn:aws:iam:eu-west-2:111111111111:user/a'],
  ['user', 'arn:aws:iam::1:user/a'],
  ['user', 'arn:aws:iam::111111111111:user/'],
  ['role', 'arn:aws:iam::111111111111:user/a'],
  ['root', 'arn:aws:iam::111111111111:user/root'],
] as const)('knows that a %s is not %s', (type, arn) => {
  expect(() => callerOf({ type, arn, session: 's' } as Parameters<typeof callerOf>[0])).toThrow(TypeError);
});

it('compares a plain pattern as a text with what its parts, one by one, would come to', () => {
  const part = fc.constantFrom('a', 'b', '', 'ab', 'a\nb');
  const loose = fc.constantFrom('*', 'a*', '?', '*b', '$a', 'a:b');
  const parts = fc.array(fc.oneof({ weight: 19, arbitrary: part }, { weight: 1, arbitrary: loose }), {
    minLength: 4,
    maxLength: 6,
  });
  const end = fc.constantFrom('', 'a', '*', 'a*', 'a:*', 'a**', '?');
  const text = fc
    .tuple(fc.constantFrom('arn', 'arn', 'arn', 'a', '*'), parts, end)
    .map(([first, middle, last]) => [first, ...middle, last].join(':'));
  let plain = 0;
  fc.assert(
    fc.property(text, text, part, (pattern, other, more) => {
      const asResource = plainResourceOf(pattern);
      const asCondition = plainArnConditionOf(pattern);
      if (asResource === undefined || asCondition === undefined) return;
      plain++;
      for (const arn of [other, pattern, pattern.replace('*', more), `${pattern}${more}`, more]) {
        expect(asResource(arn)).toBe(resource(pattern, arn));
        expect(asCondition(arn)).toBe(condition(pattern, arn));
      }
    }),
    { numRuns: 1000 },
  );
  expect(plain).toBeGreaterThan(100);
});
