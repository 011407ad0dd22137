/** Runs one program in a process of its own and measures it. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a process took. */
export interface Usage {
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of processor time, user and system: steadier than wall on a machine that does other work as well. */
  readonly cpu: number;
  /** The most memory that it held at one time, in MB (2^20 bytes). */
  readonly megabytes: number;
}

/** A program to run: what follows `node` on the command line, and whether CDK’s built-in validation runs. */
export interface Program {
  readonly args: readonly string[];
  readonly validation?: boolean;
}

/** The project’s folder, from which every program is run. */
export const ROOT = resolve(__dirname, '../..');

const PRELOAD = resolve(__dirname, 'usage.cjs');

/**
 * Runs a program to its end; what it used is left in the given file.
 * @throws Error with what it wrote, if it fails
 */
export async function run({ args, validation = false }: Program, report: string): Promise<Usage> {
  const { CDK_VALIDATION: _, ...env } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, ['--require', PRELOAD, ...args], {
    cwd: ROOT,
    env: { ...env, NO_COLOR: '1', BENCH_USAGE: report, ...(!validation && { CDK_VALIDATION: 'false' }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk.toString('utf8');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  });
  const wall = (performance.now() - began) / 1000;
  if (code !== 0)
    throw new Error(`node ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${readable(said)}`);
  return { wall, ...(JSON.parse(readFileSync(report, 'utf8')) as Omit<Usage, 'wall'>) };
}

/** Without very long lines: Node shows the line of code that threw, which in a minified file is of no use to anybody. */
export function readable(said: string): string {
  return said
    .split('\n')
    .filter((line) => line.length < 300)
    .join('\n');
}
