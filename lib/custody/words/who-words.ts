/** Whom a policy speaks of, as people say it. */
import { UNRESOLVED } from '../../assembly';
import { code, type Sentence, say } from '../../words';
import type { AccountNames, Who } from '../who';
import { madeOnce } from './made-once';

/**
 * Whom a policy speaks of.
 * @param home an account that was told already, so that who is of it needs no account
 */
export function whoWords(who: Who, accounts: AccountNames, home?: string): Sentence {
  return who.kind === 'identity' && who.account === home
    ? say`the ${TYPES[who.type]} ${code(who.name)}`
    : wherever(who, accounts);
}

/** The same, with their account. */
const wherever = madeOnce((who: Who, accounts: AccountNames): Sentence => {
  switch (who.kind) {
    case 'anybody':
      return say`anybody, in any AWS account`;
    case 'allBut':
      return say`anybody, in any AWS account, but ${who.spared}`;
    case 'account':
      return say`anybody in ${accountWords(who.account, accounts)} whom that account’s own policies allow it`;
    case 'root':
      return accountWords(who.account, accounts);
    case 'identity':
      return say`the ${TYPES[who.type]} ${code(who.name)} of ${accountWords(who.account, accounts)}`;
    case 'pattern':
      return say`whoever matches ${code(who.arn)}`;
    case 'service':
      return say`the AWS service ${code(who.service)}`;
    case 'federated':
      if (who.subject !== undefined)
        return say`the subject ${code(who.subject)}, for whom the identity provider ${code(who.provider)} vouches`;
      return who.appRole === undefined
        ? say`whoever the identity provider ${code(who.provider)} vouches for`
        : say`whoever holds the app role ${code(who.appRole)}, as the identity provider ${code(who.provider)} says`;
    case 'namesNobody':
      return say`a principal that is not understood: it names nobody`;
    case 'notUnderstood':
      return who.found === undefined
        ? say`a principal that is not understood`
        : say`a principal that is not understood: ${told(who.found)}`;
    case 'unnamed':
      return say`the ${who.type} ${code(who.called)}`;
    case 'attached':
      return say`whoever the policy ${code(who.policy)} is attached to`;
    case 'holder':
      return say`it`;
  }
});

const TYPES: Readonly<Record<(Who & { kind: 'identity' })['type'], string>> = {
  role: 'role',
  user: 'user',
  session: 'assumed role',
};

/** `account 100000000011 (dwp)`. */
export function accountWords(account: string, accounts: AccountNames): Sentence {
  const name = accounts.get(account);
  return name === undefined ? say`account ${account}` : say`account ${account} (${name})`;
}

/** The handle of the organisation of an account, else the account. */
export function accountCalled(account: string, accounts: AccountNames): string {
  return accounts.get(account) ?? `account ${account}`;
}

/** What a template leaves open, without the mark that code knows it by. */
export function told(text: string): string {
  return text.replaceAll(UNRESOLVED, '');
}
