/** Reads a cloud assembly back from its folder, knowing nothing of how it was made. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource as a template gives it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

/** One stack of an assembly. */
export interface AssemblyStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The template’s file, relative to the assembly. */
  readonly file: string;
  readonly bytes: number;
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

/** A folder is not a cloud assembly, or a part of it cannot be read. The message names the file and what to do. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}

interface ManifestArtifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
}

/** Where a stack goes, and where its template is. */
export type ListedStack = Pick<AssemblyStack, 'name' | 'account' | 'region' | 'file'>;

/**
 * Lists every stack of a cloud assembly, in the order of their names.
 * @throws AssemblyError if the folder holds no assembly, or its manifest is not JSON
 */
export function listStacks(folder: string): ListedStack[] {
  const { artifacts } = readJson<{ artifacts?: Record<string, ManifestArtifact> }>(
    folder,
    'manifest.json',
  ).value;
  const stacks = Object.entries(artifacts ?? {}).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  return stacks
    .map(([id, { environment, properties }]) => {
      const [account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '')?.slice(1) ?? [];
      const file = properties?.templateFile;
      if (file === undefined || account === undefined || region === undefined) {
        throw new AssemblyError(
          `manifest.json in ${folder} does not say where stack ${id} goes: synthesise it again`,
        );
      }
      return { name: properties?.stackName ?? id, account, region, file };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Reads every stack of a cloud assembly, in the order of their names.
 * @throws AssemblyError if the folder holds no assembly, or a file of it is missing or is not JSON
 */
export function readAssembly(folder: string): AssemblyStack[] {
  return listStacks(folder).map((stack) => {
    const { value, bytes } = readJson<{ Resources?: Record<string, TemplateResource> }>(folder, stack.file);
    return { ...stack, bytes, resources: value.Resources ?? {} };
  });
}

/** Reads one JSON file of an assembly, with its size. @throws AssemblyError as above */
export function readJson<T>(folder: string, file: string): { value: T; bytes: number } {
  let text: Buffer;
  try {
    text = readFileSync(join(folder, file));
  } catch {
    throw new AssemblyError(
      `there is no ${file} in ${folder}: name a cloud assembly, such as cdk.out after npm start`,
    );
  }
  return { value: parsed(folder, file, text.toString('utf8')) as T, bytes: text.length };
}

/** What the text of a file of an assembly holds. @throws AssemblyError if it is not JSON */
export function parsed(folder: string, file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AssemblyError(`${file} in ${folder} is not JSON: synthesise the assembly again`);
  }
}
