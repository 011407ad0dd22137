/** What the operator is told of at once, although it is no violation: an infected file, and what could silence the landing zone. */
import { isDeployment } from './deployer';
import { isOwnChange } from './interpret-own';
import { isViolation, type Meaning } from './meaning';
import type { TrailEvent } from './record';
import { verdictOf } from './verdict';

/** After each of these a key no longer works, or soon will not: with it, what it encrypts falls silent. */
const ENDING = new Set([
  'DisableKey',
  'ScheduleKeyDeletion',
  'DeleteKey',
  'DeleteImportedKeyMaterial',
  'DeleteExpiredKeyMaterial',
]);

/** Whether an event put a key of the landing zone out of use, or changed who may use a table or topic, past a deployment. */
export function isAlarming(
  { source, name, principal, recipientAccount }: TrailEvent,
  { kind }: Meaning,
): boolean {
  if (kind === 'key-state-changed') return ENDING.has(name);
  return kind === 'policy-changed' && isOwnChange(source, name) && !isDeployment(principal, recipientAccount);
}

/** Whether an event is a scan that found malware; a tag by anybody but the scan is no finding, and a violation instead. */
export function isThreat(meaning: Meaning): boolean {
  const { kind, scan } = meaning;
  return kind === 'scanned' && scan !== undefined && verdictOf(scan) === 'infected' && !isViolation(meaning);
}
