/**
 * A resource as its shape has it: a text in which each name gives way to what it is a name of, and each reference to the fact that
 * there is one. Two resources have the same text where they differ in names, and in what they refer to, alone.
 */
import type { Named, NameKind, NameMask, Piece } from './name-mask';
import { escaped, type Signs } from './signs';

/** A resource without its names and without the ids of what it refers to. */
export interface Skeleton {
  readonly id: string;
  readonly text: string;
  /** The logical ids that it refers to, in order; a list of resources to wait for is in no order. */
  readonly references: readonly string[];
  readonly waitsFor: readonly string[];
  /** All of it but its properties, its metadata and what it waits for: its type, its condition, what becomes of it in the end. */
  readonly frame: string;
  /** Its properties of one line in which a name stands: the value by the property and the value without its names. */
  readonly named: ReadonlyMap<string, string>;
}

/** A text without its names, and what they are names of. */
interface NamedText {
  /** Equal where two texts differ in names alone. */
  readonly sign: string;
  readonly names: readonly Named[];
  /** Whether it is nothing but a name. */
  readonly isName: boolean;
}

/** Finds skeletons in one template. */
export class Skeletons {
  /** The names that were found. */
  readonly names = new Map<string, NameKind>();
  /** Most texts of a template stand there often. */
  readonly #known = new Map<string, string | NamedText>();

  /** @param resources those of the template */
  constructor(
    private readonly resources: Readonly<Record<string, unknown>>,
    private readonly mask: NameMask,
    private readonly signs: Signs,
  ) {}

  /** A resource’s skeleton; that of the other sections of the template where the id is empty. */
  of(id: string, value: Readonly<Record<string, unknown>>): Skeleton {
    return new Walk(this.resources, this.signs, this.#split).skeletonOf(id, value);
  }

  /** The sign of a text, or what it is where names stand in it. */
  readonly #split = (text: string): string | NamedText =>
    this.signs.known(text) ?? this.#known.get(text) ?? this.#splitFirst(text);

  #splitFirst(text: string): string | NamedText {
    const pieces = this.mask.split(text);
    const names = pieces.filter((piece) => typeof piece !== 'string');
    const known = names.length === 0 ? this.signs.ofWhole(text) : this.#namedText(pieces, names);
    this.#known.set(text, known);
    return known;
  }

  #namedText(pieces: readonly Piece[], names: readonly Named[]): NamedText {
    for (const { name, kind } of names) this.names.set(name, kind);
    const masked = pieces.map((piece) => (typeof piece === 'string' ? escaped(piece) : `⟦${piece.kind}⟧`));
    return { sign: this.signs.of(masked.join('')), names, isName: pieces.length === 1 };
  }
}

/** Goes through one resource. Names are numbered in the order in which they are met. */
class Walk {
  #text = '';
  readonly #references: string[] = [];
  readonly #numbers = new Map<string, string>();

  constructor(
    private readonly resources: Readonly<Record<string, unknown>>,
    private readonly signs: Signs,
    private readonly split: (text: string) => string | NamedText,
  ) {}

  skeletonOf(id: string, value: Readonly<Record<string, unknown>>): Skeleton {
    const { DependsOn, Metadata, ...rest } = value;
    const waitsFor = id === '' ? [] : [DependsOn ?? []].flat().map(String);
    const isHere = (each: string) => Object.hasOwn(this.resources, each);
    const { Properties: _, ...frame } = rest;
    this.#write(rest);
    if (Metadata !== undefined) this.#write(lineless(Metadata));
    if (id === '') this.#write(DependsOn ?? null);
    return {
      id,
      // A resource that waits for what is not there is in no order with one that waits for what is.
      text: [
        this.#text,
        /^[A-Za-z0-9]{0,255}$/.test(id),
        JSON.stringify(waitsFor.filter((each) => !isHere(each))),
        waitsFor.length !== new Set(waitsFor).size,
      ].join(),
      references: this.#references,
      waitsFor: waitsFor.filter(isHere),
      frame: JSON.stringify(frame),
      named: this.#namedIn(value.Properties),
    };
  }

