/** The names of what is the operator’s own, worked out from the register alone. */
import type { RegisterFacts } from '../../assembly';
import { is, type KeyTest } from './conditions';

/** The roles that have to do with the operator’s buckets, keys and tables. */
export const RECEIPTS = 'concordat/concordat-receipts';
export const AUDIT = 'concordat/concordat-transfer-audit';
export const SEALER = 'concordat/concordat-ledger-seal';
export const RELEASE = 'concordat/concordat-page-release';
export const NOTIFIER = 'concordat/concordat-notices';

/** The ARN of one of the operator’s buckets: of log files, of the ledger, or of the page. */
export function zoneBucket({ zone }: RegisterFacts, which: 'logs' | 'ledger' | 'mailbox'): string {
  return `arn:aws:s3:::${zone.namePrefix}-${which}-${zone.accounts.zone}-${zone.region}-an`;
}

/** The ARN of the trail, which the management account has. */
export function trailOf({ zone }: RegisterFacts): string {
  return `arn:aws:cloudtrail:${zone.region}:${zone.accounts.management}:trail/concordat-trail`;
}

/** The ARN of the distribution of the page, as an assembly stands for it: by the page’s host. */
export function distributionOf({ zone: { accounts, mailbox } }: RegisterFacts): string {
  const host = mailbox?.origin.slice('https://'.length) ?? 'none';
  return `arn:aws:cloudfront::${accounts.zone}:distribution/to-be-${host}`;
}

/** That a call comes from the code of the function that has a role. */
export function fromFunctionOf({ zone }: RegisterFacts, role: string): KeyTest {
  const name = role.slice(role.lastIndexOf('/') + 1);
  return is(
    'lambda:sourcefunctionarn',
    `arn:aws:lambda:${zone.region}:${zone.accounts.zone}:function:${name}`,
  );
}

/** As which CloudFormation deploys the stacks of an account, the operator’s if none is given. */
export function deployerOf({ zone }: RegisterFacts, account: string = zone.accounts.zone): string {
  return `cdk-concordat-cfn-exec-role-${account}-${zone.region}`;
}
