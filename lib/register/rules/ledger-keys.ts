/** The rule on the keys that signed the ledger before the present one. */
import { createHash } from 'node:crypto';
import { ledgerOrigin } from '../../names';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';

const FIX = 'copy the line from the file keys/ed25519-<key id>.vkey in the ledger’s bucket';

/**
 * A former key belongs to this ledger, is whole and is named once. A line that was changed would make the sealer report its
 * own ledger as damaged; a key of another log would never match anything.
 */
export function formerKeysAreTheLedgers({ zone }: Draft): Diagnostic[] {
  if (zone === undefined) return [];
  const origin = ledgerOrigin(zone.value);
  const { formerKeys = [] } = zone.value.ledger;
  return formerKeys.flatMap((line, index) => {
    const fault = (code: Diagnostic['code'], message: string, found: string, allowed?: string) => [
      at(zone.source, ['ledger', 'formerKeys', index], {
        code,
        message,
        found,
        ...(allowed && { allowed }),
        fix: FIX,
      }),
    ];
    const [name = '', keyId = '', ...rest] = line.split('+');
    const id = keyIdOf(name, Buffer.from(rest.join('+'), 'base64'));
    if (name !== origin) return fault('ledger-key', 'this is the key of another log', name, origin);
    if (keyId !== id) return fault('ledger-key', 'the key is not the one that its id names', keyId);
    if (formerKeys.indexOf(line) < index)
      return fault('duplicate-value', 'this key is already in the list', keyId);
    return [];
  });
}

/** @see https://c2sp.org/signed-note#verifier-keys */
function keyIdOf(name: string, key: Uint8Array): string {
  return createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8);
}
