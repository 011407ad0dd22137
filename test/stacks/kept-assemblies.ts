/**
 * Assemblies that all test files of a run share: each is synthesised once. Those of the sample and of the minimal register on the usual
 * day are read once by each worker, which keeps what the program derives from them, such as compiled policies. Nobody may change one:
 * templates are frozen, and end-run.cjs fails where a file was changed. worker-runtime.cjs loads this file once for a worker.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assembly, openAssembly } from '../../lib/assembly';
import type { IsoDate } from '../../lib/register/calendar';
import type { RegisterFile } from '../../lib/register/folder';
import type { Register } from '../../lib/register/register';
import { AS_OF, registerOf } from '../policy/sample-register';
import { MINIMAL, SAMPLE } from '../register/samples';

/** An assembly, and what it was made from. */
export interface Kept {
  readonly folder: string;
  readonly register: Register;
  readonly assembly: Assembly;
}

/** Others are asked for by one test file each, and let go of: what a worker holds it goes through at each collection. */
const OFTEN = new Set([SAMPLE, MINIMAL].map(digestOf));

/** What little was found out about an assembly, by what it is and by the assembly’s content. */
export const known = new Map<string, unknown>();

const registers = new Map<string, Register>();
const passing = new Map<string, WeakRef<Register>>();
const assemblies = new Map<string, Kept>();

function isOften(files: readonly RegisterFile[], asOf: IsoDate): boolean {
  return asOf === AS_OF && OFTEN.has(digestOf(files));
}

/** A register, loaded once for each content and day. */
export function keptRegister(files: readonly RegisterFile[], asOf: IsoDate): Register {
  const key = `${asOf} ${digestOf(files)}`;
  const register = registers.get(key) ?? passing.get(key)?.deref() ?? registerOf(files, asOf);
  if (isOften(files, asOf)) registers.set(key, register);
  else passing.set(key, new WeakRef(register));
  return register;
}

/** The assembly of a register, with checks or without. */
export function keptAssembly(files: readonly RegisterFile[], asOf: IsoDate, checks: boolean): Kept {
  const name = `assembly-${asOf}-${checks}-${digestOf(files)}`;
  const found = assemblies.get(name);
  if (found !== undefined) return found;
  const register = keptRegister(files, asOf);
  const folder = keptFolder(name, (own) => make(own, register, asOf, checks));
  const assembly = frozen(folder);
  const kept = { folder, register, assembly };
  if (isOften(files, asOf)) assemblies.set(name, kept);
  return kept;
}

/** Writes the assembly of a register into a folder. */
export function make(folder: string, register: Register, asOf: IsoDate, checks: boolean): void {
  const { makeAssembly } = require('./make-assembly') as typeof import('./make-assembly');
  makeAssembly(folder, register, asOf, checks);
}

/** A folder that all test files of a run share. @param fill writes what it holds; called once in a run, or by two at once */
export function keptFolder(name: string, fill: (folder: string) => void): string {
  const folder = join(process.env.CONCORDAT_TEST_RUN ?? mkdtempSync(join(tmpdir(), 'concordat-test-')), name);
  if (existsSync(folder)) return folder;
  const own = mkdtempSync(join(tmpdir(), 'concordat-test-'));
  try {
    fill(own);
    renameSync(own, folder);
    // What is changed in it has a later date than this.
    writeFileSync(`${folder}.made`, '');
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    // A test file beside this one may have been there first.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function digestOf(files: readonly RegisterFile[]): string {
  const content = createHash('sha256');
  for (const { path, bytes } of files) content.update(`${path} ${bytes.length}\0`).update(bytes);
  return content.digest('hex');
}

/** The assembly in a folder, with templates that nobody can change. */
export function frozen(folder: string): Assembly {
  const assembly = openAssembly(folder);
  for (const { resources } of assembly.stacks) freeze(resources);
  return assembly;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const each of Object.values(value)) freeze(each);
}
