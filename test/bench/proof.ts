/**
 * How long the access proof of an assembly takes, in milliseconds, with the requests asked and covered, and its memory.
 * `node --import tsx test/bench/proof.ts [ASSEMBLY]` measures an assembly that is there; without one, the sample’s.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prove } from '../../lib/assembly/proof/prove';
import { findingsOf } from '../../lib/assembly/proof/report';
import { readWorld } from '../../lib/assembly/world-reader';
import { synthApp } from '../../lib/commands/synth-app';
import { dateOf } from '../../lib/register/calendar';
import { readRegisterFolder } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import { synthesise } from '../../lib/stacks/synthesise';
import { AS_OF } from './generate-register';

/** What one proof took. */
export interface ProofMeasure {
  readonly organisations: number;
  readonly pairs: number;
  readonly asked: number;
  readonly covered: number;
  readonly findings: number;
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Reads and proves an assembly. */
export function measureProof(assembly: string): ProofMeasure {
  const start = performance.now();
  const proof = prove(readWorld(assembly));
  return {
    organisations: proof.organisations,
    pairs: proof.pairs,
    asked: proof.asked,
    covered: proof.covered,
    findings: findingsOf(proof).length,
    milliseconds: Math.round(performance.now() - start),
    megabytes: Math.round(process.memoryUsage().rss / 1e6),
  };
}

if (require.main === module) {
  const given = process.argv[2];
  const made = given === undefined ? mkdtempSync(join(tmpdir(), 'concordat-proof-')) : undefined;
  try {
    if (made !== undefined) {
      const loaded = loadRegister(readRegisterFolder(resolve(__dirname, '../../register')), dateOf(AS_OF));
      if (!loaded.ok) throw new Error('the sample register is not sound');
      synthesise(synthApp(made), loaded.register, dateOf(AS_OF));
    }
    process.stdout.write(`${JSON.stringify(measureProof(given ?? made ?? ''), null, 2)}\n`);
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  }
}
