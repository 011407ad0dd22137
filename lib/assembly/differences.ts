/** What differs, byte for byte, between an assembly and the one that the same register makes. */
import type { Assembly } from './assembly';
import { templateOfFile } from './layout';
import { jsonIn } from './parsed-files';
import { isGroup } from './stack';

/** A value of a JSON file; undefined where nothing stands there. */
export type Held = unknown;

/** One difference. */
export type Difference =
  | {
      /** A value of a file of JSON: a template’s resource, an entry of the manifest, and so on. */
      readonly kind: 'value';
      readonly file: string;
      /** The stack, where the file is its template. */
      readonly stack?: string;
      /** The resource, where it is in one. */
      readonly resource?: { readonly id: string; readonly type: string };
      /** Where in the resource, or else in the file. */
      readonly path: readonly string[];
      readonly here: Held;
      readonly made: Held;
    }
  /** The file says the same in other bytes. */
  | { readonly kind: 'written-otherwise'; readonly file: string }
  /** A file that is not JSON has other content. */
  | { readonly kind: 'content'; readonly file: string; readonly here: string; readonly made: string }
  /** The file is not made. */
  | { readonly kind: 'added'; readonly file: string }
  /** The file is made, and is not here. */
  | { readonly kind: 'missing'; readonly file: string };

/**
 * Every difference: of templates first, since others follow from them, and by the files’ names. Files are compared by their
 * content, never by what their names say of it.
 * @throws AssemblyError if a file cannot be read
 */
export function differencesOf(here: Assembly, made: Assembly): Difference[] {
  const [ours, theirs] = [new Set(here.filesBelow('')), new Set(made.filesBelow(''))];
  return [...new Set([...ours, ...theirs])].sort(templatesFirst).flatMap((file): Difference[] => {
    if (!theirs.has(file)) return [{ kind: 'added', file }];
    if (!ours.has(file)) return [{ kind: 'missing', file }];
    return inFile(file, here, made);
  });
}

function templatesFirst(a: string, b: string): number {
  const rank = (file: string) => (templateOfFile(file) === file ? 0 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function inFile(file: string, here: Assembly, made: Assembly): Difference[] {
  const [ours, theirs] = [here.digest(file).sha256, made.digest(file).sha256];
  if (ours === theirs) return [];
  if (!file.endsWith('.json') || file.includes('/'))
    return [{ kind: 'content', file, here: ours, made: theirs }];
  const [held, wanted] = [jsonIn(here, file), jsonIn(made, file)];
  const stack = stackOf(made, file);
  const found = valuesThatDiffer(held, wanted).map(
    ({ path, ...values }): Difference => ({
      kind: 'value',
      file,
      ...stack,
      ...placed(path, held, wanted, stack),
      ...values,
    }),
  );
  return found.length > 0 ? found : [{ kind: 'written-otherwise', file }];
}

/** The stack whose template a file is. */
function stackOf({ stacks }: Assembly, file: string): { readonly stack?: string } {
  const found = templateOfFile(file) === file ? stacks.find((each) => each.file === file) : undefined;
  return found === undefined ? {} : { stack: found.name };
}

/** A place in a template is told by its resource. */
function placed(path: readonly string[], held: Held, wanted: Held, stack: { readonly stack?: string }) {
  const [section, id, ...rest] = path;
  if (stack.stack === undefined || section !== 'Resources' || id === undefined) return { path };
  return { resource: { id, type: typeAt(id, held) ?? typeAt(id, wanted) ?? 'no type' }, path: rest };
}

function typeAt(id: string, template: Held): string | undefined {
  const resources = isGroup(template) ? template.Resources : undefined;
  const resource = isGroup(resources) ? resources[id] : undefined;
  return isGroup(resource) && typeof resource.Type === 'string' ? resource.Type : undefined;
}

interface ValueDifference {
  readonly path: readonly string[];
  readonly here: Held;
  readonly made: Held;
}

/** The innermost values that differ. Lists of one length are compared item by item, others as a whole. */
function valuesThatDiffer(here: Held, made: Held, path: readonly string[] = []): ValueDifference[] {
  if (Array.isArray(here) && Array.isArray(made) && here.length === made.length)
    return here.flatMap((item, index) => valuesThatDiffer(item, made[index], [...path, String(index)]));
  if (isGroup(here) && isGroup(made)) {
    const keys = [...new Set([...Object.keys(here), ...Object.keys(made)])];
    return keys.flatMap((key) => valuesThatDiffer(held(here, key), held(made, key), [...path, key]));
  }
  return JSON.stringify(here) === JSON.stringify(made) ? [] : [{ path, here, made }];
}

/** JSON may name a property like one that every object has. */
function held(group: Readonly<Record<string, unknown>>, key: string): Held {
  return Object.hasOwn(group, key) ? group[key] : undefined;
}
