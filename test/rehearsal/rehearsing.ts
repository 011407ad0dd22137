/** What tests of the rehearsal on a real endpoint share: the sample, changes of it, and a look at what was left behind. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type RehearsalOrder, rehearse } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import type { Json } from '../proof/world';
import { synthesised } from '../stacks/sample-assembly';

export const ROOT = resolve(__dirname, '../..');
export const AGREEMENT = 'housing-benefit-awards';

/** A folder of its own for one test: all that is temporary goes there, so that what is left can be seen. */
export class Workshop {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-workshop-')));
  readonly said: string[] = [];
  readonly #tmp = process.env.TMPDIR;

  constructor() {
    process.env.TMPDIR = this.folder;
  }

  /** The sample, with one of its templates changed. */
  assembly(stack?: string, change: (resources: Record<string, Json>) => void = () => undefined): string {
    const copy = join(this.folder, 'sample');
    cpSync(synthesised().folder, copy, { recursive: true });
    if (stack !== undefined) {
      const file = join(copy, `${stack}.template.json`);
      const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, Json> };
      change(template.Resources);
      writeFileSync(file, JSON.stringify(template));
    }
    return copy;
  }

  rehearse(order: Partial<RehearsalOrder> & Pick<RehearsalOrder, 'assembly'>): Promise<RehearsalResult> {
    return rehearse({
      agreement: AGREEMENT,
      endpoint: undefined,
      venv: join(ROOT, '.venv'),
      keep: false,
      // The client is killed in the rehearsal of the sample as it is, and not once more with each defect.
      kills: 0,
      signal: new AbortController().signal,
      say: (line) => this.said.push(line),
      ...order,
    });
  }

  /** Processes that a rehearsal in this folder has started, and folders that it has made. */
  left(): string[] {
    const processes = execFileSync('ps', ['-eww', '-o', 'pid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(this.folder) || childrenOf(line));
    return [
      ...processes,
      ...readdirSync(this.folder).filter((name) => name.startsWith('concordat-rehearsal-')),
    ];
  }

  close(): void {
    if (this.#tmp === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = this.#tmp;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether a line of ps is of an endpoint that this process, or a child of it, has started. */
function childrenOf(line: string): boolean {
  return line.includes('attended.py') && line.includes(join(ROOT, '.venv'));
}

/** The ids of endpoints that run out of this project’s virtual environment. */
export function endpoints(): number[] {
  return execFileSync('ps', ['-eww', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(childrenOf)
    .map((line) => Number(line.trim().split(' ')[0]));
}

/** The steps that did not come out as expected. */
export function failedSteps({ steps }: RehearsalResult): string[] {
  return steps.filter((each) => !each.passed).map(({ step, seen }) => `${step}: ${seen}`);
}

type DeployedFunction = { Properties: { FunctionName?: string; Timeout?: number; Code: { S3Key: string } } };

/** A function of a template, by its name. */
export function functionOf(resources: Record<string, Json>, name: string): DeployedFunction {
  const found = Object.values(resources).find(
    ({ Properties }) => (Properties as unknown as { FunctionName?: string }).FunctionName === name,
  );
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found as unknown as DeployedFunction;
}

/** Changes the file that a function is deployed from. @throws Error where that comes to the same */
export function changeCode(
  assembly: string,
  stack: string,
  name: string,
  change: (code: string) => string,
): void {
  const template = JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8')) as {
    Resources: Record<string, Json>;
  };
  const key = functionOf(template.Resources, name).Properties.Code.S3Key.replace(/\.zip$/, '');
  const file = join(assembly, `asset.${key}`, 'index.mjs');
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`nothing is changed in ${file}`);
  writeFileSync(file, after);
}
