/**
 * Runs a command on a file that was collected. There is no shell: the command is taken apart here, once, before any file is
 * known, and the file’s path is one more argument, whatever characters it has. So nothing in a name can be read as a command.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { HandedOn, Noted } from '../delivery';

/**
 * The words of a command. What is in quotation marks, ' or ", is one word; nothing else has a meaning, so that the backslashes
 * of Windows stand for themselves.
 * @returns nothing where a quotation mark is not closed, or there is no word
 */
export function commandWords(command: string): readonly [string, ...string[]] | undefined {
  const words: string[] = [];
  let rest = command.trim();
  while (rest !== '') {
    const [whole] = /^(?:[^\s'"]|'[^']*'|"[^"]*")+/.exec(rest) ?? [];
    if (whole === undefined) return undefined;
    words.push(whole.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
    rest = rest.slice(whole.length).trimStart();
  }
  const [first, ...others] = words;
  return first === undefined || first === '' ? undefined : [first, ...others];
}

/**
 * Runs it, with the file’s absolute path as its last argument. What else is to be known of the file is in its environment. What
 * it writes goes to standard error, which is for talk; it gets no input.
 */
export function runOn(
  [program, ...given]: readonly [string, ...string[]],
  folder: string,
  { names, agreement, key, version, ...noted }: Noted,
): Promise<HandedOn> {
  const path = resolve(folder, ...names);
  // Of what lies there, which is not what S3 has where that is sealed.
  const { bytes, checksum } = noted.opened ?? noted;
  const env = {
    ...process.env,
    CONCORDAT_FILE: path,
    CONCORDAT_AGREEMENT: agreement,
    CONCORDAT_KEY: key,
    CONCORDAT_VERSION: version,
    CONCORDAT_BYTES: String(bytes),
    CONCORDAT_CHECKSUM: `${checksum.algorithm}:${checksum.value}`,
  };
  return run(program, [...given, path], { env, cwd: folder });
}

/** Runs a command that looks at a file, with the file’s absolute path as its last argument. */
export function scanWith(
  [program, ...given]: readonly [string, ...string[]],
  folder: string,
  path: string,
): Promise<HandedOn> {
  const file = resolve(folder, path);
  return run(program, [...given, file], { env: { ...process.env, CONCORDAT_FILE: file }, cwd: folder });
}

function run(
  program: string,
  args: readonly string[],
  setting: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<HandedOn> {
  return new Promise((done) => {
    const running = spawn(program, args, { ...setting, shell: false, stdio: ['ignore', 2, 2] });
    running.once('error', (error: NodeJS.ErrnoException) => done({ failed: error.code ?? error.name }));
    running.once('exit', (code, signal) => done(signal === null ? { code: code ?? 0 } : { signal }));
  });
}
