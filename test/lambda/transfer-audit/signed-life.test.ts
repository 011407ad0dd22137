/**
 * An agreement from its file to its end: nothing shared, two signatures, a read, a withdrawal, a declaration of disposal. The audit
 * is deployed with the register of each day, and what it stages is sealed into a ledger that `concordat verify` finds whole.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../../lib/commands/terminal';
import { sampleBundle } from '../../../lib/ledger/bundle';
import { auditIndexOf, canonicalRegister, loadRegister, sharesOf } from '../../../lib/register';
import { dateOf, type IsoDate } from '../../../lib/register/calendar';
import { disposing } from '../../../lib/register/changes';
import { changedFiles } from '../../../lib/register/changes/change';
import type { RegisterFile } from '../../../lib/register/folder';
import { SAMPLE_LOG } from '../../../lib/transfers';
import { emptyFolder, run } from '../../commands/captured-terminal';
import { AGREEMENT, asked, LEEDS, signedBy } from '../../register/approvals/world';
import { collect, INDEX } from '../../transfers/trail-records';
import { logFile, logKey, World } from './world';

/** The name of the access point that the agreement gives its recipient. */
const SHARE = '9478cd29c7b5--leeds';
const at = (day: string) => Date.parse(`${day}T12:10:00Z`);

it('is all in the ledger, in order, and the ledger verifies', async () => {
  const world = new World();
  const states: (string | undefined)[] = [];
  const deploy = async (files: readonly RegisterFile[], day: IsoDate) => {
    const loaded = loadRegister(files, day);
    if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
    const { register } = loaded;
    states.push(sharesOf(register, day)[0]?.state);
    // Each deployment is later than the one before, also on one day.
    world.time = at(day) + states.length * 60_000;
    // The records of these tests name buckets of their own.
    const { bucketPrefix, organisations } = INDEX;
    world.restart({ ...auditIndexOf(register), bucketPrefix, organisations });
    await world.invoke({ action: 'sweep' });
    return register;
  };
  const read = (id: string, day: string) => {
    world.time = at(day);
    const key = logKey(id);
    world.land(key, logFile([collect({ id, time: `${day}T12:00:00Z`, share: SHARE })]));
    return world.deliver([key]);
  };
  const [began, signed, read1, withdrew, read2, ended] = [
    '2026-08-30',
    '2026-09-01',
    '2026-09-10',
    '2026-09-15',
    '2026-09-20',
    '2026-10-01',
  ].map(dateOf) as [IsoDate, IsoDate, IsoDate, IsoDate, IsoDate, IsoDate];

  await deploy(asked(), began);
  const one = await signedBy(asked(), 'dwp', undefined, signed);
  await deploy(one, signed);
  const both = await signedBy(one, 'leeds', undefined, signed);
  await deploy(both, signed);
  await read('in-time', read1);
  const withdrawn = await signedBy(both, 'leeds', { kind: 'withdraws', from: withdrew }, withdrew);
  await deploy(withdrawn, withdrew);
  await read('too-late', read2);
  const wanted = { agreement: AGREEMENT, organisation: 'leeds', method: undefined };
  const { files } = await disposing(withdrawn, wanted, LEEDS.signer, ended);
  const register = await deploy(changedFiles(withdrawn, files), ended);

  expect(states).toEqual([
    'awaiting-approval',
    'awaiting-approval',
    'in-force',
    'awaiting-approval',
    'awaiting-approval',
  ]);
  const entries = [...world.staged.values()].sort((a, b) =>
    `${a.stagedAt}#${a.eventId}` < `${b.stagedAt}#${b.eventId}` ? -1 : 1,
  );
  const told = entries.map(({ entry }) => {
    const { metadata, unmapped } = JSON.parse(Buffer.from(entry).toString());
    return [metadata.event_code, unmapped.organisation ?? unmapped.verdict, unmapped.reasons?.join()]
      .filter(Boolean)
      .join(' ');
  });
  expect(told).toEqual([
    'register-changed',
    'register-changed',
    'agreement-approved dwp',
    'register-changed',
    'agreement-approved leeds',
    'collected in-order',
    'register-changed',
    'approval-withdrawn leeds',
    'collected violation outside-days',
    'register-changed',
    'disposal-declared leeds',
  ]);

  const folder = emptyFolder();
  const bundle = await sampleBundle({
    log: SAMPLE_LOG,
    entries,
    sizes: [3, entries.length],
    register: canonicalRegister(register),
    mlDsa: false,
  });
  for (const [path, content] of bundle) {
    mkdirSync(dirname(join(folder, 'copy', path)), { recursive: true });
    writeFileSync(join(folder, 'copy', path), content);
  }
  const whole = await run(['verify', 'copy'], folder);
  expect([whole.err, whole.code]).toEqual([expect.anything(), EXIT.clean]);
  // Who takes the withdrawal out of the record is found out.
  const tile = [...bundle.keys()].filter((path) => path.includes('tile/entries/')).at(-1) ?? '';
  const path = join(folder, 'copy', tile);
  writeFileSync(
    path,
    readFileSync(path, 'latin1').replace('approval-withdrawn', 'agreement-approved'),
    'latin1',
  );
  expect((await run(['verify', 'copy'], folder)).code).toBe(EXIT.findings);
});
