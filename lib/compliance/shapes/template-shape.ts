/**
 * The shape of a template: what is left of it when names give way to what they are names of. It comes in parts, one for each
 * type of resource: the resources of that type, with all that they refer to and all that refers to them. A rule that looks at a
 * resource, at its references either way and at others of its type finds the same in each template that has the same part, so a
 * part is judged once, in any one template.
 *
 * Three things are kept, since rules look at them: which names in a resource are the same, whether names in resources of one
 * kind differ, and every character of whatever is not a known name. What is not kept is how long a name is and how often a
 * resource recurs beyond twice; extremes.ts gives templates that have each name at its longest and at its shortest.
 */
import { hash } from 'node:crypto';
import { joined, type NameKind, type NameMask, type Names, type Piece } from './name-mask';

/** A template as JSON gives it. */
export interface ShapedTemplate {
  readonly Resources?: Readonly<Record<string, ShapedResource>>;
  readonly [section: string]: unknown;
}

interface ShapedResource {
  readonly Type?: unknown;
  readonly [attribute: string]: unknown;
}

/** The shape of a template. */
export interface Shape {
  /** Its parts by the type of resource; the part of what is no resource has no name. */
  readonly parts: ReadonlyMap<string, string>;
  /** For each resource, by its logical id, a label: equal where the resources are, with what they refer to and what refers to them. */
  readonly labels: ReadonlyMap<string, string>;
  /** For each resource, by its logical id, those that it refers to or waits for. */
  readonly references: ReadonlyMap<string, readonly string[]>;
  /** The names that stand in it. */
  readonly names: Names;
}

/** Finds the shape of a template, in which names are those of `mask`. */
export function shapeOf(template: ShapedTemplate, mask: NameMask): Shape {
  const { Resources = {}, ...sections } = template;
  const found = new Map<string, NameKind>();
  // Most texts of a template stand there often.
  const known = new Map<string, readonly Piece[]>();
  const split = (text: string) => {
    const pieces = known.get(text) ?? mask.split(text.replaceAll('⟦', '⟦⟦'));
    known.set(text, pieces);
    return pieces;
  };
  const resources = Object.entries(Resources).map(([id, resource]) =>
    skeletonOf(id, resource, Resources, split, found),
  );
  const labels = labelled(resources);
  const types = new Map<string, Map<string, Skeleton[]>>();
  for (const resource of resources) {
    const type = String(Resources[resource.id]?.Type);
    const label = labels.get(resource.id) ?? '';
    const groups = types.get(type) ?? new Map<string, Skeleton[]>();
    types.set(type, groups);
    groups.set(label, [...(groups.get(label) ?? []), resource]);
  }
  const parts = new Map([...types].map(([type, groups]) => [type, partOf(groups)]));
  const { text } = skeletonOf('', sections, Resources, split, found);
  parts.set('', digest(JSON.stringify([text, hasCircle(resources)])));
  const references = new Map(
    resources.map((each) => [each.id, [...each.references, ...each.waitsFor]] as const),
  );
  return { parts, labels, references, names: found };
}

function partOf(groups: ReadonlyMap<string, readonly Skeleton[]>): string {
  const members = [...groups].map(([label, group]) =>
    JSON.stringify([label, Math.min(group.length, 2), differences(group)]),
  );
  return digest(members.sort().join());
}

/** A resource without its names and without the ids of what it refers to. */
interface Skeleton {
  readonly id: string;
  readonly text: string;
  /** The logical ids that it refers to, in order; a list of resources to wait for is in no order. */
  readonly references: readonly string[];
  readonly waitsFor: readonly string[];
  /** Its properties of one line, with their names. */
  readonly settings: ReadonlyMap<string, string>;
}

