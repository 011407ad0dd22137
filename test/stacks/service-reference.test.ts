/**
 * That every action, condition key and kind of resource in every policy of an assembly is one that AWS has, and that they fit
 * together: of stacks, of guardrails, of the templates in StackSets, and of what organisations are asked to set on keys. What
 * does not fit never allows and never denies, and nobody would notice.
 */
import { type FoundDocument, type Misfit, misfitsIn } from '../policy/reference/misfits';
import { documentsOf, isKnown, KNOWN_MISFITS } from './assembly-documents';
import { synthesised } from './sample-assembly';

let documents: FoundDocument[];
let misfits: Misfit[];
beforeAll(async () => {
  documents = documentsOf(synthesised());
  misfits = await misfitsIn(documents);
});

it('finds the policies of stacks, of guardrails, in StackSets, and those that are handed over', () => {
  const places = documents.map(({ where }) => where.replace(/[/.].*$/, '').replace(/-.*$/, ''));
  expect([...new Set(places)].sort()).toEqual(['Guardrails', 'Organisation', 'StackSet', 'Zone', 'key']);
  expect(documents.length).toBeGreaterThan(200);
});

it('has no action, key or kind of resource in any of them that AWS would not act on', () => {
  expect(misfits.filter((each) => !isKnown(each))).toEqual([]);
});

it('keeps no exception that nothing needs', () => {
  const needed = new Set(misfits.map(({ about, sid, action }) => `${about} ${sid} ${action}`));
  const idle = KNOWN_MISFITS.filter(
    ({ about, sids, actions }) =>
      !sids.every((sid) => actions.some((action) => needed.has(`${about} ${sid} ${action}`))) ||
      !actions.every((action) => sids.some((sid) => needed.has(`${about} ${sid} ${action}`))),
  );
  expect(idle).toEqual([]);
});

it.each<[what: Misfit['what'], statement: object]>([
  ['unknown action', { Action: 's3:ReadObject', Resource: '*' }],
  ['unknown action', { Action: 's4:Get*', Resource: '*' }],
  ['key', { Action: 's3:Get*', Resource: '*', Condition: { StringEquals: { 's3:prefix': 'a/' } } }],
  [
    'key',
    { Action: 'kms:DescribeKey', Resource: '*', Condition: { Null: { 'kms:EncryptionContext:a': 'true' } } },
  ],
  ['key', { Action: 'sqs:SendMessage', Resource: '*', Condition: { Null: { 'aws:RequestTag/a': 'true' } } }],
  ['key', { Action: 's3:GetObject', Resource: '*', Condition: { Bool: { 'aws:NoSuchKey': 'true' } } }],
  ['action without its resource', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::a-bucket' }],
  [
    'action without its resource',
    { Action: 'kms:CreateKey', Resource: 'arn:aws:kms:eu-west-2:111122223333:key/*' },
  ],
  ['action without its resource', { Action: 'iam:GetRole', Resource: 'arn:aws:iam::111122223333:policy/a' }],
  [
    'resource without its action',
    { Action: 's3:GetObject', Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'] },
  ],
])('finds: %s %j', async (what, statement) => {
  const found = await misfitsIn([{ where: 'here', statements: [{ Sid: 'ToBeFound', ...statement }] }]);
  expect(found.map((each) => each.what)).toContain(what);
});

it.each<object>([
  { Action: 's3:GetObject', Resource: 'arn:aws:s3:::a-*' },
  {
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:eu-west-2:111122223333:accesspoint/a--b/object/agreements/*',
  },
  {
    Action: 's3:PutObjectTagging',
    Resource: '*',
    Condition: { StringEquals: { 's3:RequestObjectTag/a': 'b' } },
  },
  { Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:*:111122223333:log-group:/aws/lambda/a:*' },
  { Action: 'iam:GetRole', Resource: 'arn:aws:iam::$' + '{aws:PrincipalAccount}:role/concordat/*' },
  { Action: 'kms:CreateKey', Resource: '*', Condition: { Null: { 'aws:RequestTag/a': 'false' } } },
])('takes: %j', async (statement) => {
  expect(await misfitsIn([{ where: 'here', statements: [{ Sid: 'ToBeTaken', ...statement }] }])).toEqual([]);
});
