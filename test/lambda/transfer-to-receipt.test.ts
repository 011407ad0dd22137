/**
 * From CloudTrail’s log file to a receipt that a stranger can check: what the audit stages, the sealer seals, and the
 * verifier finds in order. Both functions as they are, with AWS in memory between them.
 */

import { type BundleFiles, verifyBundle } from '../../lib/ledger/bundle';
import { entryFormat } from '../../lib/transfers/ocsf';
import { assumed, CAMDEN, collect, DWP, deposit, LEEDS, STRANGER, verdict } from '../transfers/trail-records';
import { World as LedgerWorld } from './ledger-seal/world';
import { World as AuditWorld, logFile, logKey } from './transfer-audit/world';

const HOUR = 3_600_000;

/** A day of one transfer: deposited, found clean, collected by one of two, and read by a stranger. */
async function day() {
  const audit = new AuditWorld();
  const records = [
    deposit({ id: 'deposit-1' }),
    verdict('NO_THREATS_FOUND', { id: 'verdict-1' }),
    collect({ id: 'collect-1', shared: 'shared-1' }),
    collect({ id: 'stray-1', by: assumed(STRANGER, 'x') }),
  ];
  audit.land(logKey(1), logFile(records));
  expect(await audit.deliver([logKey(1)])).toEqual([]);
  // Past the time within which a recipient has to collect.
  audit.time += 40 * 24 * HOUR;
  await audit.invoke({ action: 'sweep' });
  const ledger = new LedgerWorld();
  ledger.stage(...audit.staged.values());
  const seal = ledger.sealer();
  for (let run = 0; run < 5; run++) await seal();
  return { audit, ledger };
}

/** A copy of the ledger’s bucket, without some of its files. */
function bundleOf({ objects }: LedgerWorld, leftOut: readonly string[] = []): BundleFiles {
  const paths = [...objects.keys()].filter((path) => !leftOut.includes(path)).sort();
  return { paths: () => paths, read: (path) => objects.get(path)?.at(-1) ?? Buffer.alloc(0) };
}

const verified = (bundle: BundleFiles) =>
  verifyBundle(bundle, { pinned: [], known: undefined, receiptsOnly: false, entries: entryFormat });
const text = (ledger: LedgerWorld, path: string) => Buffer.from(ledger.current(path) ?? []).toString('utf8');
const receiptsIn = (ledger: LedgerWorld) =>
  [...ledger.objects.keys()].filter((path) => path.startsWith('receipts/'));

it('seals every entry that the audit staged, once', async () => {
  const { audit, ledger } = await day();
  const leaves = [...ledger.rows.values()].map(({ item }) => Number(item.leaf?.N));
  expect(leaves.sort((a, b) => a - b)).toEqual([...audit.staged.keys()].map((_, index) => index));
  expect(audit.staged.size).toBeGreaterThanOrEqual(5);
});

it('gives receipts to the organisations concerned, below their accounts, and to nobody else', async () => {
  const { ledger } = await day();
  const holders = new Set(receiptsIn(ledger).map((path) => path.split('/')[1]));
  expect([...holders].sort()).toEqual([DWP, LEEDS, CAMDEN].sort());
  const all = receiptsIn(ledger)
    .map((path) => text(ledger, path))
    .join('');
  // The stranger’s read is told to the owner; the stranger, who is in no register, has no receipt.
  expect(holders.has(STRANGER)).toBe(false);
  expect(all).not.toBe('');
});

it('makes a bundle in which the verifier finds nothing wrong, and nothing left out of a receipt', async () => {
  const { ledger } = await day();
  const verdict = await verified(bundleOf(ledger));
  expect(verdict.findings).toEqual([]);
  expect(verdict.checked.join('\n')).toContain(`leave out nothing that names them`);
});

it('makes a bundle in which a receipt that was taken away is missed', async () => {
  const { ledger } = await day();
  const owners = receiptsIn(ledger).filter((path) => path.includes(DWP));
  expect(owners.length).toBeGreaterThan(1);
  for (const path of owners) expect((await verified(bundleOf(ledger, [path]))).findings).not.toEqual([]);
});