  #write(value: unknown): void {
    if (typeof value === 'string') this.#text += this.#masked(value);
    else if (value === null || typeof value !== 'object') this.#text += `=${value};`;
    else if (Array.isArray(value)) this.#writeList(value);
    else this.#writeObject(value as Readonly<Record<string, unknown>>);
  }

  #writeObject(members: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(members);
    const [name = ''] = keys;
    if (keys.length === 1 && this.#writeFunction(name, members[name])) return;
    this.#text += '{';
    for (const key of keys) {
      this.#text += this.#masked(key);
      this.#write(members[key]);
    }
    this.#text += '}';
  }

  #writeAll(members: readonly unknown[]): void {
    for (const each of members) this.#write(each);
  }

  /** A list; of one of nothing but names, three or more of one kind, the first two, and whether all differ. */
  #writeList(members: readonly unknown[]): void {
    this.#text += '[';
    const kind = members.length < 3 ? undefined : this.#kindOf(members[0]);
    if (kind === undefined || members.some((each) => this.#kindOf(each) !== kind)) this.#writeAll(members);
    else {
      const names = members.map((each) => this.#masked(String(each)));
      this.#text += names.slice(0, 2).join('') + (new Set(names).size === names.length ? 'each' : 'some');
    }
    this.#text += ']';
  }

  /** What a value is a name of, which is nothing but a name. */
  #kindOf(value: unknown): string | undefined {
    const known = typeof value === 'string' ? this.split(value) : '';
    if (typeof known === 'string' || !known.isName) return undefined;
    const [only] = known.names;
    return only && kindOfName(only);
  }

  /** Writes one of CloudFormation’s functions that may refer to a resource; false where it is none. */
  #writeFunction(name: string, argument: unknown): boolean {
    if (name === 'Ref' && typeof argument === 'string' && Object.hasOwn(this.resources, argument)) {
      this.#references.push(argument);
      this.#text += 'Ref;';
      return true;
    }
    if (name === 'Fn::GetAtt' && Array.isArray(argument) && Object.hasOwn(this.resources, argument[0])) {
      this.#references.push(String(argument[0]));
      this.#text += 'GetAtt(';
      this.#writeAll(argument.slice(1));
      this.#text += ')';
      return true;
    }
    if (name !== 'Fn::Sub') return false;
    this.#text += 'Sub(';
    const [first, ...others] = Array.isArray(argument) ? argument : [argument];
    this.#write(typeof first === 'string' ? this.#referring(first) : first);
    this.#writeAll(others);
    this.#text += Array.isArray(argument) ? '])' : ')';
    return true;
  }

  /** A text without the resources that it refers to. */
  #referring(text: string): string {
    return text.replace(/\$\{([A-Za-z0-9]+)(?=[.}])/g, (whole, target: string) => {
      if (!Object.hasOwn(this.resources, target)) return whole;
      this.#references.push(target);
      return '${⟦⟧';
    });
  }

  /** A text as it is written without its names, with their numbers. */
  #masked(text: string): string {
    const known = this.split(text);
    if (typeof known === 'string') return known;
    let masked = known.sign;
    for (const named of known.names) masked += this.#numberOf(named);
    return masked;
  }

  #numberOf(named: Named): string {
    let number = this.#numbers.get(named.name);
    if (number === undefined) {
      number = `${this.signs.of(kindOfName(named))}#${this.#numbers.size};`;
      this.#numbers.set(named.name, number);
    }
    return number;
  }

  #namedIn(properties: unknown): ReadonlyMap<string, string> {
    const named = new Map<string, string>();
    for (const [property, value] of Object.entries(properties ?? {})) {
      const known = typeof value === 'string' ? this.split(value) : '';
      if (typeof known !== 'string') named.set(`${property} ${known.sign}`, value);
    }
    return named;
  }
}

/** What a name is a name of; of one that people choose as they like, with the kinds of characters in it. */
function kindOfName({ name, kind }: Named): string {
  return kind === 'words' || kind === 'role' ? kind + characters(name) : kind;
}

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
