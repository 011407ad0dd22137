/** Reads a cloud assembly as the checks of the public-sector pack judge it. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AssemblyError,
  type AssemblyStack,
  type ListedStack,
  listStacks,
  parsed,
  readJson,
  type TemplateResource,
} from '../assembly/assembly';
import { resolved } from '../assembly/resolve';
import { keyArnToBe } from '../assembly/world-values';
import type { JudgedAssembly, JudgedResource, JudgedStack } from './check';

/** Files of an assembly that are written only after the checks have run at synth, by name, as text. */
export type StillToWrite = ReadonlyMap<string, string>;

/** Other files that checks read, where they are there. */
const BESIDE_TEMPLATES = /^(?:concordat|register|validation-report|key-policy-.+)\.json$/;

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the assembly in a folder.
 * @param stillToWrite at synth, what will lie beside the templates; the folder may hold that of an earlier synth
 * @throws AssemblyError if a file is missing or is not JSON
 */
export function readJudged(folder: string, stillToWrite?: StillToWrite): JudgedAssembly {
  const json = (file: string) => readJson<unknown>(folder, file).value;
  const files = new Map<string, unknown>(
    stillToWrite === undefined
      ? readdirSync(folder)
          .filter((file) => BESIDE_TEMPLATES.test(file))
          .map((file) => [file, json(file)])
      : [...stillToWrite].map(([file, text]) => [file, JSON.parse(text)]),
  );
  const manifest = json('manifest.json') as { artifacts?: Record<string, Json> };
  const stacks = listStacks(folder).map((stack) => {
    const optional = (ending: string) => {
      const file = stack.file.replace(/\.template\.json$/, ending);
      return existsSync(join(folder, file)) ? (json(file) as Json) : {};
    };
    const assets = assetsIn(optional('.assets.json'));
    for (const path of assets.values()) {
      const list = join(path, 'grants.json');
      if (!files.has(list) && existsSync(join(folder, list))) files.set(list, json(list));
    }
    const bytes = readFileSync(join(folder, stack.file));
    const text = bytes.toString('utf8');
    return judgedStack(stack, {
      manifest,
      assets,
      template: parsed(folder, stack.file, text) as Json,
      text,
      // At synth the constructs themselves are at hand; their paths in files take as long to read as the templates.
      paths: stillToWrite === undefined ? constructPaths(optional('.metadata.json')) : new Map(),
      sha256: createHash('sha256')
        .update(readFileSync(join(folder, stack.file)))
        .digest('hex'),
    });
  });
  const register = files.get('register.json') as JudgedAssembly['register'] | undefined;
  const origin = files.get('concordat.json') as { asOf?: string } | undefined;
  if (register === undefined || typeof origin?.asOf !== 'string')
    throw new AssemblyError(
      `${folder} has no register.json with concordat.json: synthesise it with npx concordat synth`,
    );
  return {
    asOf: origin.asOf,
    register,
    stacks,
    files,
    manifest,
    underWay: stillToWrite !== undefined,
  };
}

/** What is known of a stack besides its resources. */
export interface StackFacts {
  readonly manifest: { readonly artifacts?: Readonly<Record<string, Json>> };
  readonly assets: JudgedStack['assets'];
  readonly template: Json;
  /** Construct paths by logical id. */
  readonly paths: ReadonlyMap<string, string>;
  readonly text: string;
  readonly sha256: string;
}

/** A stack with its functions replaced. */
export function judgedStack(
  stack: ListedStack,
  { manifest, assets, template, paths, text, sha256 }: StackFacts,
): JudgedStack {
  const raw = (template.Resources ?? {}) as Readonly<Record<string, TemplateResource & Json>>;
  const whole = { ...stack, bytes: 0, resources: raw };
  const [artifact = stack.name, { properties = {} } = {}] =
    Object.entries(manifest.artifacts ?? {}).find(
      ([, { properties: of }]) => (of as Json | undefined)?.templateFile === stack.file,
    ) ?? [];
  return {
    ...stack,
    artifact,
    terminationProtection: (properties as Json).terminationProtection === true,
    assets,
    template,
    text,
    sha256,
    resources: Object.entries(raw).map(([logicalId, resource]): JudgedResource => {
      const { source } = (resource.Metadata?.Concordat ?? {}) as { source?: unknown };
      const constructPath = paths.get(logicalId);
      return {
        logicalId,
        type: resource.Type,
        template: resource,
        properties: grounded(resource.Properties ?? {}, whole) as Json,
        ...(constructPath !== undefined && { constructPath }),
        ...(typeof source === 'string' && { register: `register/${source}` }),
      };
    }),
  };
}

/** With functions replaced, and each key that is still to be made by its one ARN. What holds none is shared, not copied. */
function grounded(value: unknown, stack: AssemblyStack): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const members = value.map((each) => grounded(each, stack));
    return members.some((each, index) => each !== value[index]) ? members : value;
  }
  const entries = Object.entries(value);
  const [name = ''] = entries[0] ?? [];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::')))
    return withKeys(resolved(value, stack), stack);
  let changed = false;
  const members = entries.map(([key, each]) => {
    const member = grounded(each, stack);
    changed ||= member !== each;
    return [key, member] as const;
  });
  return changed ? Object.fromEntries(members) : value;
}

function withKeys(value: unknown, stack: AssemblyStack): unknown {
  return typeof value === 'string'
    ? value.replace(/\$\{([A-Za-z0-9]+)\.Arn\}/g, (text, id: string) =>
        stack.resources[id]?.Type === 'AWS::KMS::Key' ? keyArnToBe(stack, id) : text,
      )
    : value;
}

/** Construct paths by logical id, from a stack’s metadata file. */
function constructPaths(metadata: Json): Map<string, string> {
  return new Map(
    Object.entries(metadata).flatMap(([path, entries]) =>
      (entries as readonly { readonly type: string; readonly data: unknown }[])
        .filter(({ type }) => type === 'aws:cdk:logicalId')
        .map(({ data }) => [String(data), path.replace(/^\//, '')] as const),
    ),
  );
}

/** Folders and files of assets by the names that they get in S3. */
function assetsIn(manifest: Json): Map<string, string> {
  const files = Object.values((manifest.files ?? {}) as Record<string, Json>);
  return new Map(
    files.flatMap(({ source, destinations }) =>
      Object.values((destinations ?? {}) as Record<string, { objectKey?: string }>).flatMap(
        ({ objectKey }) => {
          const { path } = source as { path?: string };
          return objectKey === undefined || path === undefined ? [] : [[objectKey, path] as const];
        },
      ),
    ),
  );
}
