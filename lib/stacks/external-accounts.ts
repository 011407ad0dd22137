/** Which accounts outside the AWS organisation the operator’s policies and the guardrails name. */
import type { AccountId, External, Organisation, Register } from '../register';
import type { IsoDate } from '../register/calendar';

/**
 * The externals that have not left by a day: one that pauses stays named. The file of one that has left stays in the register, and
 * its account may be closed by then. To name it would leave the perimeter open to it, and S3 and KMS refuse to write a policy that
 * names an account which is not there, so nothing else in its stack could change any more.
 * @see https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error
 * @see https://repost.aws/knowledge-center/kms-policy-error-invalid-principals
 */
export function externalsStaying(
  { organisations }: Pick<Register, 'organisations'>,
  asOf: IsoDate,
): External[] {
  return organisations.filter(
    (each): each is External => isExternal(each) && (each.leaves === undefined || asOf <= each.leaves),
  );
}

/** Their accounts, in order. */
export function accountsOf(externals: readonly External[]): AccountId[] {
  return externals.map(({ account }) => account).sort();
}

function isExternal({ membership }: Organisation): boolean {
  return membership === 'external';
}
