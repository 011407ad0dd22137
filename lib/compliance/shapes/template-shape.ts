/**
 * The shape of a template: what is left of it when names give way to what they are names of. Each resource has a label, which it
 * shares with those that are the same but for their names, with all that they refer to and all that refers to them.
 *
 * Three things are kept, since rules look at them: which names in a resource are the same, whether names in two resources of one
 * type differ, and every character of whatever is not a known name. What is not kept is how long a name is and how often a
 * resource recurs beyond twice, up to as many as a template may have; extremes.ts gives templates that have each name at its
 * longest and at its shortest.
 */
import { Nameless, NameMask, type Names } from './name-mask';
import { Signs } from './signs';
import { type Skeleton, Skeletons } from './skeleton';

/**
 * How many resources a template may have.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MOST_RESOURCES = 500;

/** A template as JSON gives it. */
export interface ShapedTemplate {
  readonly Resources?: Readonly<Record<string, ShapedResource>>;
  readonly [section: string]: unknown;
}

export interface ShapedResource {
  readonly Type?: unknown;
  readonly [attribute: string]: unknown;
}

/** The shape of a template. Its numbers are equal where what they stand for is, among all shapes that one `Shapes` found. */
export interface Shape {
  /** All of it: equal where two templates differ in names alone, or in how often a resource recurs beyond twice. */
  readonly whole: number;
  /**
   * What is no resource, with what only all resources show together: whether some refer to one another, or wait for one another, in a
   * circle, and whether they are more than CloudFormation takes.
   */
  readonly sections: number;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, LabelledResource>;
  /** The names that stand in it. */
  readonly names: Names;
}

/** A resource as its shape tells it from others. */
export interface LabelledResource {
  readonly type: string;
  /** Equal where the resources are, with what they refer to and what refers to them. */
  readonly label: number;
  /** Equal where the resources are, with what they refer to, and what they wait for but for its properties. */
  readonly own: number;
  /** Equal where the resources are, whatever they refer to and whatever refers to them. */
  readonly alone: number;
  /** Equal where the resources are, but for their properties, their metadata and what they wait for. */
  readonly frame: number;
  /** What it refers to. */
  readonly references: readonly string[];
  /** What it waits for, as its `DependsOn` says. */
  readonly waitsFor: readonly string[];
  /** What refers to it or waits for it. */
  readonly referrers: readonly string[];
  /** Its properties of one line in which a name stands: the value by the property and the value without its names. */
  readonly named: ReadonlyMap<string, string>;
}

/** Finds shapes of templates that can be told from one another. */
export class Shapes {
  readonly #numbers = new Map<string, number>();
  readonly #signs: Signs;

  /** @param all the names of each template */
  constructor(all: Iterable<Names>) {
    this.#signs = new Signs(new Nameless(all));
  }

  /** A mask for the names of a template. */
  mask(names: Names): NameMask {
    return new NameMask(names);
  }

  /** Finds the shape of a template, in which names are those of `mask`. */
  of(template: ShapedTemplate, mask: NameMask): Shape {
    const { Resources = {}, ...others } = template;
    const skeletons = new Skeletons(Resources, mask, this.#signs);
    const all = Object.entries(Resources).map(([id, resource]) => skeletons.of(id, resource));
    const resources = this.#labelled(all, (id) => String(Resources[id]?.Type));
    const { text } = skeletons.of('', others);
    const sections = this.#number(`${hasCircle(all)} ${all.length > MOST_RESOURCES} ${text}`);
    const types = new Map<string, LabelledResource[]>();
    for (const resource of resources.values()) listed(types, resource.type, resource);
    const parts = [...types].map(([type, members]) => `${type} ${partOf(members)}`).sort();
    const whole = this.#number([sections, ...parts].join('\n'));
    return { whole, sections, resources, names: skeletons.names };
  }

  /** Each resource with its label. */
  #labelled(all: readonly Skeleton[], typeOf: (id: string) => string): Map<string, LabelledResource> {
    const alone = new Map(all.map(({ id, text }) => [id, this.#number(text)]));
    const frames = new Map(all.map(({ id, frame }) => [id, this.#number(frame)]));
    const referrers = new Map<string, string[]>();
    for (const { id, references, waitsFor } of all)
      for (const target of new Set([...references, ...waitsFor])) listed(referrers, target, id);
    return new Map(
      all.map(({ id, references, waitsFor, named }) => {
        const of = (target: string) => (target === id ? 'itself' : String(alone.get(target)));
        const frameOf = (target: string) => (target === id ? 'itself' : String(frames.get(target)));
        const itself = alone.get(id) ?? 0;
        const frame = frames.get(id) ?? 0;
        const from = referrers.get(id) ?? [];
        const after = atMostTwice(waitsFor.map(frameOf));
        const own = this.#number(`${itself} to ${references.map(of)} after ${after}`);
        const label = this.#number(`${own} from ${atMostTwice(from.map(of))}`);
        const links = { references, waitsFor, referrers: from };
        return [id, { type: typeOf(id), label, own, alone: itself, frame, ...links, named }];
      }),
    );
  }

  #number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

/**
 * The resources of one type: their labels, and which of them have one value where names stand. Where each has its own, their labels
 * say as much.
 */
function partOf(members: readonly LabelledResource[]): string {
  const sharing = members.length < 2 ? [] : sharedValues(members);
  return `${atMostTwice(members.map(({ label }) => String(label)))} ${JSON.stringify(sharing)}`;
}

/** By property and by two together, the labels of those that have one value there; of what is each one’s own, nothing. */
function sharedValues(members: readonly LabelledResource[]): string[] {
  const shared = holdersByValue(members);
  const twice = members.map(({ label, named }) => {
    const some = [...named].filter(([property]) => shared.has(property));
    return { label, named: byTwos(new Map(some)) };
  });
  return [...shared, ...(shared.size < 2 ? [] : holdersByValue(twice))]
    .map(([property, values]) => {
      const groups = [...values.values()].map((labels) => atMostTwice(labels).join('='));
      return `${property}: ${atMostTwice(groups)}`;
    })
    .sort();
}

/** Each two properties together: what tells a resource from others of its type may be both. */
export function byTwos(named: ReadonlyMap<string, string>): Map<string, string> {
  const all = [...named];
  return new Map(
    all.flatMap(([one, first], index) =>
      all
        .slice(index + 1)
        .map(([other, second]) => [`${one} with ${other}`, JSON.stringify([first, second])] as const),
    ),
  );
}

/** The labels by value, of properties in which some have the same. */
function holdersByValue(
  members: readonly Pick<LabelledResource, 'label' | 'named'>[],
): Map<string, Map<string, string[]>> {
  const holders = new Map<string, Map<string, string[]>>();
  const shared = new Set<string>();
  for (const { named, label } of members)
    for (const [property, value] of named) {
      const values = holders.get(property) ?? new Map<string, string[]>();
      holders.set(property, values);
      if (values.has(value)) shared.add(property);
      listed(values, value, String(label));
    }
  for (const property of holders.keys()) if (!shared.has(property)) holders.delete(property);
  return holders;
}

function listed<T>(lists: Map<string, T[]>, key: string, member: T): void {
  const list = lists.get(key);
  if (list) list.push(member);
  else lists.set(key, [member]);
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