function skeletonOf(
  id: string,
  value: Readonly<Record<string, unknown>>,
  all: Readonly<Record<string, unknown>>,
  split: (text: string) => readonly Piece[],
  found: Map<string, NameKind>,
): Skeleton {
  const references: string[] = [];
  const numbers = new Map<string, string>();
  const masked = (text: string) =>
    joined(split(text), (name, kind) => {
      found.set(name, kind);
      let number = numbers.get(name);
      if (number === undefined) {
        number = `⟦${kind}${kind === 'words' || kind === 'role' ? characters(name) : ''}#${numbers.size}⟧`;
        numbers.set(name, number);
      }
      return number;
    });
  const refer = (target: string) => {
    references.push(target);
    return '⟦⟧';
  };
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') return masked(each);
    if (each === null || typeof each !== 'object') return each;
    if (Array.isArray(each)) return inShort(each.map(walk));
    const entries = Object.entries(each);
    const [name, argument] = entries.length === 1 ? (entries[0] ?? []) : [];
    if (name === 'Ref' && typeof argument === 'string' && argument in all) return { Ref: refer(argument) };
    if (name === 'Fn::GetAtt' && Array.isArray(argument) && argument[0] in all)
      return { 'Fn::GetAtt': [refer(String(argument[0])), ...argument.slice(1).map(walk)] };
    if (name === 'Fn::Sub') return { 'Fn::Sub': substitution(argument, all, refer, masked, walk) };
    return entries.map(([key, member]) => [masked(key), walk(member)]);
  };
  const { DependsOn, Metadata, ...rest } = value;
  const waitsFor = id === '' ? [] : [DependsOn ?? []].flat().map(String);
  return {
    id,
    // A resource that waits for what is not there is in no order with one that waits for what is.
    text: JSON.stringify([
      /^[A-Za-z0-9]{0,255}$/.test(id),
      walk(rest),
      Metadata === undefined ? null : walk(lineless(Metadata)),
      waitsFor.filter((each) => !(each in all)),
      waitsFor.length !== new Set(waitsFor).size,
      id === '' ? walk(DependsOn ?? null) : null,
    ]),
    references,
    waitsFor: waitsFor.filter((each) => each in all),
    settings: new Map(
      Object.entries(value.Properties ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  };
}

/** A list of nothing but names, of three or more: the first two, and whether all differ. */
function inShort(members: readonly unknown[]): readonly unknown[] {
  const kinds = new Set(
    members.map((each) => (typeof each === 'string' ? ALONE.exec(each)?.[1] : undefined)),
  );
  if (members.length < 3 || kinds.size > 1 || kinds.has(undefined)) return members;
  return [...members.slice(0, 2), new Set(members).size === members.length ? '⟦each⟧' : '⟦some⟧'];
}

/** A name that stands by itself, with its kind. */
const ALONE = /^⟦([^#]*)#\d+⟧$/;

/** What a resource says of the register, without the numbers of lines. */
function lineless(metadata: unknown): unknown {
  if (typeof metadata === 'string') return metadata.replace(/:\d+\b/g, ':0');
  if (metadata === null || typeof metadata !== 'object') return metadata;
  if (Array.isArray(metadata)) return metadata.map(lineless);
  return Object.fromEntries(Object.entries(metadata).map(([key, each]) => [key, lineless(each)]));
}

function substitution(
  argument: unknown,
  all: Readonly<Record<string, unknown>>,
  refer: (target: string) => string,
  masked: (text: string) => string,
  walk: (each: unknown) => unknown,
): unknown {
  const text = (each: string) =>
    masked(
      each.replace(/\$\{([A-Za-z0-9]+)(?=[.}])/g, (whole, target: string) =>
        target in all ? `\${${refer(target)}` : whole,
      ),
    );
  if (typeof argument === 'string') return text(argument);
  if (!Array.isArray(argument)) return walk(argument);
  const [first, ...others] = argument;
  return [typeof first === 'string' ? text(first) : walk(first), ...others.map(walk)];
}

/** A label for each resource: equal where the resources are, and all that they refer to, and all that refers to them. */
function labelled(resources: readonly Skeleton[]): ReadonlyMap<string, string> {
  const alone = new Map(resources.map(({ id, text }) => [id, digest(text)]));
  const referrers = new Map<string, string[]>();
  for (const { id, references, waitsFor } of resources)
    for (const target of new Set([...references, ...waitsFor])) {
      const list = referrers.get(target);
      if (list) list.push(id);
      else referrers.set(target, [id]);
    }
  return new Map(
    resources.map(({ id, references, waitsFor }) => {
      const of = (target: string) => (target === id ? 'itself' : (alone.get(target) ?? ''));
      return [
        id,
        digest(
          JSON.stringify([
            alone.get(id),
            references.map(of),
            atMostTwice(waitsFor.map(of)),
            atMostTwice((referrers.get(id) ?? []).map(of)),
          ]),
        ),
      ];
    }),
  );
}

/** Whether resources refer to one another, or wait for one another, in a circle: no look at a resource and its next ones shows that. */
function hasCircle(resources: readonly Skeleton[]): boolean {
  const next = new Map(resources.map(({ id, references, waitsFor }) => [id, [...references, ...waitsFor]]));
  const done = new Set<string>();
  const above = new Set<string>();
  const visit = (id: string): boolean => {
    if (above.has(id)) return true;
    if (done.has(id)) return false;
    done.add(id);
    above.add(id);
    const found = (next.get(id) ?? []).some(visit);
    above.delete(id);
    return found;
  };
  return resources.some(({ id }) => visit(id));
}

/** The members in order, each at most twice. */
function atMostTwice(members: readonly string[]): string[] {
  const sorted = [...members].sort();
  return sorted.filter((each, index) => each !== sorted[index - 2]);
}

/**
 * Of resources of one kind: for each setting of one line, such as a resource’s name, whether it is another in each, the same
 * in all, or neither. Rules on what must be unique look at no more than that.
 */
function differences(group: readonly Skeleton[]): string {
  const [first] = group;
  if (first === undefined || group.length === 1) return '';
  return [...first.settings.keys()]
    .map((setting) => {
      const distinct = new Set(group.map(({ settings }) => settings.get(setting))).size;
      if (distinct === group.length) return 'each';
      return distinct === 1 ? 'one' : 'some';
    })
    .join();
}

/** The kinds of characters in a name: letters of each case, digits, and every other one by itself. */
function characters(name: string): string {
  const kinds = new Set(
    Array.from(name, (each) => {
      if (/[a-z]/.test(each)) return 'a';
      if (/[A-Z]/.test(each)) return 'A';
      return /\d/.test(each) ? '0' : each;
    }),
  );
  return [...kinds].sort().join('');
}

function digest(text: string): string {
  return hash('sha256', text, 'base64');
}
