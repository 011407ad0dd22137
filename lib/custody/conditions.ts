/** The conditions of a policy, in plain words. What is not known is said to be not understood, and never left out. */

import { isUnresolved, UNRESOLVED } from '../assembly';
import { orList } from '../words';
import { type AccountNames, accountWords, identityWords, listOf } from './principals';

/** One operator on one key of a condition block. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly words: string;
  /** Whether it is met where the request does not carry the key at all. */
  readonly holdsWhereAbsent: boolean;
  readonly understood: boolean;
}

/** What each known key says, as the start of a sentence; `values` of some keys have words of their own. */
const SUBJECTS: Readonly<Record<string, string>> = {
  'aws:currenttime': 'the time',
  'aws:principalarn': 'the caller',
  'aws:principalaccount': 'the caller’s account',
  'aws:principalorgid': 'the caller’s AWS organisation',
  'aws:resourceorgid': 'the AWS organisation that owns what is read',
  'aws:securetransport': 'whether the call is made over TLS',
  'aws:sourceaccount': 'the account that the AWS service acts for',
  'aws:sourcearn': 'the resource that the AWS service acts for',
  'kms:calleraccount': 'the caller’s account',
  'kms:encryptioncontext:aws:s3:arn': 'the bucket that the data lies in',
  'kms:encryptioncontext:aws:logs:arn': 'the log group whose entries are meant',
  'kms:encryptioncontextkeys': 'each key of the encryption context',
  'kms:expirationmodel': 'what becomes of the imported material',
  'kms:grantconstrainttype': 'the way in which the grant is confined',
  'kms:granteeprincipal': 'the holder of the grant',
  'kms:grantoperations': 'each operation that is granted',
  'kms:grantisforawsresource': 'whether an AWS service asks for the grant',
  'kms:retiringprincipal': 'who may retire the grant',
  'kms:schedulekeydeletionpendingwindowindays': 'the days of notice',
  'kms:viaservice': 'the AWS service through which the call comes',
  'events:managedby': 'the service that manages the rule',
  's3:dataaccesspointarn': 'the access point',
  's3:prefix': 'what the names that are listed begin with',
  'lambda:sourcefunctionarn': 'the Lambda function that calls',
};

/** What each operator says between the subject and the values, and whether it is met where the key is absent. */
const VERBS: Readonly<Record<string, readonly [verb: string, holdsWhereAbsent: boolean]>> = {
  StringEquals: ['is', false],
  StringNotEquals: ['is not', true],
  StringEqualsIgnoreCase: ['is, in whatever case,', false],
  StringNotEqualsIgnoreCase: ['is not, in whatever case,', true],
  StringLike: ['is like', false],
  StringNotLike: ['is not like', true],
  ArnEquals: ['is', false],
  ArnNotEquals: ['is not', true],
  ArnLike: ['is like', false],
  ArnNotLike: ['is not like', true],
  NumericEquals: ['are', false],
  NumericNotEquals: ['are not', true],
  NumericLessThan: ['are fewer than', false],
  NumericLessThanEquals: ['are at most', false],
  NumericGreaterThan: ['are more than', false],
  NumericGreaterThanEquals: ['are at least', false],
  DateEquals: ['is at', false],
  DateLessThan: ['is before', false],
  DateLessThanEquals: ['is before or at', false],
  DateGreaterThan: ['is after', false],
  DateGreaterThanEquals: ['is at or after', false],
  Bool: ['is', false],
};

/** The conditions of a statement; none where it has no block. */
export function conditionsOf(block: unknown, names: AccountNames): readonly Condition[] {
  if (block === undefined) return [];
  if (block === null || typeof block !== 'object' || Array.isArray(block))
    return [unknown('Condition', '', [JSON.stringify(block)])];
  return Object.entries(block).flatMap(([operator, keys]) =>
    keys === null || typeof keys !== 'object' || Array.isArray(keys)
      ? [unknown(operator, '', [JSON.stringify(keys)])]
      : Object.entries(keys).map(([key, value]) => conditionOf(operator, key, value, names)),
  );
}

function conditionOf(operator: string, key: string, value: unknown, names: AccountNames): Condition {
  const values = listOf(value).map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
  const subject = SUBJECTS[key.toLowerCase()];
  if (operator === 'Null' && subject !== undefined) return absence(operator, key, values, subject);
  const [, quantifier = '', base = '', ifExists = ''] =
    /^(ForAllValues:|ForAnyValue:)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? [];
  const [verb, negated] = VERBS[base] ?? [];
  if (verb === undefined || subject === undefined || isUnresolved(values))
    return unknown(operator, key, values);
  const holdsWhereAbsent =
    quantifier === 'ForAllValues:' || (negated === true && quantifier === '') || ifExists !== '';
  const some = quantifier === 'ForAnyValue:' ? 'for at least one of the values, ' : '';
  const each = quantifier === 'ForAllValues:' ? ', if there is any,' : '';
  const unless = ifExists ? ', or is not given' : negated ? ', or is not given at all' : '';
  const list = values.map((one) => valueWords(key, one, names));
  return {
    operator,
    key,
    values,
    words: `${some}${subject}${each} ${verb} ${orList(list) || 'nothing at all'}${comparedAs(base, key)}${unless}`,
    holdsWhereAbsent,
    understood: true,
  };
}

/** Operators of another kind than the key’s values are said to be, since they compare otherwise. */
function comparedAs(operator: string, key: string): string {
  if (operator.startsWith('Arn') && !/(?:Arn|Principal)$/i.test(key)) return ' (compared as an ARN)';
  return operator === 'Bool' && !/SecureTransport$|ForAWSResource$/i.test(key)
    ? ' (compared as true or false)'
    : '';
}

function absence(operator: string, key: string, values: readonly string[], subject: string): Condition {
  const [value, ...more] = values;
  if ((value !== 'true' && value !== 'false') || more.length > 0) return unknown(operator, key, values);
  return {
    operator,
    key,
    values,
    words: value === 'false' ? `the call states ${subject}` : `the call does not state ${subject}`,
    holdsWhereAbsent: value === 'true',
    understood: true,
  };
}

function unknown(operator: string, key: string, values: readonly string[]): Condition {
  const text = `${operator} ${key} ${values.join(', ')}`.replaceAll(UNRESOLVED, '');
  return {
    operator,
    key,
    values,
    words: `a condition that is not understood (${text}); do not rely on it`,
    holdsWhereAbsent: false,
    understood: false,
  };
}

function valueWords(key: string, value: string, names: AccountNames): string {
  if (/^aws:PrincipalArn$|Principal$/i.test(key) && /^arn:[^*?]+$/.test(value))
    return identityWords(value, names);
  if (/Account$/i.test(key) && /^\d{12}$/.test(value)) return accountWords(value, names);
  const via = /^s3\.([a-z]{2}-[a-z]+-\d)\.amazonaws\.com$/.exec(value);
  if (/ViaService$/i.test(key) && via) return `Amazon S3 in ${via[1]}`;
  const bucket = /^arn:aws:s3:::([^/*?]+)$/.exec(value);
  if (/:aws:s3:arn$/i.test(key) && bucket) return `\`${bucket[1]}\``;
  return `\`${value}\``;
}
