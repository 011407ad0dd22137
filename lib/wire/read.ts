/**
 * Reads what came from elsewhere against its schema: all of it or nothing. Each fault is reported with its place, what was
 * found, what is allowed and how to fix it.
 */
import * as z from 'zod/mini';

/** What a schema describes, read-only. */
export type Read<Schema extends z.ZodMiniType> = Frozen<z.output<Schema>>;

type Frozen<T> = T extends Uint8Array
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

type Path = readonly PropertyKey[];

/** A kind of file or message. */
export interface Kind<Schema extends z.ZodMiniType> {
  readonly schema: Schema;
  /** What people call it: `the list of grants`. */
  readonly name: string;
  /** How to fix what is wrong at a place in it; the empty path is the whole. */
  readonly fix: (path: Path, code?: z.core.$ZodIssue['code']) => string;
  /** The most bytes of its text, and what to do where it has more. */
  readonly most?: { readonly bytes: number; readonly fix: string };
  /** What people call a place in it; its path in the whole where nothing is given. */
  readonly place?: (path: Path, value: unknown) => string;
  /** The error to throw. */
  readonly error?: new (
    problems: readonly string[],
  ) => WireError;
}

/** The most problems in the message of an error; `problems` holds all. */
const MOST_TOLD = 20;

/** What was read is not what it must be; nothing of it was taken. Every fault is in `problems`, each as one sentence. */
export class WireError extends Error {
  override readonly name: string = 'WireError';
  constructor(readonly problems: readonly string[]) {
    const more = problems.length - MOST_TOLD;
    super([...problems.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
  }
}

/** Reads a text of JSON. @throws WireError, or the error of the kind, with every problem */
export function readText<Schema extends z.ZodMiniType>(kind: Kind<Schema>, text: string): Read<Schema> {
  const { name, fix, most } = kind;
  const bytes = new TextEncoder().encode(text).length;
  if (most !== undefined && bytes > most.bytes)
    throw failure(kind, [`${name} is ${bytes} bytes, at most ${most.bytes} are read. ${most.fix}`]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // It quotes the text, with its line ends.
    const why = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
    throw failure(kind, [`${name} is not JSON: ${why}. ${fix([])}`]);
  }
  return readValue(kind, value);
}

/** Reads a value that was JSON. @throws WireError, or the error of the kind, with every problem */
export function readValue<Schema extends z.ZodMiniType>(kind: Kind<Schema>, value: unknown): Read<Schema> {
  const result = kind.schema.safeParse(value, { error: allowedWithoutWords });
  if (!result.success)
    throw failure(
      kind,
      result.error.issues.map((issue) => sentenceOf(issue, kind, value)),
    );
  // The same values, made read-only in the type alone.
  return result.data as Read<Schema>;
}

/** Tells what is wrong at a path, in words that fit after the place; and the fix, where it is another than that of the kind. */
export type Tell = (path: PropertyKey[], message: string, fix?: string) => void;

/**
 * A check that parts of a value fit together. It runs even where a text in it is not of its form, so that all problems are
 * told at once; but not where a part is of another type altogether, for then there is nothing to compare.
 */
export function fitsTogether<T>(check: (value: T, tell: Tell) => void) {
  return z.superRefine<T>(
    (value, { addIssue }) =>
      check(value, (path, message, fix) => addIssue({ code: 'custom', path, message, params: { fix } })),
    { when: ({ issues }) => issues.every((each) => each.code !== 'invalid_type' && each.continue !== false) },
  );
}

/** `agreements[0].shares[1].from`. */
export function pathOf(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

/** The value at a path, or undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
    value,
  );
}

function failure<Schema extends z.ZodMiniType>(
  { error: Failure = WireError }: Kind<Schema>,
  problems: readonly string[],
): WireError {
  return new Failure(problems);
}

function sentenceOf<Schema extends z.ZodMiniType>(
  { path, message, ...issue }: z.core.$ZodIssue,
  { name, fix, place = (at) => `${pathOf(at)} of ${name}` }: Kind<Schema>,
  value: unknown,
): string {
  const where = path.length === 0 ? name : place(path, value);
  const mend = fix(path, issue.code);
  switch (issue.code) {
    case 'custom':
      return `${where} ${message}. ${typeof issue.params?.fix === 'string' ? issue.params.fix : mend}`;
    case 'unrecognized_keys':
      return `${where} has the unknown field ${issue.keys.join(', ').slice(0, 100)}. ${mend}`;
    default:
      return `${where} is ${shown(valueAt(value, path))}, it must be ${message}. ${mend}`;
  }
}

/** What is allowed, where the schema has no words of its own for it. */
function allowedWithoutWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return NAMES_OF_TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return oneOf(issue.options);
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    default:
      return 'of its form';
  }
}

function oneOf(options: unknown): string {
  return Array.isArray(options) ? options.map((each) => `'${String(each)}'`).join(' or ') : 'of its form';
}

const NAMES_OF_TYPES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
};

/** What was found, in few characters. */
function shown(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 100);
}
