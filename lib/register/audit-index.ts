/** Makes the transfer audit’s index of a register. */

import {
  bucketName,
  bucketNamePrefix,
  type ExchangeRole,
  ROLE_PATH,
  roleName,
  zoneBucketName,
} from '../names';
import { AUDIT_INDEX_FORM, type AuditIndex } from '../wire';
import { registerDigest } from './canonical';
import { wholeDays } from './duration';
import { directionsOf } from './parties';
import type { Register } from './register';
import { shareId } from './share';
import { spansOf } from './spans';

/** Makes the index of a register. Two equal registers have equal indexes, byte for byte once canonical. */
export function auditIndexOf(register: Register): AuditIndex {
  const { zone } = register;
  return {
    form: AUDIT_INDEX_FORM,
    register: registerDigest(register),
    region: zone.region,
    zone: zone.accounts.zone,
    bucketPrefix: `${bucketNamePrefix(zone)}-`,
    roles: {
      deposit: roleWithPath('deposit'),
      collect: roleWithPath('collect'),
      'malware-scan': roleWithPath('malware-scan'),
      'release-gate': roleWithPath('release-gate'),
    } satisfies Readonly<Record<ExchangeRole, string>>,
    ...(zone.mailbox?.served && {
      page: { bucket: zoneBucketName(zone, 'mailbox'), role: roleWithPath('page-release') },
    }),
    organisations: register.organisations.map(({ id, account, membership }) => ({
      id,
      account,
      ...(membership === 'member' && { bucket: bucketName(zone, account) }),
    })),
    agreements: register.agreements.flatMap((agreement) =>
      directionsOf(agreement).map(({ owner, recipients }) => ({
        id: agreement.id,
        owner,
        collectWithinDays: wholeDays(agreement.delivery.collectWithin),
        shares: recipients.map((recipient) => ({
          recipient,
          share: shareId(agreement.id, recipient),
          spans: spansOf(register, agreement, owner, recipient),
        })),
      })),
    ),
    ...(register.verified.length + register.disposals.length > 0 && { signed: signedIn(register) }),
  };
}

/** All that approvers signed, by its day, and of one day what was signed after another after it. */
function signedIn({ verified, disposals }: Register): NonNullable<AuditIndex['signed']> {
  const all = [...verified, ...disposals];
  const byDigest = new Map(all.map((each) => [each.sha256, each]));
  const depths = new Map<string, number>();
  // Each is worked out once, however many name it.
  const depth = (sha256: string): number => {
    const known = depths.get(sha256);
    if (known !== undefined) return known;
    const { after = [] } = byDigest.get(sha256) ?? {};
    const found = after.length === 0 ? 0 : 1 + Math.max(...after.map(depth));
    depths.set(sha256, found);
    return found;
  };
  return all
    .map((each) => ({
      each,
      order: [each.on, String(depth(each.sha256)).padStart(6, '0'), each.sha256].join(' '),
    }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ each: { agreement, organisation, decision, on, terms, sha256, after } }) => ({
      agreement,
      organisation,
      decision: decision.kind,
      on,
      terms,
      sha256,
      after: [...after],
    }));
}

/** `/concordat/concordat-collect` */
function roleWithPath(purpose: ExchangeRole | 'page-release'): string {
  return `${ROLE_PATH}${roleName(purpose)}`;
}
