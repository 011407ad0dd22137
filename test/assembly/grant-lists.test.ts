/** That a list of grants which was read for one key is taken for that key under another ARN, and for none elsewhere. */
import { grantListIn } from '../../lib/assembly';
import { type GrantList, GrantListError } from '../../lib/wire';

const list: GrantList = {
  form: 'concordat-grants/v1',
  key: {
    account: '111111111111',
    region: 'eu-west-2',
    bucketArn: 'arn:aws:s3:::ex-exchange-111111111111-eu-west-2-an',
  },
  custody: { origin: 'AWS_KMS' },
  accounts: [],
  shares: [],
};
const text = JSON.stringify(list);
const made = 'arn:aws:kms:eu-west-2:111111111111:key/to-be-DataKey';
const ofAnother = 'arn:aws:kms:eu-west-2:222222222222:key/to-be-DataKey';
const inAnotherRegion = 'arn:aws:kms:us-east-1:111111111111:key/to-be-DataKey';

const assembly = () => ({ file: () => text });

test('the same key under its logical id has the list that was read', () => {
  const source = assembly();
  const read = grantListIn(source, text, made);
  expect(read).toEqual(list);
  expect(grantListIn(source, text, 'arn:aws:kms:eu-west-2:111111111111:key/DataKey')).toBe(read);
});

test.each([ofAnother, inAnotherRegion, 'no ARN'])('%s does not, whatever was read before', (key) => {
  const source = assembly();
  grantListIn(source, text, made);
  for (const _ of [1, 2]) expect(() => grantListIn(source, text, key)).toThrow(GrantListError);
});

test('a list that was changed is read as it is', () => {
  const source = assembly();
  grantListIn(source, text, made);
  const other = JSON.stringify({ ...list, accounts: ['333333333333'] });
  expect(grantListIn(source, other, made).accounts).toEqual(['333333333333']);
});
