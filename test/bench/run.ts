/** Runs one program in a process of its own and measures it, with every process that it starts. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { timeOfEndedChildren, watch } from './processes';

/** What a program took. */
export interface Usage {
  /** Seconds from start to end. */
  readonly wall: number;
  /**
   * Seconds of processor time, user and system, of the process and its children: steadier than wall on a machine that does
   * other work as well.
   */
  readonly cpu: number;
  /** The most memory that its largest process held at one time, in MB (2^20 bytes). */
  readonly megabytes: number;
  /** The most that all its processes were seen to hold at one time, in MB. */
  readonly together: number;
}

/** A program to run: its project’s folder, what follows `node` on the command line, and whether templates are validated. */
export interface Program {
  readonly root: string;
  readonly args: readonly string[];
  readonly validation?: boolean;
}

const PRELOAD = resolve(__dirname, 'usage.cjs');

const reportSchema = z.object({ cpu: z.number(), megabytes: z.number() });

/**
 * Runs a program to its end; what each process used is left in the given folder.
 * @throws Error with what it wrote, if it fails
 */
export async function run(
  { root, args, validation = false }: Program,
  reports: string,
  signal?: AbortSignal,
): Promise<Usage> {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const { CDK_VALIDATION: _, NODE_OPTIONS = '', ...env } = process.env;
  const before = timeOfEndedChildren();
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...env,
      NO_COLOR: '1',
      // By the environment, so that child processes have it as well.
      NODE_OPTIONS: `${NODE_OPTIONS} --require ${JSON.stringify(PRELOAD)}`,
      BENCH_USAGE: reports,
      ...(!validation && { CDK_VALIDATION: 'false' }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  const stop = watch(child.pid ?? 0);
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk.toString('utf8');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  }).finally(stop);
  const wall = (performance.now() - began) / 1000;
  if (code !== 0)
    throw new Error(`node ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${readable(said)}`);
  const told = readdirSync(reports).map((name) =>
    reportSchema.parse(JSON.parse(readFileSync(join(reports, name), 'utf8'))),
  );
  const after = timeOfEndedChildren();
  const seen = stop();
  const megabytes = Math.max(seen.largest, ...told.map((each) => each.megabytes));
  return {
    wall,
    // The kernel counts programs other than Node and what was killed; processes count what no parent waited for.
    cpu: Math.max(
      before === undefined || after === undefined ? 0 : after - before,
      told.reduce((sum, { cpu }) => sum + cpu, 0),
    ),
    megabytes,
    together: Math.max(
      seen.together > 0 ? seen.together : told.reduce((sum, each) => sum + each.megabytes, 0),
      megabytes,
    ),
  };
}

/** Without very long lines: Node shows the line of code that threw, which in a minified file is of no use to anybody. */
export function readable(said: string): string {
  return said
    .split('\n')
    .filter((line) => line.length < 300)
    .join('\n');
}
