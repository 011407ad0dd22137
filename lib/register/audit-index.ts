/** Makes the transfer audit’s index of a register. */

import type { ExchangeRole } from '../names';
import { AUDIT_INDEX_FORM, type AuditIndex, type Span } from '../wire';
import { addDays, endOfDay, type Period, startOfDay } from './calendar';
import { canonicalRegister, digestOf } from './canonical';
import { wholeDays } from './duration';
import type { Register } from './register';
import type { Agreement } from './schema/agreement';
import type { AccountId, Organisation } from './schema/organisation';
import type { Zone } from './schema/zone';
import { agreementHash } from './share';

/** The names in AWS that the index needs; they are lib/policy’s to give. */
export interface AuditNames {
  bucketName(zone: Zone, account: AccountId): string;
  bucketNamePrefix(zone: Zone): string;
  /** The path and name of a role, `/concordat/concordat-collect`. */
  rolePath(purpose: ExchangeRole): string;
}

/** Makes the index of a register. Two equal registers have equal indexes, byte for byte once canonical. */
export function auditIndexOf(register: Register, names: AuditNames): AuditIndex {
  const { zone } = register;
  return {
    form: AUDIT_INDEX_FORM,
    register: digestOf(canonicalRegister(register)),
    region: zone.region,
    bucketPrefix: `${names.bucketNamePrefix(zone)}-`,
    roles: {
      deposit: names.rolePath('deposit'),
      collect: names.rolePath('collect'),
      'malware-scan': names.rolePath('malware-scan'),
      'contract-gate': names.rolePath('contract-gate'),
    } satisfies Readonly<Record<ExchangeRole, string>>,
    organisations: register.organisations.map(({ id, account, membership }) => ({
      id,
      account,
      ...(membership === 'member' && { bucket: names.bucketName(zone, account) }),
    })),
    agreements: register.agreements.map((agreement) => ({
      id: agreement.id,
      owner: agreement.owner,
      collectWithinDays: wholeDays(agreement.delivery.collectWithin),
      shares: agreement.recipients.map((recipient) => ({
        recipient,
        share: `${agreementHash(agreement.id)}--${recipient}`,
        spans: spansOf(agreement, [register.organisation(agreement.owner), register.organisation(recipient)]),
      })),
    })),
  };
}

/** Every time in force of a share, earliest first: the agreement’s days without pauses and suspension. */
function spansOf(agreement: Agreement, parties: readonly Organisation[]): Span[] {
  const breaks = [agreement.suspended, ...parties.map(({ paused }) => paused)].filter(
    (each) => each !== undefined,
  );
  let runs: Required<Period>[] = [{ from: agreement.starts, until: agreement.ends }];
  for (const gap of breaks)
    runs = runs.flatMap((run) => {
      const last = gap.until;
      if (gap.from > run.until || (last !== undefined && last < run.from)) return [run];
      const before = gap.from > run.from ? [{ from: run.from, until: addDays(gap.from, -1) }] : [];
      const after =
        last !== undefined && last < run.until ? [{ from: addDays(last, 1), until: run.until }] : [];
      return [...before, ...after];
    });
  return runs
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .map((run) => ({ from: startOfDay(run.from), until: endOfDay(run.until) }));
}
