/** A cloud assembly as one value: read once from its folder, and passed on to all that ask about it. */
import { posix, resolve } from 'node:path';
import { settleFolder } from '../disk';
import { ORIGIN_FILE, type Origin } from '../wire';
import { type Held, heldConditions } from './closed/conditions';
import { AssemblyError } from './errors';
import { AssemblyFiles, digestOf, type FileDigest, type StillToWrite } from './files';
import { besideTemplate, isBesideTemplates, MANIFEST_FILE, REPORT_FILE } from './layout';
import {
  type AssetManifest,
  assetManifestOf,
  type Deployers,
  deployersOf,
  type Manifest,
  manifestOf,
  type StackArtifact,
  stackArtifacts,
} from './manifest';
import { originOf } from './origin';
import { SharedTexts } from './shared-texts';
import { type AssemblyStack, isGroup, isTemplate, type Template } from './stack';

/**
 * A cloud assembly. Manifest and templates are read when it is opened, every other file when it is first asked for, and
 * none twice. What is derived from it (resolved resources, compiled policies) is remembered by the objects it is derived
 * from; so a copy with another stack or another file in it is as if the folder had been so.
 */
export interface Assembly {
  /** The folder, for messages. */
  readonly folder: string;
  /** Whether a synth is still writing it: construct paths and the validation report are not to be read then. */
  readonly underWay: boolean;
  readonly manifest: Manifest;
  /** In the order of their names. */
  readonly stacks: readonly AssemblyStack[];
  /** What a stack’s template says of itself, by the stack’s name. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** The roles that deploy a stack, by the stack’s name. */
  readonly deployers: ReadonlyMap<string, Deployers>;
  /** The day that the assembly was made for, and the digest of the register; absent in an assembly of another making. */
  readonly origin: Origin | undefined;
  /** The text of the asset under this name in S3, if the stack has it and it holds such a file. */
  readonly assetFile: (stack: AssemblyStack, s3Key: string, file: string) => string | undefined;
  /** The text of a file, if there is one. @throws AssemblyError if it is there and cannot be read */
  readonly file: (name: string) => string | undefined;
  /** What names the content of a file. @throws AssemblyError if it is not there, or cannot be read */
  readonly digest: (name: string) => FileDigest;
  /** The names of files in the folder itself. */
  readonly names: () => readonly string[];
  /** Every file of an asset, by its path. */
  readonly filesBelow: (path: string) => readonly string[];
}

/**
 * Opens the assembly in a folder.
 * @param templates ‘let go’ where nothing asks for the text of a template once it is parsed: it would be read again
 * @throws AssemblyError if the folder holds no assembly, or the manifest or a template cannot be read
 */
export function openAssembly(folder: string, templates: 'kept' | 'let go' = 'kept'): Assembly {
  settleFolder(resolve(folder));
  const files = new AssemblyFiles(folder, templates);
  return assemblyOf(files, {
    underWay: false,
    file: (name) => files.text(name),
    names: () => files.names(),
  });
}

/**
 * The assembly that would be opened if these of its files held other texts. Of all others, what was read and parsed is shared.
 * @throws AssemblyError as above
 * @internal Only tests import it.
 */
export function reopenedWith(source: Assembly, texts: ReadonlyMap<string, string>): Assembly {
  const file = (name: string) => texts.get(name) ?? source.file(name);
  const parsedBefore = [...(parsedFiles.get(source.file) ?? [])];
  parsedFiles.set(file, new Map(parsedBefore.filter(([name]) => !texts.has(name))));
  const files = {
    folder: source.folder,
    digest: (name: string) => {
      const text = texts.get(name);
      return text === undefined ? source.digest(name) : digestOf(Buffer.from(text));
    },
    below: source.filesBelow,
  };
  const opened = assemblyOf(files, { underWay: false, file, names: source.names });
  if (texts.has(MANIFEST_FILE)) return opened;
  // What was derived from a stack is remembered by it.
  const known = new Map(source.stacks.map((each) => [each.name, each]));
  return {
    ...opened,
    stacks: opened.stacks.map((each) => (texts.has(each.file) ? each : (known.get(each.name) ?? each))),
  };
}

/** An assembly that a synth is still writing. */
export interface AssemblyUnderWay {
  /** As it will be, without the validation report. */
  readonly assembly: Assembly;
  /**
   * The same once all is written: manifest and templates, which stay as they are, are not read again.
   * Takes the folder, where it has been moved to another place.
   */
  readonly whenWritten: (folder?: string) => Assembly;
}

