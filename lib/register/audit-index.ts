/**
 * What the transfer audit needs of a register to judge an event: accounts, buckets, roles, and who shares what with whom
 * from when until when. It is made at synthesis, deployed as a file beside the audit, and kept: an old transfer is judged
 * by the index of its day. It depends on the register alone, not on the day on which it is made. No name of a body or of
 * a person is in it.
 */
import { addDays, endOfDay, type Instant, type Period, startOfDay } from './calendar';
import { canonicalRegister, digestOf } from './canonical';
import type { Register } from './register';
import type { Agreement } from './schema/agreement';
import type { AccountId, Organisation } from './schema/organisation';
import type { Zone } from './schema/zone';
import { agreementHash } from './share';

/** The form of the index; an audit refuses any other. */
export const AUDIT_INDEX_FORM = 'concordat-index/v1';

/** What the roles are for that touch shared objects. */
export const AUDITED_ROLES = ['deposit', 'collect', 'malware-scan', 'contract-gate'] as const;
export type AuditedRole = (typeof AUDITED_ROLES)[number];

/** The index. */
export interface AuditIndex {
  readonly form: typeof AUDIT_INDEX_FORM;
  /** The digest of the canonical register that it was made from. */
  readonly register: string;
  readonly region: string;
  /** What every bucket of an organisation begins with. */
  readonly bucketPrefix: string;
  /** For each purpose the path and name of the role, `/concordat/concordat-collect`: the same in every account. */
  readonly roles: Readonly<Record<AuditedRole, string>>;
  readonly organisations: readonly IndexedOrganisation[];
  readonly agreements: readonly IndexedAgreement[];
}

/** What the audit knows of an organisation. */
export interface IndexedOrganisation {
  readonly id: string;
  readonly account: string;
  /** Absent where it is external: it has no bucket and owns nothing. */
  readonly bucket?: string | undefined;
}

/** What the audit knows of an agreement. */
export interface IndexedAgreement {
  readonly id: string;
  readonly owner: string;
  /** How long a recipient has to collect. */
  readonly collectWithinDays: number;
  readonly shares: readonly IndexedShare[];
}

/** When one recipient may collect. */
export interface IndexedShare {
  readonly recipient: string;
  /** The share’s id: the name of its access point and of its grant. */
  readonly share: string;
  readonly spans: readonly Span[];
}

/** A time in force: from its first moment to just before its last. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** The names in AWS that the index needs; they are lib/policy’s to give. */
export interface AuditNames {
  bucketName(zone: Zone, account: AccountId): string;
  bucketNamePrefix(zone: Zone): string;
  /** The path and name of a role, `/concordat/concordat-collect`. */
  rolePath(purpose: AuditedRole): string;
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
    },
    organisations: register.organisations.map(({ id, account, membership }) => ({
      id,
      account,
      ...(membership === 'member' && { bucket: names.bucketName(zone, account) }),
    })),
    agreements: register.agreements.map((agreement) => ({
      id: agreement.id,
      owner: agreement.owner,
      collectWithinDays: daysOf(agreement.delivery.collectWithin),
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

/** The days of `P5D` or `P2W`. */
function daysOf(span: string): number {
  const count = Number(span.slice(1, -1));
  return span.endsWith('W') ? count * 7 : count;
}
