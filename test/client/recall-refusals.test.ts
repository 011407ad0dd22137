/** What is said where nothing was taken back: what happened, what to do, and nobody else’s name. */
import { recallEnding, recallText } from '../../lib/client';
import type { RecallRefusal } from '../../lib/delivery';
import { golden } from './golden';

const key = 'agreements/housing-benefit-extract/2026-11/extract.csv';

const REFUSALS: readonly RecallRefusal[] = [
  { refused: 'not-there', named: key },
  { refused: 'other-version', key, wanted: '3sL4kqtJlcpXroDTDmJ', current: 'QUpfdndhfd8438MNFDN' },
  { refused: 'not-confirmed', key },
];

test('each says what happened and what to do', () => {
  const told = REFUSALS.map((refusal) => {
    const { happened, mend } = recallText(refusal);
    return `[${refusal.refused}, ${recallEnding(refusal)}]\n${happened}\n${mend}\n`;
  });
  golden('recall-refusals.txt', told.join('\n'));
});
