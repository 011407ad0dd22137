/** A cloud assembly as one value: read once from its folder, and passed on to all that ask about it. */
import { posix, resolve } from 'node:path';
import { settleFolder } from '../disk';
import { ORIGIN_FILE, type Origin } from '../wire';
import { assetsOf } from './assets';
import { type Held, heldConditions } from './closed/conditions';
import { AssemblyError } from './errors';
import { AssemblyFiles, digestOf, type FileDigest, type StillToWrite } from './files';
import { isBesideTemplates, MANIFEST_FILE, REPORT_FILE } from './layout';
import {
  type Deployers,
  deployersOf,
  type Manifest,
  manifestOf,
  type StackArtifact,
  stackArtifacts,
} from './manifest';
import { originOf } from './origin';
import {
  demandedIn,
  jsonIn,
  passParsedOn,
  type Readable,
  templateIn,
  whileSharingTexts,
} from './parsed-files';
import type { AssemblyStack } from './stack';

/**
 * A cloud assembly. Manifest and templates are read when it is opened, every other file when it is first asked for, and
 * none twice. What is derived from it (resolved resources, compiled policies) is remembered by the objects it is derived
 * from; so a copy with another stack or another file in it is as if the folder had been so.
 */
export interface Assembly extends Readable {
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
  passParsedOn(source.file, file, (name) => texts.has(name));
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
      passParsedOn(assembly.file, access.file, isLater);
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
  const about = { folder, file: access.file };
  const { manifest, artifacts, stacks } = whileSharingTexts(about.file, () => stacksIn(about, files));
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

function stacksIn(about: Readable, files: Files) {
  const manifest = manifestOf(demandedIn(about, MANIFEST_FILE), MANIFEST_FILE, about.folder);
  const artifacts = stackArtifacts(manifest);
  const stacks = artifacts
    .map((artifact) => stackOf(artifact, about, files))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { manifest, artifacts, stacks };
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
