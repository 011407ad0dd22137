/** How the process of a command ends: in a process of its own. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
/** More than the system keeps for a reader that is slow. */
const MUCH = 4_000_000;

/** What is still to come: something that takes an hour, and something that comes at once. */
const FOR_AN_HOUR = 'setTimeout(() => {}, 3_600_000)';
const AT_ONCE = "setImmediate(() => process.stderr.write(', and later'))";

/** Says much, leaves something for later, and ends as a command would. */
const script = (command: string, later: string) => `
  require('./lib/start/typescript.cjs').loadTypeScript(process.cwd());
  const { endWith } = require('./lib/commands/ending.ts');
  process.stdout.on('error', () => {});
  process.stdout.write('x'.repeat(${MUCH}) + '\\n');
  process.stderr.write('said');
  ${later};
  void endWith(1, '${command}');
`;

interface Ended {
  readonly code: number | null;
  readonly out: number;
  readonly err: string;
}

/** @param reads whether there is somebody who reads on */
function ended(command: string, later: string, reads = true): Promise<Ended> {
  const child = spawn(process.execPath, ['-e', script(command, later)], { cwd: ROOT });
  let out = 0;
  let err = '';
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  child.stdout.on('data', (text: Buffer) => {
    out += text.length;
    if (!reads) child.stdout.destroy();
  });
  return new Promise((finish) => {
    child.on('close', (code) => finish({ code, out, err }));
  });
}

it('passes on all that a command said that holds much, and waits for nothing else', async () => {
  expect(await ended('prove', FOR_AN_HOUR)).toEqual({ code: 1, out: MUCH + 1, err: 'said' });
});

it('ends where its reader has gone', async () => {
  expect(await ended('prove', FOR_AN_HOUR, false)).toMatchObject({ code: 1 });
});

it('lets others come to their end', async () => {
  expect(await ended('deposit', AT_ONCE)).toEqual({ code: 1, out: MUCH + 1, err: 'said, and later' });
});
