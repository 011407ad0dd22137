/** What functions and layers are made of: the files of their assets. */
import { createHash } from 'node:crypto';
import type { Assembly } from './assembly';
import { assetsOf } from './assets';
import type { Placed } from './grounded';
import { type AssemblyStack, isGroup } from './stack';

/** The files of an asset, as they lie in the assembly. */
export interface MadeContent {
  /** Of the one file; undefined where there are several. */
  readonly text: string | undefined;
  /** Of each file, by its name: the SHA-256 of its name, a zero byte and its text, in hex. */
  readonly digests: ReadonlyMap<string, string>;
  /** What the asset is to be called: the digest of its one file; of several, that of theirs, each in a line, by names. */
  readonly digest: string;
}

const contents = new WeakMap<Assembly['file'], Map<string, MadeContent | undefined>>();

/** What a function or a layer is made of; undefined where that is nothing in the assembly. */
export function contentOf(
  assembly: Assembly,
  stack: AssemblyStack,
  { Code, Content }: Placed['properties'],
): MadeContent | undefined {
  const from = isGroup(Code) ? Code : isGroup(Content) ? Content : undefined;
  const key = from?.S3Key;
  const folder = typeof key === 'string' ? assetsOf(assembly, stack).get(key) : undefined;
  if (folder === undefined) return undefined;
  const known = contents.get(assembly.file) ?? new Map<string, MadeContent | undefined>();
  contents.set(assembly.file, known);
  if (!known.has(folder)) known.set(folder, filesIn(assembly, folder));
  return known.get(folder);
}

function filesIn(assembly: Assembly, folder: string): MadeContent | undefined {
  const paths = assembly.filesBelow(folder);
  const files = paths.map((path) => ({ name: path.slice(folder.length + 1), text: assembly.file(path) }));
  const digests = new Map<string, string>();
  for (const { name, text } of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (text === undefined) return undefined;
    digests.set(name, createHash('sha256').update(name).update('\0').update(text).digest('hex'));
  }
  const [first, ...more] = digests.values();
  if (first === undefined) return undefined;
  const lines = [first, ...more].map((each) => `${each}\n`).join('');
  return {
    text: more.length === 0 ? files[0]?.text : undefined,
    digests,
    digest: more.length === 0 ? first : createHash('sha256').update(lines).digest('hex'),
  };
}
