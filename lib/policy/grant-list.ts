/** The grants that one owner’s key is to have, from the owner’s shares. */

import { accessPointArn, bucketArn, roleArn } from '../names';
import { custodyClaim, type LiveShare, type Member, type Register } from '../register';
import { endOfDay, startOfDay } from '../register/calendar';
import { GRANT_LIST_FORM, type GrantList } from '../wire';

/** The complete list for a member’s key: one grant for each share in force or to come. */
export function grantList(
  { zone, organisations }: Register,
  { account, custody }: Member,
  shares: readonly LiveShare[],
): GrantList {
  return {
    form: GRANT_LIST_FORM,
    key: { account, region: zone.region, bucketArn: bucketArn(zone, account) },
    custody: custodyClaim(custody),
    accounts: organisations.map((organisation) => organisation.account).sort(),
    shares: shares
      .map(({ id, agreement, recipient, days }) => ({
        share: id,
        agreement: agreement.id,
        grantee: roleArn(recipient.account, 'collect'),
        from: startOfDay(days.from),
        until: endOfDay(days.until),
        accessPoint: accessPointArn(zone, account, id),
      }))
      .sort((a, b) => (a.share < b.share ? -1 : 1)),
  };
}
