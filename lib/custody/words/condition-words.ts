/** The conditions of a policy in plain words. What is not known is said to be not understood. */
import { code, orList, type Sentence, say } from '../../words';
import { type Comparison, type Condition, isNegated, type KnownKey } from '../conditions';
import { type AccountNames, callerOf } from '../who';
import { madeOnce } from './made-once';
import { accountWords, told, whoWords } from './who-words';

/** What each known key says, as the start of a sentence. */
const SUBJECTS: Readonly<Record<KnownKey, string>> = {
  'aws:calledvia': 'an AWS service through which the call comes',
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
  'sts:externalid': 'an external id',
  'aws:requesttag/concordat-role': 'the app role that the provider says in the session tag concordat-role',
  'claim:aud': 'the program that the provider’s token is for',
  'claim:sub': 'the subject that the provider’s token names',
  'claim:amr': 'how the provider’s token says that somebody proved who he is',
};

/** What each operator says between the subject and the values. */
const VERBS: Readonly<Record<Exclude<Comparison, 'Null'>, string>> = {
  StringEquals: 'is',
  StringNotEquals: 'is not',
  StringEqualsIgnoreCase: 'is, in whatever case,',
  StringNotEqualsIgnoreCase: 'is not, in whatever case,',
  StringLike: 'is like',
  StringNotLike: 'is not like',
  ArnEquals: 'is',
  ArnNotEquals: 'is not',
  ArnLike: 'is like',
  ArnNotLike: 'is not like',
  NumericEquals: 'are',
  NumericNotEquals: 'are not',
  NumericLessThan: 'are fewer than',
  NumericLessThanEquals: 'are at most',
  NumericGreaterThan: 'are more than',
  NumericGreaterThanEquals: 'are at least',
  DateEquals: 'is at',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is before or at',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is at or after',
  Bool: 'is',
};

/** Keys whose values are ARNs of callers, accounts, or true and false. */
const CALLERS: ReadonlySet<KnownKey> = new Set([
  'aws:principalarn',
  'kms:granteeprincipal',
  'kms:retiringprincipal',
]);
const ARNS: ReadonlySet<KnownKey> = new Set([
  ...CALLERS,
  'aws:sourcearn',
  'kms:encryptioncontext:aws:s3:arn',
  'kms:encryptioncontext:aws:logs:arn',
  's3:dataaccesspointarn',
  'lambda:sourcefunctionarn',
]);
const ACCOUNTS: ReadonlySet<KnownKey> = new Set([
  'aws:principalaccount',
  'aws:sourceaccount',
  'kms:calleraccount',
]);
const TRUE_OR_FALSE: ReadonlySet<KnownKey> = new Set(['aws:securetransport', 'kms:grantisforawsresource']);

/** A condition, to stand after `only if` or `where`. */
export const conditionWords = madeOnce(wordsOfCondition);

function wordsOfCondition({ operator, key, values, meaning }: Condition, accounts: AccountNames): Sentence {
  if (meaning === undefined)
    return say`a condition that is not understood (${told(`${operator} ${key} ${values.join(', ')}`)}); do not rely on it`;
  const { compares, quantifier, ifExists } = meaning;
  const subject = SUBJECTS[meaning.key];
  if (compares === 'Null')
    return values[0] === 'false' ? say`the call states ${subject}` : say`the call does not state ${subject}`;
  const some = quantifier === 'any' ? 'for at least one of the values, ' : '';
  const each = quantifier === 'all' ? ', if there is any,' : '';
  const unless = ifExists ? ', or is not given' : isNegated(compares) ? ', or is not given at all' : '';
  const list = orList(values.map((one) => valueWords(meaning.key, one, accounts)));
  return say`${some}${subject}${each} ${VERBS[compares]} ${values.length === 0 ? 'nothing at all' : list}${comparedAs(compares, meaning.key)}${unless}`;
}

/** Operators of another kind than the key’s values are said to be, since they compare otherwise. */
function comparedAs(compares: Comparison, key: KnownKey): string {
  if (compares.startsWith('Arn') && !ARNS.has(key)) return ' (compared as an ARN)';
  return compares === 'Bool' && !TRUE_OR_FALSE.has(key) ? ' (compared as true or false)' : '';
}

function valueWords(key: KnownKey, value: string, accounts: AccountNames): Sentence {
  if (CALLERS.has(key) && /^arn:[^*?]+$/.test(value)) return whoWords(callerOf(value), accounts);
  if (ACCOUNTS.has(key) && /^\d{12}$/.test(value)) return accountWords(value, accounts);
  const via = /^s3\.([a-z]{2}-[a-z]+-\d)\.amazonaws\.com$/.exec(value);
  if (key === 'kms:viaservice' && via) return say`Amazon S3 in ${via[1]}`;
  const bucket = /^arn:aws:s3:::([^/*?]+)$/.exec(value)?.[1];
  return key === 'kms:encryptioncontext:aws:s3:arn' && bucket !== undefined ? code(bucket) : code(value);
}