/**
 * Opens an assembly whose manifest and templates are written, and the rest is not.
 * @param stillToWrite what will lie beside the templates; the folder may hold that of an earlier synth
 * @throws AssemblyError as above
 */
export function openUnderWay(folder: string, stillToWrite: StillToWrite): AssemblyUnderWay {
  const files = new AssemblyFiles(folder, 'let go');
  const isLater = (name: string) => isBesideTemplates(name) || name === REPORT_FILE;
  const assembly = assemblyOf(files, {
    underWay: true,
    file: (name) => (isLater(name) ? stillToWrite.get(name) : files.text(name)),
    names: () => [...files.names().filter((name) => !isLater(name)), ...stillToWrite.keys()],
  });
  return {
    assembly,
    whenWritten: (place) => {
      const later = files.whenMoreIsWritten(place);
      const access: Access = {
        underWay: false,
        file: (name) => later.text(name),
        names: () => later.names(),
      };
      // What was parsed stays, so that what was derived from it stays too.
      parsedFiles.set(
        access.file,
        new Map([...(parsedFiles.get(assembly.file) ?? [])].filter(([name]) => !isLater(name))),
      );
      const { stacks } = assembly;
      const written = { ...assemblyOf(later, access), stacks };
      wereUnderWay.set(written, assembly);
      return written;
    },
  };
}

const wereUnderWay = new WeakMap<Assembly, Assembly>();

/**
 * The assembly as it was under way, where the same process wrote it: but for construct paths and the validation report, all that
 * was found then holds still. Undefined of any other assembly, and of a copy.
 */
export function underWayOf(written: Assembly): Assembly | undefined {
  return wereUnderWay.get(written);
}

type Access = Pick<Assembly, 'underWay' | 'file' | 'names'>;
type Files = Pick<AssemblyFiles, 'folder' | 'digest' | 'below'>;

function assemblyOf(files: Files, access: Access): Assembly {
  const { folder } = files;
  sharedTexts.set(access.file, new SharedTexts());
  const manifest = manifestOf(demanded({ folder, file: access.file }, MANIFEST_FILE), MANIFEST_FILE, folder);
  const artifacts = stackArtifacts(manifest);
  const stacks = artifacts
    .map((artifact) => stackOf(artifact, { folder, file: access.file }, files))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const about = { folder, file: access.file };
  sharedTexts.delete(access.file);
  return {
    ...access,
    folder,
    manifest,
    stacks,
    descriptions: new Map(
      stacks.map(({ name, file }) => {
        const { Description } = templateIn(about, file);
        return [name, typeof Description === 'string' ? Description : ''];
      }),
    ),
    deployers: new Map(artifacts.map((each) => [each.name, deployersOf(each)])),
    origin: originOf(jsonIn(about, ORIGIN_FILE), folder),
    assetFile: (stack, s3Key, file) => {
      const path = assetsOf(about, stack).get(s3Key);
      return path === undefined ? undefined : access.file(posix.join(path, file));
    },
    digest: (name) => files.digest(name),
    filesBelow: (path) => files.below(path),
  };
}

function stackOf(
  { id, name, environment = '', properties }: StackArtifact,
  about: Readable,
  files: Files,
): AssemblyStack {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  const { templateFile: file } = properties;
  if (file === undefined || account === undefined || region === undefined)
    throw new AssemblyError(
      `${MANIFEST_FILE} in ${about.folder} does not say where stack ${id} goes: synthesise it again`,
    );
  const { Parameters, Conditions, Resources = {} } = templateIn(about, file);
  const stack: AssemblyStack = {
    name,
    account,
    region,
    file,
    bytes: files.digest(file).bytes,
    isInline: properties.stackTemplateAssetObjectUrl === undefined,
    resources: Resources,
    ...(Parameters && { parameters: Parameters }),
  };
  return Conditions === undefined ? stack : withConditions(stack, heldConditions(Conditions, stack));
}

/** What is made on a condition that never holds is not made. */
function withConditions(stack: AssemblyStack, conditions: Held): AssemblyStack {
  const resources = Object.fromEntries(
    Object.entries(stack.resources).filter(
      ([, { Condition }]) => conditions.get(String(Condition)) !== false,
    ),
  );
  return { ...stack, resources, conditions };
}

/** As much of an assembly as it takes to read a file of it. */
type Readable = Pick<Assembly, 'folder' | 'file'>;

