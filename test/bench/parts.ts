/** The benches of single parts, which stand beside this file: each is a program of its own, and says what it measured. */
import { spawn } from 'node:child_process';
import { ROOT } from './builds';
import { readable } from './run';

/** A bench of one part of the project. */
interface Part {
  readonly name: string;
  readonly file: string;
  /** For `node` itself. */
  readonly options?: readonly string[];
  /** The sizes of a smoke run; of a full run, those that the bench has by itself. */
  readonly smoke: readonly string[];
}

/** What a part’s bench came to. */
export interface PartResult {
  readonly part: string;
  readonly said: readonly string[];
  /** Whether it kept its own limits. */
  readonly met: boolean;
}

const PARTS: readonly Part[] = [
  { name: 'Cold start of the Lambdas', file: 'cold-start.ts', smoke: ['2'] },
  { name: 'Grant broker', file: 'key-grants.ts', smoke: ['500'] },
  {
    name: 'Transfer audit',
    file: 'transfer-audit.ts',
    options: ['--expose-gc'],
    smoke: ['8', '20', '1'],
  },
  { name: 'Ledger', file: 'ledger.ts', smoke: ['100000', '1000'] },
  { name: 'Contracts, CSV', file: 'contracts.ts', smoke: ['8', '100', '1'] },
  { name: 'Access proof of the sample', file: 'proof.ts', smoke: [] },
  { name: 'Contracts: JSON Lines and Parquet', file: 'contract-formats.ts', smoke: ['4', '1'] },
  { name: 'Contracts: changed files', file: 'contract-fuzz.ts', smoke: ['formats', '620'] },
  { name: 'IAM engine', file: 'iam.ts', smoke: ['0', '1', '100'] },
  { name: 'Deposit and collect', file: 'delivery.mjs', smoke: ['20', '100', '1'] },
  { name: 'First view of the mailbox', file: 'mailbox.ts', smoke: ['1'] },
];

/** The words by which one part is chosen: the names of their files. */
export const PART_NAMES: readonly string[] = PARTS.map(wordOf);

function wordOf({ file }: Part): string {
  return file.replace(/\.\w+$/, '');
}

/** Runs the benches of these parts, one after the other. @throws Error with what it wrote, if one fails */
export async function runParts(names: readonly string[], smoke: boolean): Promise<PartResult[]> {
  const results: PartResult[] = [];
  for (const part of PARTS.filter((each) => names.includes(wordOf(each)))) {
    process.stderr.write(`${part.name}\n`);
    results.push(await runPart(part, smoke ? part.smoke : []));
  }
  return results;
}

/** A bench ends with 1 where it missed a limit of its own, and with more where it failed. */
async function runPart({ name, file, options = [] }: Part, sizes: readonly string[]): Promise<PartResult> {
  const args = [...options, '--import', 'tsx', `test/bench/${file}`, ...sizes];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.err += text;
  });
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  });
  if (code !== 0 && !(code === 1 && heard.out !== ''))
    throw new Error(`node ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${readable(heard.err)}`);
  return { part: name, said: heard.out.trimEnd().split('\n'), met: code === 0 };
}
