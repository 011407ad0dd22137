/**
 * A resource as its shape has it: a text in which each name gives way to what it is a name of, and each reference to the fact that
 * there is one. Two resources have the same text where they differ in names, and in what they refer to, alone.
 */
import { joined, type NameKind, type NameMask, type Piece } from './name-mask';

/** A resource without its names and without the ids of what it refers to. */
export interface Skeleton {
  readonly id: string;
  readonly text: string;
  /** The logical ids that it refers to, in order; a list of resources to wait for is in no order. */
  readonly references: readonly string[];
  readonly waitsFor: readonly string[];
  /** Its properties of one line in which a name stands, each and by twos: the value by the property and the value without its names. */
  readonly named: ReadonlyMap<string, string>;
}

/** Finds skeletons in one template. */
export class Skeletons {
  /** The names that were found. */
  readonly names = new Map<string, NameKind>();
  /** Most texts of a template stand there often: as they are written where no name stands in them, else in pieces. */
  readonly #known = new Map<string, string | readonly Piece[]>();

  /** @param resources those of the template */
  constructor(
    private readonly resources: Readonly<Record<string, unknown>>,
    private readonly mask: NameMask,
  ) {}

  /** A resource’s skeleton; that of the other sections of the template where the id is empty. */
  of(id: string, value: Readonly<Record<string, unknown>>): Skeleton {
    return new Walk(this.resources, this.names, this.#split).skeletonOf(id, value);
  }

  readonly #split = (text: string): string | readonly Piece[] => {
    let known = this.#known.get(text);
    if (known === undefined) {
      const pieces = this.mask.split(text.includes('⟦') ? text.replaceAll('⟦', '⟦⟦') : text);
      const [only = ''] = pieces;
      known = pieces.length < 2 && typeof only === 'string' ? written(only) : pieces;
      this.#known.set(text, known);
    }
    return known;
  };
}

/** What its own text is of, and no other’s: a text is written with its length before it. */
const written = (text: string) => `${text.length}:${text}`;

/** Goes through one resource. Names are numbered in the order in which they are met. */
class Walk {
  readonly #references: string[] = [];
  readonly #numbers = new Map<string, string>();

  constructor(
    private readonly resources: Readonly<Record<string, unknown>>,
    private readonly names: Map<string, NameKind>,
    private readonly split: (text: string) => string | readonly Piece[],
  ) {}

  skeletonOf(id: string, value: Readonly<Record<string, unknown>>): Skeleton {
    const { DependsOn, Metadata, ...rest } = value;
    const waitsFor = id === '' ? [] : [DependsOn ?? []].flat().map(String);
    const isHere = (each: string) => Object.hasOwn(this.resources, each);
    const properties = this.#of(rest);
    return {
      id,
      // A resource that waits for what is not there is in no order with one that waits for what is.
      text: [
        /^[A-Za-z0-9]{0,255}$/.test(id),
        properties,
        Metadata === undefined ? '' : this.#of(lineless(Metadata)),
        JSON.stringify(waitsFor.filter((each) => !isHere(each))),
        waitsFor.length !== new Set(waitsFor).size,
        id === '' ? this.#of(DependsOn ?? null) : '',
      ].join(),
      references: this.#references,
      waitsFor: waitsFor.filter(isHere),
      named: this.#namedIn(value.Properties),
    };
  }

