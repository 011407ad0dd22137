/** Runs command lines in this process and keeps what they write; and registers on disk for them to read. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from '../../lib/commands/command';
import { main } from '../../lib/commands/main';
import type { ExitCode } from '../../lib/commands/terminal';
import type { RegisterFile } from '../../lib/register/folder';
import { SAMPLE } from '../register/samples';

/** What came of a command line. */
export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
  folders.push(folder);
  return folder;
}

/** A folder that holds a register under the name `register`: the sample if no other is given. */
export function folderWithRegister(files: readonly RegisterFile[] = SAMPLE): string {
  const folder = emptyFolder();
  for (const { path, bytes } of files) {
    const target = join(folder, 'register', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return folder;
}

/** Runs `concordat` with these words in a folder. */
export async function run(
  words: readonly string[],
  cwd: string,
  colour = false,
  width?: number,
): Promise<Outcome> {
  const written = { out: '', err: '' };
  const code = await main(words, {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    colour,
    cwd,
    ...(width !== undefined && { width }),
  });
  return { code, ...written };
}

/** What is given to a command, by the names of its words and options; a switch is `true`. */
export type Given = Readonly<Record<string, string | boolean>>;

/** What somebody types after the name of a command to give it that. */
export function typed({ words }: Command, given: Given): string[] {
  return [
    ...Object.keys(words).flatMap((name) => (given[name] === undefined ? [] : String(given[name]))),
    ...Object.entries(given).flatMap(([name, value]) =>
      Object.hasOwn(words, name) || value === false ? [] : [`--${name}${value === true ? '' : `=${value}`}`],
    ),
  ];
}

/** Runs a command for somebody who answers, in a terminal of a width; an answer is undefined where they end the input. */
export async function answering(
  command: Command,
  folder: string,
  values: Given,
  answers: readonly (string | undefined)[],
  width = 100,
): Promise<Outcome> {
  const left = [...answers];
  const written = { out: '', err: '' };
  let code: ExitCode;
  try {
    code = await command.call(typed(command, { 'as-of': '2026-12-01', ...values }), {
      out: (text) => {
        written.out += text;
      },
      err: (text) => {
        written.err += text;
      },
      colour: false,
      width,
      cwd: folder,
      ask: async (question) => {
        if (left.length === 0) throw new Error(`nobody answers: ${question}`);
        const answer = left.shift();
        written.err += `${question}${answer ?? ''}\n`;
        return answer;
      },
    });
  } finally {
    expect(left).toEqual([]);
  }
  return { code, ...written };
}
