/** What is said where collecting is refused: what happened, what to do, and nobody else’s name. */
import { collectEnding, collectText } from '../../lib/client';
import type { CollectRefusal } from '../../lib/delivery';
import { golden } from './golden';

const key = 'agreements/housing-benefit-awards/2026-11/awards.csv';

const REFUSALS: readonly CollectRefusal[] = [
  { refused: 'wrong-bytes', key, algorithm: 'CRC64NVME', stored: 'GMXaMb5AUmg=', read: 'rosUhgp5mIg=' },
  { refused: 'no-checksum', key },
  { refused: 'changed', key },
  { refused: 'gone', key },
  { refused: 'withdrawn', key },
  { refused: 'no-space', folder: '/data/in', needed: 5_000_000_000, free: 120_000_000 },
  { refused: 'no-name', key },
  { refused: 'folder-busy', folder: '/data/in', by: 'process 4711' },
  { refused: 'folder-busy', folder: '/data/in', by: 'a run on another computer' },
  { refused: 'gone', key: 'agreements/x/\u001b[2Jy\u202efdp.exe' },
];

test('each says what happened and what to do', () => {
  const told = REFUSALS.map((refusal) => {
    const { happened, mend } = collectText(refusal);
    return `[${refusal.refused}, ${collectEnding(refusal)}]\n${happened}\n${mend}\n`;
  });
  golden('collect-refusals.txt', told.join('\n'));
});
