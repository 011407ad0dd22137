/**
 * Has a register be synthesised once in a run for each day, with its checks and without: the documents print one synth in several
 * ways, and what joins is held each time against the same zone without it.
 */
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assembly, openAssembly } from '../../lib/assembly';
import type { synthesised } from '../../lib/commands/assembly/assemble';
import { makeFolder } from '../../lib/disk';
import { canonicalRegister, type Register } from '../../lib/register';
import type { IsoDate } from '../../lib/register/calendar';
import { foundOnce } from '../found-once';
import { keptFolder } from '../stacks/kept-assemblies';

const keyOf = (register: Register, asOf: string, ...others: unknown[]) =>
  createHash('sha256')
    .update(JSON.stringify([canonicalRegister(register), register.lines(), asOf, others]))
    .digest('hex');

foundOnce<typeof synthesised>('synthesised', (synth, place, sources, validator) => {
  if (validator !== undefined) return synth(place, sources, validator);
  const { register, asOf, outcomes } = sources;
  const kept = keptFolder(`synthesised-${keyOf(register, asOf, outcomes)}`, (folder) => {
    const { checks } = synth(join(folder, 'assembly'), sources, undefined);
    writeFileSync(join(folder, 'checks.json'), JSON.stringify(checks));
  });
  makeFolder(place, (folder) => cpSync(join(kept, 'assembly'), folder, { recursive: true }));
  return {
    assembly: openAssembly(place),
    checks: JSON.parse(readFileSync(join(kept, 'checks.json'), 'utf8')) as string[],
  };
});

type Use = (assembly: Assembly) => unknown;
foundOnce<(register: Register, asOf: IsoDate, use: Use) => unknown>(
  'withAssembly',
  (synth, register, asOf, use) =>
    use(
      openAssembly(
        keptFolder(`assembled-${keyOf(register, asOf)}`, (folder) => {
          synth(register, asOf, (assembly) => cpSync(assembly.folder, folder, { recursive: true }));
        }),
      ),
    ),
);
