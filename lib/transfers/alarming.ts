/** Changes that could blind or silence the landing zone, and that the operator is told of wherever they are made. */
import { isDeployment } from './deployer';
import { isOwnChange } from './interpret-own';
import type { Meaning } from './meaning';
import type { TrailEvent } from './record';

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
