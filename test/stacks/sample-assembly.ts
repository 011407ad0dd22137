/** The sample register, and changes of it, synthesised into folders that go when the tests of a file are over. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssemblyStack, openAssembly, type TemplateResource } from '../../lib/assembly';
import type { IsoDate } from '../../lib/register/calendar';
import type { RegisterFile } from '../../lib/register/folder';
import type { Register } from '../../lib/register/register';
import { AS_OF, registerOf } from '../policy/sample-register';
import { SAMPLE } from '../register/samples';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
  folders.push(folder);
  return folder;
}

/** An assembly on disk, read back, with the register that it was made from. */
export interface Sample {
  readonly folder: string;
  readonly register: Register;
  readonly asOf: IsoDate;
  readonly stacks: readonly AssemblyStack[];
  /** The operator’s own. */
  readonly zone: AssemblyStack;
  /** Those in organisations’ accounts. */
  readonly organisations: readonly AssemblyStack[];
  /** The main stack of an organisation. */
  stackOf(organisation: string): AssemblyStack;
}

/** How to synthesise, where it is not the sample as of the usual day without checks. */
export interface SampleSettings {
  readonly files?: readonly RegisterFile[];
  readonly asOf?: IsoDate;
  readonly folder?: string;
  /** Whether the rule packs and the other checks run as well. */
  readonly checks?: boolean;
}

/**
 * Synthesises a register and reads the result back. The same files are synthesised once for each day in a run of the tests,
 * with checks and without, and given as a copy of one’s own; into a folder of the caller’s they are synthesised as they are.
 */
export function synthesised(settings: SampleSettings = {}): Sample {
  const { files = SAMPLE, asOf = AS_OF, folder = temporaryFolder(), checks = false } = settings;
  const register = registerOf(files, asOf);
  if (settings.folder === undefined)
    cpSync(shared(files, register, asOf, checks), folder, { recursive: true });
  else make(folder, register, asOf, checks);
  const stacks = openAssembly(folder).stacks;
  const zone = stacks.find(({ name }) => name === 'Zone');
  if (zone === undefined) throw new Error('there is no stack of the zone');
  return {
    folder,
    register,
    asOf,
    stacks,
    zone,
    organisations: stacks.filter(({ name }) => name.startsWith('Organisation-')),
    stackOf: (organisation) => {
      const stack = stacks.find(({ name }) => name === `Organisation-${organisation}`);
      if (stack === undefined) throw new Error(`there is no stack of ${organisation}`);
      return stack;
    },
  };
}

let folderOfSample: string | undefined;

/** The folder of the sample’s assembly, one for each file of tests: for those that read it, or copy what they edit. */
export function sampleFolder(): string {
  folderOfSample ??= synthesised().folder;
  return folderOfSample;
}

/** The folder of an assembly that all test files of a run share. */
function shared(files: readonly RegisterFile[], register: Register, asOf: IsoDate, checks: boolean): string {
  const content = createHash('sha256');
  for (const { path, bytes } of files) content.update(`${path} ${bytes.length}\0`).update(bytes);
  const name = `assembly-${asOf}-${checks}-${content.digest('hex')}`;
  const shared = join(process.env.CONCORDAT_TEST_RUN ?? temporaryFolder(), name);
  if (existsSync(shared)) return shared;
  const own = temporaryFolder();
  make(own, register, asOf, checks);
  try {
    renameSync(own, shared);
  } catch (error) {
    // A test file beside this one was there first.
    if (!existsSync(shared)) throw error;
  }
  return shared;
}

function make(folder: string, register: Register, asOf: IsoDate, checks: boolean): void {
  const { makeAssembly } = require('./make-assembly') as typeof import('./make-assembly');
  makeAssembly(folder, register, asOf, checks);
}

/** The resources of one type in a stack. */
export function ofType(stack: AssemblyStack, type: string, within = ''): TemplateResource[] {
  return Object.entries(stack.resources)
    .filter(([id, resource]) => resource.Type === type && id.startsWith(within))
    .map(([, resource]) => resource);
}

/** The one resource of its type in a stack. @param within how its logical id begins, where others of the type are elsewhere */
export function only(stack: AssemblyStack, type: string, within = ''): TemplateResource {
  const [first, ...others] = ofType(stack, type, within);
  if (first === undefined || others.length > 0)
    throw new Error(`${stack.name} has ${first ? 'several' : 'no'} resources of type ${type}`);
  return first;
}

/** The keys of a stack that encrypt shared data: one, or none where the organisation brought its own. */
export function sharedDataKeys(stack: AssemblyStack): TemplateResource[] {
  return ofType(stack, 'AWS::KMS::Key').filter(({ Properties }) =>
    JSON.stringify(Properties?.Tags).includes('"concordat:key-purpose","Value":"shared-data"'),
  );
}

/** A file of an assembly as text. */
export function textOf({ folder }: Pick<Sample, 'folder'>, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
