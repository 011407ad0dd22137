/** That what a policy leaves open, or what cannot be understood of it, is said and never left out. */
import fc from 'fast-check';
import { type AssemblyStack, resolved } from '../../lib/assembly';
import { KMS_ACTIONS, powersOf } from '../../lib/custody/kms-actions';
import { type Permission, permissionsOf } from '../../lib/custody/permissions';
import { statementAttentionWords } from '../../lib/custody/words/attention-words';
import { conditionWords } from '../../lib/custody/words/condition-words';
import { pageDocument } from '../../lib/custody/words/page';
import { permissionWords } from '../../lib/custody/words/permission-words';
import { documentMarkdown, documentText, marked, markedText } from '../../lib/words';

const ACCOUNT = '123456789012';
const stack: AssemblyStack = {
  name: 'Stack',
  account: ACCOUNT,
  region: 'eu-west-2',
  file: 'Stack.template.json',
  bytes: 0,
  resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'reader', Path: '/team/' } },
    Key: { Type: 'AWS::KMS::Key' },
  },
};
const read = (statement: object): Permission => {
  const document = { Version: '2012-10-17', Statement: [statement] };
  const [first] = permissionsOf(document, { kind: 'key', stack, account: ACCOUNT });
  if (first === undefined) throw new Error('no statement was read');
  return first;
};
const attentionOf = (statement: object) =>
  read(statement).attention.map((each) => markedText(statementAttentionWords(each, new Map())));
const allow = (more: object) => ({
  Sid: 'Test',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: 'kms:Decrypt',
  Resource: '*',
  ...more,
});

it.each<[string, object, RegExp]>([
  ['everybody', { Principal: '*' }, /anybody, in any AWS account/],
  ['everybody in AWS', { Principal: { AWS: ['*'] } }, /anybody, in any AWS account/],
  ['everybody but one', { Principal: undefined, NotPrincipal: { AWS: ACCOUNT } }, /everybody but those/],
  ['another account', { Principal: { AWS: '210987654321' } }, /another account/],
  [
    'a principal by import',
    { Principal: { AWS: { 'Fn::ImportValue': 'X' } } },
    /not understood.*do not rely/,
  ],
  ['an ARN of no known kind', { Principal: { AWS: 'arn:aws:iam::123456789012:robot/x' } }, /not understood/],
  ['nobody', { Principal: {} }, /names nobody/],
  ['all actions but one', { Action: undefined, NotAction: 'kms:Encrypt' }, /NotAction/],
  ['actions by a pattern', { Action: 'kms:*' }, /by a pattern: kms:\*/],
  ['an action that KMS does not have', { Action: 'kms:Reveal' }, /kms:Reveal is not understood/],
  [
    'a condition key that is not known',
    { Condition: { StringEquals: { 'aws:MoonPhase': 'full' } } },
    /not understood \(StringEquals aws:MoonPhase full\)/,
  ],
  [
    'an operator that is not known',
    { Condition: { StringRhymes: { 'kms:ViaService': 's3' } } },
    /not understood \(StringRhymes/,
  ],
  [
    'a condition that holds where its key is absent',
    { Condition: { StringEqualsIfExists: { 'kms:ViaService': 's3' } } },
    /do not carry kms:ViaService at all/,
  ],
  [
    'all values of none',
    { Condition: { 'ForAllValues:StringEquals': { 'kms:GrantOperations': 'Decrypt' } } },
    /do not carry kms:GrantOperations at all/,
  ],
  [
    'callers by a pattern',
    { Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } } },
    /callers by a pattern/,
  ],
  [
    'a caller of another account',
    { Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::210987654321:role/x' } } },
    /so nobody is meant/,
  ],
  ['another resource', { Resource: 'arn:aws:s3:::x' }, /where a key’s policy has \*/],
  ['a part that is not known', { Unless: {} }, /Unless/],
  ['no effect', { Effect: 'Maybe' }, /neither allows nor denies/],
])('points out a statement for %s', (_what, more, expected) => {
  expect(attentionOf(allow(more)).join('\n')).toMatch(expected);
});

