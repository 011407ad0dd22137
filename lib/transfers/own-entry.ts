/**
 * The ledger’s entries for what the audit finds itself: what the clock alone tells of a transfer, changes of the register, what was
 * signed, and gaps in the log.
 */
import type { AuditIndex } from '../wire';
import { entryOf, usualSeverity } from './entry-form';
import type { Exchange } from './exchange';
import type { Outcome } from './review';
import type { Json } from './text';

/** What the audit itself finds, it is itself the actor of. */
const OWN = {
  log: { log_name: 'Concordat' },
  failed: false,
  actor: { app_name: 'concordat-transfer-audit' },
  source: { svc_name: 'concordat-transfer-audit' },
  api: { operation: 'Audit' },
} as const;

/** The entry for what the clock alone tells of a transfer. */
export function outcomeEntry(
  outcome: Outcome,
  object: { bucket: string; key: string },
  exchange: Exchange,
  id: string,
) {
  const { kind, deposit, recipient, time, release } = outcome;
  const { owner, agreement } = deposit;
  return entryOf({
    ...OWN,
    id,
    kind,
    time,
    severity: usualSeverity(kind),
    object: { ...object, version: deposit.version },
    cloud: { provider: 'AWS', region: exchange.index.region },
    unmapped: {
      organisations: exchange.accountsOf([owner, recipient]),
      owner,
      recipient,
      agreement,
      transfer: deposit.id,
      release,
      ...(kind === 'unreleased-read' && { verdict: 'violation', reasons: ['unreleased'] }),
      deposited: deposit.time,
      collectBy: deposit.collectBy,
      register: exchange.index.register,
    },
  });
}

const SIGNED = {
  approves: 'agreement-approved',
  withdraws: 'approval-withdrawn',
  disposes: 'disposal-declared',
} as const;

/**
 * The entry for what an approver signed. It holds digests: what was signed is in the register, and says the same to whoever has it.
 * @param seen when the audit first ran with a register that has it; the day of signing is what the signer says
 */
export function signedEntry(
  { decision, ...statement }: NonNullable<AuditIndex['signed']>[number],
  seen: string,
  exchange: Exchange,
): { readonly id: string; readonly organisations: string[]; readonly entry: Uint8Array } {
  const { agreement, organisation, sha256 } = statement;
  const { index } = exchange;
  const parties = index.agreements.flatMap(({ id, owner, shares }) =>
    id === agreement ? [owner, ...shares.map(({ recipient }) => recipient)] : [],
  );
  const organisations = exchange.accountsOf([organisation, ...parties]);
  const id = `signed#${sha256.slice(0, 32)}`;
  const about = { ...statement, organisations, register: index.register };
  return {
    id,
    organisations,
    entry: zoneEntry(SIGNED[decision], { id, time: seen, region: index.region, about }),
  };
}

/** The entry for a change of the register, what was signed, or a gap in the log. `about` says what. */
export function zoneEntry(
  kind: 'register-changed' | 'digest-gap' | (typeof SIGNED)[keyof typeof SIGNED],
  {
    id,
    time,
    region,
    about,
  }: { id: string; time: string; region: string; about: { readonly [key: string]: Json } },
): Uint8Array {
  return entryOf({
    ...OWN,
    id,
    kind,
    time,
    severity: usualSeverity(kind),
    cloud: { provider: 'AWS', region },
    unmapped: about,
  });
}
