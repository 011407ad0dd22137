/** What checks are made of: going through resources, saying what was seen, and pointing at it. */
import { MANIFEST_FILE } from '../assembly';
import { listedOr } from '../words';
import type { JudgedAssembly, JudgedResource, JudgedStack, Judgement } from './check';

/** Steps into a JSON value. */
export type Path = readonly (string | number)[];

/** What a check makes of one resource, before it is known where that is. The path starts at the resource. */
export interface Verdict {
  readonly outcome: Judgement['outcome'];
  readonly saw: string;
  readonly at: Path;
}

/** It holds. */
export function pass(saw: string, ...at: Path): Verdict {
  return { outcome: 'pass', saw, at };
}

/** It does not hold. */
export function fail(saw: string, ...at: Path): Verdict {
  return { outcome: 'fail', saw, at };
}

/** It is not asked of this. */
export function notAsked(saw: string, ...at: Path): Verdict {
  return { outcome: 'not applicable', saw, at };
}

/** One of two verdicts on the same thing. */
export function holds(yes: boolean, good: string, bad: string, ...at: Path): Verdict {
  return yes ? pass(good, ...at) : fail(bad, ...at);
}

/** A resource, and where it stands. */
export interface Seen {
  readonly stack: JudgedStack;
  readonly resource: JudgedResource;
  readonly assembly: JudgedAssembly;
}

/**
 * Judges each resource of some types.
 * @param none why there is nothing to judge, where an assembly has no such resource
 */
export function eachOf(
  types: readonly string[],
  look: (seen: Seen) => Verdict | readonly Verdict[],
  none: string,
): (assembly: JudgedAssembly) => readonly Judgement[] {
  return (assembly) => {
    const judgements: Judgement[] = [];
    for (const seen of resourcesOf(assembly, types)) {
      const found = look(seen);
      if ('outcome' in found) judgements.push(onResource(seen, found));
      else for (const verdict of found) judgements.push(onResource(seen, verdict));
    }
    return judgements.length > 0 ? judgements : [onManifest(assembly, notAsked(none, 'artifacts'))];
  };
}

/** Every resource of some types, in the order of stacks and templates. */
export function resourcesOf(assembly: JudgedAssembly, types: readonly string[]): readonly Seen[] {
  const index = indexOf(assembly);
  const found = types.flatMap((type) => index.get(type) ?? []);
  return types.length === 1
    ? found
    : found.sort((a, b) => (a.stack.file < b.stack.file ? -1 : a.stack.file > b.stack.file ? 1 : 0));
}

/** Every resource of some types in one stack. */
export function inStack({ stack, assembly }: Pick<Seen, 'stack' | 'assembly'>, type: string): Seen[] {
  let types = typesIn.get(stack);
  if (types === undefined) {
    types = new Map();
    for (const resource of stack.resources) {
      const others = types.get(resource.type);
      if (others) others.push(resource);
      else types.set(resource.type, [resource]);
    }
    typesIn.set(stack, types);
  }
  return (types.get(type) ?? []).map((resource) => ({ stack, assembly, resource }));
}

const typesIn = new WeakMap<JudgedStack, Map<string, JudgedResource[]>>();

const indexes = new WeakMap<JudgedAssembly, ReadonlyMap<string, readonly Seen[]>>();

function indexOf(assembly: JudgedAssembly): ReadonlyMap<string, readonly Seen[]> {
  const known = indexes.get(assembly);
  if (known) return known;
  const index = new Map<string, Seen[]>();
  for (const stack of assembly.stacks)
    for (const resource of stack.resources) {
      const seen = { stack, resource, assembly };
      const others = index.get(resource.type);
      if (others) others.push(seen);
      else index.set(resource.type, [seen]);
    }
  indexes.set(assembly, index);
  return index;
}

/** A verdict on a resource, with its place. */
export function onResource({ stack, resource, assembly }: Seen, { outcome, saw, at }: Verdict): Judgement {
  const { logicalId, register } = resource;
  const once = onceIn(assembly);
  return {
    outcome,
    file: stack.file,
    pointer: once(pointerTo(stack.template, ['Resources', logicalId, ...at])),
    resource: placeOf(resource),
    saw: once(saw),
    ...(register !== undefined && { register }),
  };
}

const places = new WeakMap<JudgedResource, NonNullable<Judgement['resource']>>();

/** Where a resource is, the same for all that is said of it: of 400 organisations there are 130,000 judgements. */
function placeOf(resource: JudgedResource): NonNullable<Judgement['resource']> {
  let place = places.get(resource);
  if (place === undefined) {
    const { logicalId, type, constructPath } = resource;
    place = { logicalId, type, ...(constructPath !== undefined && { constructPath }) };
    places.set(resource, place);
  }
  return place;
}

const texts = new WeakMap<JudgedAssembly, Map<string, string>>();

/** Keeps each text once: what is seen, and where, is alike in every organisation. */
function onceIn(assembly: JudgedAssembly): (text: string) => string {
  let known = texts.get(assembly);
  if (known === undefined) {
    known = new Map();
    texts.set(assembly, known);
  }
  const kept = known;
  return (text) => {
    const same = kept.get(text);
    if (same !== undefined) return same;
    kept.set(text, text);
    return text;
  };
}

/** A verdict on a whole template. */
export function onStack(stack: JudgedStack, { outcome, saw, at }: Verdict): Judgement {
  return { outcome, file: stack.file, pointer: pointerTo(stack.template, at), saw };
}

/** A verdict on the manifest. */
export function onManifest({ manifest }: JudgedAssembly, { outcome, saw, at }: Verdict): Judgement {
  return { outcome, file: MANIFEST_FILE, pointer: pointerTo(manifest, at), saw };
}

/** A verdict on another file of the assembly. */
export function onFile({ files }: JudgedAssembly, file: string, { outcome, saw, at }: Verdict): Judgement {
  return { outcome, file, pointer: pointerTo(files.get(file), at), saw };
}

/** A pointer (RFC 6901) to the end of a path, or to the last step of it that is there. */
function pointerTo(root: unknown, path: Path): string {
  let here = root;
  let pointer = '';
  for (const step of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, step)) break;
    here = (here as Record<string | number, unknown>)[step];
    pointer += `/${escaped(step)}`;
  }
  return pointer;
}

function escaped(step: string | number): string {
  if (typeof step === 'number' || !/[~/]/.test(step)) return String(step);
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What lies at the end of a path; undefined where a step is missing. */
export function valueAt(root: unknown, ...path: Path): unknown {
  let here = root;
  for (const step of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** A text, or a list of texts, as a list. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The members of a list; none where there is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Names for a sentence: `a, b and c`; `none` where there are none. */
export function listed(names: Iterable<string>): string {
  return listedOr('none', [...names]);
}
