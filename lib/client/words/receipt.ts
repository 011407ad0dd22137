/** Why there is no receipt, as text: what happened, and what to do. */
import type { ReceiptRefusal, SharedRefusal } from '../../delivery';
import { andList, plural, visible } from '../../words';
import { type Ending, endingOf } from '../exit';
import { type RefusalText, sharedText } from './refusals';

const SUSPICIOUS =
  'Run it again. If it stays so, keep this message, file nothing, and tell the operator and the other party: the ledger may have been tampered with.';

/** What a receipt waits for. */
const MISSING: Readonly<Record<string, string>> = {
  collected: 'that you collected it',
  deposited: 'that you deposited it',
};

/** A refusal of a receipt, or one that any command may have. It names nobody. */
export function receiptText(refusal: ReceiptRefusal | SharedRefusal): RefusalText {
  switch (refusal.refused) {
    case 'no-transfer':
      return {
        happened: `No transfer is known as ${visible(refusal.named)}: no agreement of your profile has such a file now, and it was not collected into this folder.`,
        mend: 'Name it by its version, as deposit and collect show it; by its agreement and name, as inbox and outbox do; or by the path of the file. --to DIR names the folder that it was collected into.',
      };
    case 'not-sealed': {
      const missing = MISSING[refusal.missing] ?? refusal.missing;
      return {
        happened: `${visible(refusal.key)}: the ledger has not sealed ${missing} yet. ${
          refusal.sealed.length === 0
            ? 'It has nothing of this transfer so far.'
            : `It has ${plural(refusal.sealed.length, 'entry', 'entries')} of it: ${andList(refusal.sealed)}.`
        }`,
        mend: 'CloudTrail tells the ledger after some minutes. Run it again in a quarter of an hour, or with --wait 30; if it was longer ago, --since DATE has it look further back.',
      };
    }
    case 'faulty-ledger':
      return { happened: `${refusal.path} in the ledger is damaged: ${refusal.problem}.`, mend: SUSPICIOUS };
    case 'other-log':
      return {
        happened: `The ledger says that it is ${visible(refusal.found)}; by your profile it is ${refusal.wanted}.`,
        mend: 'Ask the operator for the profile of today. If that changes nothing, tell the operator this message, and file nothing.',
      };
    case 'not-signed':
      return refusal.pinned
        ? {
            happened: `${refusal.path} in the ledger is not signed with the key that you gave.`,
            mend: `See that it is this ledger’s key, had from the operator in person or from your agreement. ${SUSPICIOUS}`,
          }
        : {
            happened: `${refusal.path} in the ledger is not signed with a key of the ledger.`,
            mend: SUSPICIOUS,
          };
    case 'not-proved':
      return {
        happened: `${refusal.path} in the ledger: the proof of entry ${refusal.index} does not lead to its checkpoint.`,
        mend: SUSPICIOUS,
      };
    case 'not-continued':
      return {
        happened: `The newest checkpoint of the ledger, of ${plural(refusal.newest, 'entry', 'entries')}, does not continue the one of ${plural(refusal.size, 'entry', 'entries')} in your receipt.`,
        mend: SUSPICIOUS,
      };
    default:
      return sharedText(refusal);
  }
}

const OWN: ReadonlySet<string> = new Set<Exclude<ReceiptRefusal, SharedRefusal>['refused']>([
  'no-transfer',
  'not-sealed',
  'faulty-ledger',
  'other-log',
  'not-signed',
  'not-proved',
  'not-continued',
]);

/** Whether a refusal is one of receipts alone. */
export function isOfReceipts(refusal: { readonly refused: string }): refusal is ReceiptRefusal {
  return OWN.has(refusal.refused);
}

/** How asking for a receipt ends by a refusal. */
export function receiptEnding(refusal: ReceiptRefusal | SharedRefusal): Ending {
  switch (refusal.refused) {
    case 'not-sealed':
      return 'unfinished';
    case 'no-transfer':
    case 'faulty-ledger':
    case 'other-log':
    case 'not-signed':
    case 'not-proved':
    case 'not-continued':
      return 'refused';
    default:
      return endingOf(refusal);
  }
}
