/**
 * How long the access proof of an assembly takes, with the requests asked and covered, beside reading and parsing the same
 * files and nothing else. `node --import tsx test/bench/proof.ts [ASSEMBLY]` measures an assembly that is there; without one,
 * the sample’s, which is to take less than three seconds with the start of the command.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openAssembly, worldOf } from '../../lib/assembly';
import { synthApp } from '../../lib/commands/assembly/synth-app';
import { findingsOf } from '../../lib/proof/findings';
import { prove } from '../../lib/proof/prove';
import { dateOf } from '../../lib/register/calendar';
import { readRegisterFolder } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import { synthesise } from '../../lib/stacks/synthesise';
import { ROOT } from './builds';
import { AS_OF } from './generate-register';

/** In seconds, for the sample. */
const LIMIT = 3;

/** What one proof took, in this process. */
export interface ProofMeasure {
  readonly organisations: number;
  readonly pairs: number;
  readonly asked: number;
  readonly covered: number;
  readonly findings: number;
  readonly milliseconds: number;
}

/** Reads and proves an assembly. */
export function measureProof(assembly: string): ProofMeasure {
  const start = performance.now();
  const proof = prove(worldOf(openAssembly(assembly)));
  const { organisations, pairs, asked, covered } = proof;
  const milliseconds = Math.round(performance.now() - start);
  return { organisations, pairs, asked, covered, findings: findingsOf(proof).length, milliseconds };
}

/** The seconds that a program takes from start to end. @throws Error if it fails; findings are no failure */
function secondsOf(...args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0 && status !== 1)
    throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return (performance.now() - start) / 1000;
}

function measure(assembly: string, limit: number | undefined): void {
  const number = (value: number) => value.toLocaleString('en-GB');
  const { organisations, pairs, asked, covered, findings, milliseconds } = measureProof(assembly);
  const alone = secondsOf('test/bench/json-only.mjs', assembly);
  const whole = secondsOf('bin/concordat.js', 'prove', '--assembly', assembly);
  console.log(
    `${organisations} organisations, ${number(pairs)} ordered pairs: ${number(asked)} requests asked, ` +
      `which stand for ${number(covered)}; ${findings} findings`,
  );
  console.log(
    `reading and proving ${number(milliseconds)} ms, cold; concordat prove as a whole ${whole.toFixed(2)} s; ` +
      `parsing the assembly alone ${alone.toFixed(2)} s`,
  );
  if (limit !== undefined && whole >= limit) {
    console.error(`concordat prove of the sample is to take less than ${limit} s`);
    process.exitCode = 1;
  }
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
    measure(given ?? made ?? '', given === undefined ? LIMIT : undefined);
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  }
}