it('points out a deny that spares calls which lack what it asks about', () => {
  const deny = { Sid: 'Test', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
  expect(attentionOf({ ...deny, Condition: { StringNotEquals: { 'kms:ViaService': 's3' } } })).toEqual([]);
  expect(attentionOf({ ...deny, Condition: { StringEquals: { 'kms:ViaService': 's3' } } })).toEqual([
    'it denies only calls that carry kms:ViaService (StringEquals)',
  ]);
});

it('gives every action of KMS, and every pattern that matches one, a power', () => {
  for (const action of KMS_ACTIONS) expect(Object.keys(powersOf([action]))).toHaveLength(1);
  expect(powersOf(['KMS:decrypt'])).toEqual({ decrypt: ['Decrypt'] });
  expect(powersOf(['kms:Decryp?']).decrypt).toEqual(['Decrypt']);
  expect(
    Object.values(powersOf(['*']))
      .flat()
      .sort(),
  ).toEqual(KMS_ACTIONS.map((each) => each.slice(4)));
  expect(powersOf(['kms:Decrypt'], true).decrypt).not.toContain('Decrypt');
  expect(powersOf(['s3:GetObject'])).toEqual({});
});

it('knows every operation of the KMS client that speaks of a key', () => {
  const commands = Object.keys(jest.requireActual<object>('@aws-sdk/client-kms'))
    .filter((name) => name.endsWith('Command') && !name.startsWith('$'))
    .map((name) => name.replace(/Command$/, ''));
  // One operation takes two permissions, neither of its own name.
  const unknown = commands.filter((name) => name !== 'ReEncrypt' && !KMS_ACTIONS.includes(`kms:${name}`));
  expect(commands.length).toBeGreaterThan(50);
  expect(unknown).toEqual([]);
});

it('says in words every value of every condition, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
      fc.constantFrom('kms:ViaService', 'aws:Strange'),
      (value, key) => {
        const { conditions } = read(allow({ Condition: { StringEquals: { [key]: value } } }));
        const via = /^s3\.([a-z]{2}-[a-z]+-\d)\.amazonaws\.com$/.exec(value)?.[1];
        const words = conditions.map((each) => markedText(conditionWords(each, new Map())));
        expect(words.join()).toContain(via ?? value);
      },
    ),
  );
});

it('puts the ARNs of named resources in the place of references, and owns up to what it cannot tell', () => {
  const at = (value: unknown) => resolved(value, stack);
  expect(at({ 'Fn::GetAtt': ['Role', 'Arn'] })).toBe(`arn:aws:iam::${ACCOUNT}:role/team/reader`);
  expect(at({ 'Fn::GetAtt': 'Key.Arn' })).toBe(`\${Key.Arn}`);
  expect(at({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root` })).toBe(
    `arn:aws:iam::${ACCOUNT}:root`,
  );
  expect(at({ 'Fn::Join': [':', ['a', { Ref: 'AWS::Region' }]] })).toBe('a:eu-west-2');
  for (const strange of [{ Ref: 'Nothing' }, { 'Fn::If': ['x', 'y', 'z'] }, { 'Fn::Sub': `\${Nothing}` }])
    expect(at(strange)).toMatch(/not understood: /);
});

it('shows what would steer a terminal or a page by its code, and escapes what Markdown would take for its own', () => {
  const page = pageDocument({
    title: 'T',
    text: [marked('a \u001b[31m*b* <i> `c|d`')],
    sections: [],
  });
  expect(documentText(page)).toContain('a \\u{1b}[31m*b* <i> c|d');
  expect(documentMarkdown(page)).toContain('\\*b\\* \\<i\\> `c|d`');
});

it('reads as a sentence', () => {
  const statement = allow({
    Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/team/reader` } },
  });
  expect(markedText(permissionWords(read(statement), ['decrypt'], new Map()))).toBe(
    `The role \`team/reader\` of account ${ACCOUNT} may decrypt (\`Decrypt\`). [\`Test\`]`,
  );
});