const parsedFiles = new WeakMap<Assembly['file'], Map<string, unknown>>();
/** While an assembly is opened and its templates are parsed. */
const sharedTexts = new WeakMap<Assembly['file'], SharedTexts>();

/**
 * What a file of an assembly holds, parsed once; undefined if there is no such file.
 * @throws AssemblyError if it is not JSON, or cannot be read
 */
export function jsonIn({ folder, file }: Readable, name: string): unknown {
  const known = parsedFiles.get(file) ?? new Map<string, unknown>();
  parsedFiles.set(file, known);
  if (known.has(name)) return known.get(name);
  const text = file(name);
  if (text === undefined) return undefined;
  const value = parsed(text, `${name} in ${folder}`);
  known.set(name, sharedTexts.get(file)?.in(value) ?? value);
  return value;
}

/**
 * The same of a file that is looked through and let go of: what was found in it is for the caller to remember.
 * @throws AssemblyError as above
 */
export function jsonOnceIn({ folder, file }: Readable, name: string): unknown {
  const known = parsedFiles.get(file);
  if (known?.has(name)) return known.get(name);
  const text = file(name);
  return text === undefined ? undefined : parsed(text, `${name} in ${folder}`);
}

/** Lets go of what a file holds, once all was found in it: whoever asks again has it read again. */
export function letGoOf({ file }: Readable, name: string): void {
  parsedFiles.get(file)?.delete(name);
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AssemblyError(`${what} is not JSON: synthesise the assembly again`, { cause });
  }
}

function demanded(about: Readable, name: string): unknown {
  const value = jsonIn(about, name);
  if (value !== undefined) return value;
  throw new AssemblyError(
    `there is no ${name} in ${about.folder}: name a cloud assembly, such as cdk.out after npx concordat synth`,
  );
}

/** The whole template of a stack. @throws AssemblyError if it is missing, or is no template */
export function templateIn(about: Readable, file: string): Template {
  const template = demanded(about, file);
  if (isTemplate(template)) return template;
  const rewriting = isGroup(template) ? rewritingIn(template.Resources) : undefined;
  if (rewriting !== undefined)
    throw new AssemblyError(
      `${file} in ${about.folder} has ${rewriting} among its resources, by which CloudFormation makes resources after every check: write them out`,
    );
  throw new AssemblyError(`${file} in ${about.folder} is no template: synthesise the assembly again`);
}

/** What stands among resources and is none. */
function rewritingIn(resources: unknown): string | undefined {
  return isGroup(resources) ? Object.keys(resources).find((key) => key.startsWith('Fn::')) : undefined;
}

const byTemplate = new WeakMap<Manifest, ReadonlyMap<string | undefined, StackArtifact>>();

/** What the manifest says of a stack. */
export function artifactOf(
  { manifest }: Pick<Assembly, 'manifest'>,
  { file }: Pick<AssemblyStack, 'file'>,
): StackArtifact | undefined {
  const known =
    byTemplate.get(manifest) ??
    new Map(stackArtifacts(manifest).map((each) => [each.properties.templateFile, each]));
  byTemplate.set(manifest, known);
  return known.get(file);
}

const assetManifests = new WeakMap<object, AssetManifest>();

/** The manifest of a stack’s assets; one without any where the stack has none. @throws AssemblyError if it cannot be read */
export function assetManifestIn(about: Readable, { file }: Pick<AssemblyStack, 'file'>): AssetManifest {
  return assetManifestNamed(about, besideTemplate(file, 'assets'));
}

/** The manifest of assets in a file; one without any where there is no such file. @throws AssemblyError as above */
export function assetManifestNamed(about: Readable, name: string): AssetManifest {
  const value = jsonIn(about, name);
  if (value === undefined) return { files: {} };
  const known = isGroup(value) ? assetManifests.get(value) : undefined;
  if (known) return known;
  const found = assetManifestOf(value, name, about.folder);
  if (isGroup(value)) assetManifests.set(value, found);
  return found;
}

/** Folders and files of a stack’s assets, by the names that they get in S3. @throws AssemblyError as above */
export function assetsOf(about: Readable, stack: Pick<AssemblyStack, 'file'>): ReadonlyMap<string, string> {
  return new Map(
    Object.values(assetManifestIn(about, stack).files).flatMap(({ source, destinations }) =>
      Object.values(destinations).flatMap(({ objectKey }) =>
        objectKey === undefined || source?.path === undefined ? [] : [[objectKey, source.path] as const],
      ),
    ),
  );
}
