/** The sample register, and changes of it, synthesised into folders that go when the tests of a file are over. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assembly, type AssemblyStack, openAssembly, type TemplateResource } from '../../lib/assembly';
import type { IsoDate } from '../../lib/register/calendar';
import type { RegisterFile } from '../../lib/register/folder';
import type { Register } from '../../lib/register/register';
import { AS_OF } from '../policy/sample-register';
import { SAMPLE } from '../register/samples';
import { keptAssembly, keptRegister, make } from './kept-assemblies';

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

/** An assembly on disk, read back, with the register that it was made from. Its templates are not to be changed in place. */
export interface Sample {
  readonly folder: string;
  readonly register: Register;
  readonly asOf: IsoDate;
  readonly assembly: Assembly;
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
  /** To synthesise into. */
  readonly folder?: string;
  /** Whether the folder is a copy of the caller’s own, in which files may be changed. */
  readonly own?: boolean;
  /** Whether the rule packs and the other checks run as well. */
  readonly checks?: boolean;
}

/**
 * Synthesises a register and reads the result back. The same files are synthesised once for each day in a run of the tests,
 * with checks and without; into a folder of the caller’s they are synthesised as they are.
 */
export function synthesised(settings: SampleSettings = {}): Sample {
  const { files = SAMPLE, asOf = AS_OF, checks = false, own = false } = settings;
  if (settings.folder !== undefined) {
    const register = keptRegister(files, asOf);
    make(settings.folder, register, asOf, checks);
    return sampleOf(register, asOf, openAssembly(settings.folder));
  }
  const { register, assembly } = keptAssembly(files, asOf, checks);
  if (!own) return sampleOf(register, asOf, assembly);
  const folder = temporaryFolder();
  cpSync(assembly.folder, folder, { recursive: true });
  return sampleOf(register, asOf, openAssembly(folder));
}

function sampleOf(register: Register, asOf: IsoDate, assembly: Assembly): Sample {
  const { folder, stacks } = assembly;
  const zone = stacks.find(({ name }) => name === 'Zone');
  if (zone === undefined) throw new Error('there is no stack of the zone');
  return {
    folder,
    register,
    asOf,
    assembly,
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

/** The folder of the sample’s assembly: for those that read it, or copy what they edit. */
export function sampleFolder(): string {
  return synthesised().folder;
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
