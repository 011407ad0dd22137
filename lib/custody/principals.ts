/** Whom a policy speaks of, in plain words. */
import { isUnresolved, UNRESOLVED } from '../assembly';

/** A person’s name for an account, from the stacks of the assembly; undefined for an account that has no stack here. */
export type AccountNames = ReadonlyMap<string, string>;

/** One principal of a statement. */
export interface Who {
  /** The principal as the policy writes it. */
  readonly principal: string;
  readonly words: string;
  /** The account that is meant, where one is. */
  readonly account?: string;
  /** Whether the whole account is meant, so that its own policies decide who in it. */
  readonly wholeAccount?: true;
  /** Why a reader should look twice, if so. */
  readonly attention?: string;
}

const ROOT = /^arn:aws:iam::(\d{12}):root$/;
const IDENTITY = /^arn:aws:(?:iam|sts)::(\d{12}):(role|user|assumed-role|group|federated-user)\/(.+)$/;

/** The principals of a statement. A statement of a resource policy that names nobody is not understood. */
export function principalsOf(
  statement: Readonly<Record<string, unknown>>,
  names: AccountNames,
): readonly Who[] {
  const { Principal, NotPrincipal } = statement;
  if (NotPrincipal !== undefined) {
    const text = JSON.stringify(NotPrincipal);
    return [
      {
        principal: `not ${text}`,
        words: `anybody, in any AWS account, but ${text}`,
        attention: 'it lets in everybody but those it names (NotPrincipal)',
      },
    ];
  }
  if (Principal === '*') return [anybody('*')];
  if (Principal === null || typeof Principal !== 'object' || Array.isArray(Principal))
    return [notUnderstood(Principal === undefined ? 'it names nobody' : JSON.stringify(Principal))];
  const found = Object.entries(Principal).flatMap(([kind, value]) =>
    listOf(value).map((each) => principal(kind, each, names)),
  );
  return found.length > 0 ? found : [notUnderstood('it names nobody')];
}

/** The role, user or account of an ARN, in words; patterns and other texts as they are. */
export function identityWords(arn: string, names: AccountNames): string {
  const root = ROOT.exec(arn);
  if (root) return accountWords(root[1] ?? '', names);
  const [, account = '', kind = '', name = ''] = IDENTITY.exec(arn) ?? [];
  if (/[*?]/.test(arn) || account === '') return `whoever matches \`${arn}\``;
  return `the ${kind.replace('-', ' ')} \`${name}\` of ${accountWords(account, names)}`;
}

/** `account 100000000011 (dwp)`. */
export function accountWords(account: string, names: AccountNames): string {
  const name = names.get(account);
  return name === undefined ? `account ${account}` : `account ${account} (${name})`;
}

/** The account of an ARN of IAM, if it has one. */
export function accountOf(arn: string): string | undefined {
  return (ROOT.exec(arn) ?? IDENTITY.exec(arn))?.[1];
}

function principal(kind: string, value: unknown, names: AccountNames): Who {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (isUnresolved(value) || typeof value !== 'string') return notUnderstood(text);
  if (kind === 'AWS') {
    if (text === '*') return anybody('AWS: *');
    const account = /^\d{12}$/.test(text) ? text : ROOT.exec(text)?.[1];
    if (account !== undefined)
      return {
        principal: text,
        account,
        wholeAccount: true,
        words: `anybody in ${accountWords(account, names)} whom that account’s own policies allow it`,
      };
    const named = IDENTITY.exec(text)?.[1];
    if (named !== undefined && !/[*?]/.test(text))
      return { principal: text, account: named, words: identityWords(text, names) };
    return notUnderstood(text);
  }
  if (kind === 'Service' && /^[a-z0-9.-]+\.amazonaws\.com$/.test(text))
    return { principal: text, words: `the AWS service \`${text}\`` };
  if (kind === 'Federated')
    return {
      principal: text,
      words: `whoever the identity provider \`${text}\` vouches for`,
      attention: 'people whom an outside identity provider vouches for are let in',
    };
  return notUnderstood(`${kind}: ${text}`);
}

function anybody(principal: string): Who {
  return {
    principal,
    words: 'anybody, in any AWS account',
    attention: 'it speaks of anybody, in any AWS account',
  };
}

function notUnderstood(text: string): Who {
  const plain = text.replaceAll(UNRESOLVED, '');
  return {
    principal: text,
    words: `a principal that is not understood: ${plain}`,
    attention: `whom it speaks of is not understood: ${plain}; do not rely on this`,
  };
}

/** A value that may stand alone or in a list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