  #of(value: unknown): string {
    if (typeof value === 'string') return this.#masked(value);
    if (value === null || typeof value !== 'object') return `${value};`;
    if (Array.isArray(value)) return `[${inShort(value.map((each) => this.#of(each)))}]`;
    const keys = Object.keys(value);
    const members = value as Readonly<Record<string, unknown>>;
    const [name = ''] = keys;
    const special = keys.length === 1 ? this.#functionOf(name, members[name]) : undefined;
    if (special !== undefined) return special;
    let text = '{';
    for (const key of keys) text += this.#masked(key) + this.#of(members[key]);
    return `${text}}`;
  }

  /** One of CloudFormation’s functions that may refer to a resource; undefined where it is none. */
  #functionOf(name: string, argument: unknown): string | undefined {
    if (name === 'Ref' && typeof argument === 'string' && Object.hasOwn(this.resources, argument)) {
      this.#refer(argument);
      return 'Ref;';
    }
    if (name === 'Fn::GetAtt' && Array.isArray(argument) && Object.hasOwn(this.resources, argument[0])) {
      this.#refer(String(argument[0]));
      return `GetAtt(${argument
        .slice(1)
        .map((each) => this.#of(each))
        .join('')})`;
    }
    return name === 'Fn::Sub' ? `Sub(${this.#substitution(argument)})` : undefined;
  }

  #substitution(argument: unknown): string {
    if (typeof argument === 'string') return this.#text(argument);
    if (!Array.isArray(argument)) return this.#of(argument);
    const [first, ...others] = argument;
    const rest = others.map((each) => this.#of(each)).join('');
    return `[${typeof first === 'string' ? this.#text(first) : this.#of(first)}${rest}]`;
  }

  /** A text in which resources may be referred to. */
  #text(text: string): string {
    return this.#masked(
      text.replace(/\$\{([A-Za-z0-9]+)(?=[.}])/g, (whole, target: string) => {
        if (!Object.hasOwn(this.resources, target)) return whole;
        this.#refer(target);
        return '${⟦⟧';
      }),
    );
  }

  #refer(target: string): void {
    this.#references.push(target);
  }

  /** A text as it is written without its names. */
  #masked(text: string): string {
    const known = this.split(text);
    if (typeof known === 'string') return known;
    const masked = joined(known, (name, kind) => {
      this.names.set(name, kind);
      let number = this.#numbers.get(name);
      if (number === undefined) {
        number = `⟦${kind}${kind === 'words' || kind === 'role' ? characters(name) : ''}#${this.#numbers.size}⟧`;
        this.#numbers.set(name, number);
      }
      return number;
    });
    return written(masked);
  }

  #namedIn(properties: unknown): ReadonlyMap<string, string> {
    const named = new Map<string, string>();
    for (const [property, value] of Object.entries(properties ?? {})) {
      const known = typeof value === 'string' ? this.split(value) : '';
      if (typeof known !== 'string')
        named.set(`${property} ${joined(known, (_name, kind) => `⟦${kind}⟧`)}`, value);
    }
    // What tells a resource from others of its type may be two properties together.
    const all = [...named];
    for (const [index, [one, first]] of all.entries())
      for (const [other, second] of all.slice(index + 1))
        named.set(`${one} with ${other}`, JSON.stringify([first, second]));
    return named;
  }
}

/** A list of nothing but names, of three or more: the first two, and whether all differ. */
function inShort(members: readonly string[]): string {
  if (members.length < 3 || !ALONE.test(members[0] ?? '')) return members.join('');
  const kinds = new Set(members.map((each) => ALONE.exec(each)?.[1]));
  if (kinds.size > 1 || kinds.has(undefined)) return members.join('');
  const all = new Set(members).size === members.length ? '⟦each⟧' : '⟦some⟧';
  return [...members.slice(0, 2), written(all)].join('');
}

/** A name that stands by itself, with its kind. */
const ALONE = /^\d+:⟦([^#⟦⟧]+)#\d+⟧$/;

/** What a resource says of the register, without the numbers of lines. */
function lineless(metadata: unknown): unknown {
  if (typeof metadata === 'string') return metadata.replace(/:\d+\b/g, ':0');
  if (metadata === null || typeof metadata !== 'object') return metadata;
  if (Array.isArray(metadata)) return metadata.map(lineless);
  return Object.fromEntries(Object.entries(metadata).map(([key, each]) => [key, lineless(each)]));
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
