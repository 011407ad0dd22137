/** The sample register, and changes of it, synthesised into folders that go when the tests of a file are over. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssemblyStack, readAssembly, type TemplateResource } from '../../lib/assembly/assembly';
import { synthApp } from '../../lib/commands/synth-app';
import type { IsoDate } from '../../lib/register/calendar';
import type { RegisterFile } from '../../lib/register/folder';
import type { Register } from '../../lib/register/register';
import { addChecks, synthesise } from '../../lib/stacks/synthesise';
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

/** Synthesises a register and reads the result back. */
export function synthesised(settings: SampleSettings = {}): Sample {
  const { files = SAMPLE, asOf = AS_OF, folder = temporaryFolder(), checks = false } = settings;
  const register = registerOf(files, asOf);
  const app = synthApp(folder);
  if (checks) addChecks(app, register, asOf);
  synthesise(app, register, asOf);
  const stacks = readAssembly(folder);
  const zone = stacks.find(({ name }) => name === 'Zone');
  if (zone === undefined) throw new Error('there is no stack of the zone');
  return {
    folder,
    register,
    asOf,
    stacks,
    zone,
    organisations: stacks.filter((stack) => stack !== zone),
    stackOf: (organisation) => {
      const stack = stacks.find(({ name }) => name === `Organisation-${organisation}`);
      if (stack === undefined) throw new Error(`there is no stack of ${organisation}`);
      return stack;
    },
  };
}

/** The resources of one type in a stack. */
export function ofType(stack: AssemblyStack, type: string): TemplateResource[] {
  return Object.values(stack.resources).filter((resource) => resource.Type === type);
}

/** The one resource of its type in a stack. */
export function only(stack: AssemblyStack, type: string): TemplateResource {
  const [first, ...others] = ofType(stack, type);
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
