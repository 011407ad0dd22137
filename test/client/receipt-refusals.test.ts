/** What is said where there is no receipt: what happened, what to do, and nobody else’s name. */
import { receiptEnding, receiptText } from '../../lib/client';
import type { ReceiptRefusal } from '../../lib/delivery';
import { golden } from './golden';

const key = 'agreements/housing-benefit-awards/2026-11/awards.csv';
const path = 'receipts/222222222222/0000000000000412.json';

const REFUSALS: readonly ReceiptRefusal[] = [
  { refused: 'no-transfer', named: 'housing-benefit-awards/award.csv' },
  { refused: 'not-sealed', key, sealed: [], missing: 'collected' },
  { refused: 'not-sealed', key, sealed: ['deposited'], missing: 'collected' },
  { refused: 'not-sealed', key, sealed: [], missing: 'deposited' },
  { refused: 'faulty-ledger', path, problem: 'its entry 0 lacks its bytes or its proof' },
  { refused: 'other-log', wanted: 'uk-ledger-333333333333', found: 'another-ledger' },
  { refused: 'not-signed', path, pinned: false },
  { refused: 'not-signed', path: 'checkpoint', pinned: true },
  { refused: 'not-proved', path, index: 409 },
  { refused: 'not-continued', size: 412, newest: 500 },
];

test('each says what happened and what to do', () => {
  const told = REFUSALS.map((refusal) => {
    const { happened, mend } = receiptText(refusal);
    return `[${refusal.refused}, ${receiptEnding(refusal)}]\n${happened}\n${mend}\n`;
  });
  golden('receipt-refusals.txt', told.join('\n'));
});
