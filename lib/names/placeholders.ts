/** What stands for an account in a name where the account is not known yet, or where any will do. */
import type { AccountId } from './named';

/** In a pattern: any account. */
export const ANY_ACCOUNT = '*';
/** In a template that many accounts get: the account that gets it. CloudFormation puts it in. */
export const THIS_ACCOUNT = `\${AWS::AccountId}`;

/** An account, or what stands for one. */
export type Account = AccountId | typeof ANY_ACCOUNT | typeof THIS_ACCOUNT;
