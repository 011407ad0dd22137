/** That checks read a statement as AWS does, and take what is not understood for the worse. */
import { asked, covers, deniesAll, hasExactly, reaches, statementsIn } from '../../lib/compliance/statements';

const TABLE = 'arn:aws:dynamodb:eu-west-2:123456789012:table/staging';

function one(statement: object, kind: 'key' | 'bucket' | 'identity' | 'trust' = 'identity') {
  const [only, ...more] = statementsIn({ Version: '2012-10-17', Statement: [statement] }, kind, 'policy', []);
  if (only === undefined || more.length > 0) throw new Error('there is not one statement');
  return only;
}
/** A statement with some elements in another’s place; `undefined` takes one out. */
const changed = (statement: object, more: object) =>
  Object.fromEntries(Object.entries({ ...statement, ...more }).filter(([, value]) => value !== undefined));

describe('an Allow', () => {
  const allow = (more: object) =>
    one(changed({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }, more));

  it.each([
    ['by its name in any case', { Action: 'KMS:decrypt' }, true],
    ['by a pattern', { Action: ['s3:GetObject', 'kms:De*t'] }, true],
    ['by all but another', { Action: undefined, NotAction: 's3:*' }, true],
    ['not by all but itself', { Action: undefined, NotAction: ['kms:*'] }, false],
    ['not by a pattern of another service', { Action: 'kmsx:*' }, false],
    ['by what is no action, and so is not understood', { Action: ['kms Decrypt'] }, true],
  ])('covers an action %s', (_how, more, expected) => {
    expect(covers(allow(more), 'kms:Decrypt')).toBe(expected);
  });

  it.each([
    ['by a pattern', { Resource: 'arn:aws:dynamodb:*:*:table/sta*' }, true],
    [
      'not by a pattern in another case, since names have case',
      { Resource: `${TABLE.replace('staging', 'STAGING')}` },
      false,
    ],
    ['by all but another', { Resource: undefined, NotResource: 'arn:aws:s3:::a' }, true],
    ['not by all but itself', { Resource: undefined, NotResource: TABLE }, false],
    ['by what stands for a name that AWS chooses', { Resource: `\${Staging.Arn}` }, true],
  ])('reaches a resource %s', (_how, more, expected) => {
    expect(reaches(allow(more), TABLE)).toBe(expected);
  });

  it('is one where the effect is neither, and is no Deny', () => {
    const { allows, denies } = one({ Effect: 'Perhaps', Action: '*', Resource: '*' });
    expect([allows, denies]).toEqual([true, false]);
  });

  it('names everybody where it names whom it leaves out', () => {
    const { principals } = one(
      { Effect: 'Allow', NotPrincipal: { AWS: '123456789012' }, Action: 'kms:*', Resource: '*' },
      'key',
    );
    expect(principals.anybody).toBe(true);
  });

  it('names an account in one way, and providers and what is not understood apart', () => {
    const { principals } = one(
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: {
          AWS: ['123456789012', 'arn:aws:iam::123456789012:root', 'arn:aws:iam::*:root'],
          Service: 'lambda.amazonaws.com',
          Federated: 'arn:aws:iam::123456789012:saml-provider/idp',
        },
      },
      'trust',
    );
    expect(principals).toEqual({
      anybody: false,
      aws: ['arn:aws:iam::123456789012:root'],
      services: ['lambda.amazonaws.com'],
      others: ['arn:aws:iam::123456789012:saml-provider/idp', expect.stringContaining('is not modelled')],
    });
  });

  it('is held by a condition whatever the case of its key, and by none that is not understood', () => {
    const held = allow({
      Condition: { StringEquals: { 'KMS:viaservice': 's3' }, StringLikely: { 'aws:a': 'b' } },
    });
    expect([asked(held, 'kms:ViaService'), asked(held, 'aws:a', ['StringLikely'])]).toEqual([['s3'], []]);
  });
});

describe('a Deny', () => {
  it.each([
    ['as it should be', {}, true],
    ['with a condition key in another case', { Condition: { Bool: { 'AWS:securetransport': false } } }, true],
    ['of all but another action', { Action: undefined, NotAction: 'iam:*' }, true],
    ['of all but this action', { Action: undefined, NotAction: 's3:Get*' }, false],
    ['of all but this resource', { Resource: undefined, NotResource: 'arn:aws:s3:::a/*' }, false],
    ['of some', { Principal: { AWS: '123456789012' } }, false],
    ['of all but some', { Principal: undefined, NotPrincipal: { AWS: '123456789012' } }, false],
    [
      'under one more condition',
      { Condition: { Bool: { 'aws:SecureTransport': 'false', 'aws:ViaAWSService': 'true' } } },
      false,
    ],
    ['with an element that is not known', { Effects: 'Deny' }, false],
    ['of what is no action', { Action: ['everything'] }, false],
  ])('counts only where it is sure: %s', (_how, more, expected) => {
    const sound = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::a/*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const tls = { operator: 'Bool', key: 'aws:SecureTransport', value: 'false' };
    const statement = one(changed(sound, more), 'bucket');
    expect(deniesAll(statement, ['s3:GetObject'], ['arn:aws:s3:::a/any'], tls)).toBe(expected);
  });

  it('has exactly the conditions that are wanted, or not', () => {
    const statement = one({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:a': ['b', 'c'] } },
    });
    const having = (...values: string[]) => hasExactly(statement, [['StringNotEquals', 'aws:A', values]]);
    expect([having('c', 'b'), having('b', 'b'), having('b'), having('b', 'c', 'd')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
