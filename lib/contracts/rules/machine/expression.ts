/**
 * Regular expressions with “and” and “not”, and their derivatives: what is left to match once one character is read
 * (Brzozowski 1964; Owens, Reppy, Turon 2009). Equal expressions are one object, so the derivatives of an expression are
 * finite in number, and are the states of its automaton. “And” and “not” make look-aheads plain: what follows is both.
 */

/** An expression. Those that are the same by the laws that are applied are one object. */
export interface Expression {
  readonly id: number;
  readonly shape: Shape;
  /** Whether the empty text matches. */
  readonly nullable: boolean;
}

type Shape =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'empty' }
  /** One character of a set, by the number of the set. */
  | { readonly kind: 'one-of'; readonly set: number }
  | { readonly kind: 'then'; readonly first: Expression; readonly rest: Expression }
  | { readonly kind: 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'and'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'repeat'; readonly of: Expression; readonly least: number; readonly most: number };

/** Makes expressions, and keeps each once. */
export class Expressions {
  readonly #known = new Map<string, Expression>();
  readonly #derived = new Map<number, Expression>();
  readonly #classes: number;
  readonly #inSet: (classNumber: number, set: number) => boolean;
  readonly nothing = this.#make('0', { kind: 'nothing' }, false);
  readonly empty = this.#make('1', { kind: 'empty' }, true);
  /** Any text. */
  readonly anything = this.not(this.nothing);

  /**
   * @param classes how many classes of characters there are
   * @param inSet whether the characters of a class are in a set: all of them are, or none
   */
  constructor(classes: number, inSet: (classNumber: number, set: number) => boolean) {
    this.#classes = classes;
    this.#inSet = inSet;
  }

  oneOf(set: number): Expression {
    return this.#make(`s${set}`, { kind: 'one-of', set }, false);
  }

  followed(first: Expression, rest: Expression): Expression {
    if (first === this.nothing || rest === this.nothing) return this.nothing;
    if (first === this.empty) return rest;
    if (rest === this.empty) return first;
    if (first.shape.kind === 'then')
      return this.followed(first.shape.first, this.followed(first.shape.rest, rest));
    return this.#make(
      `t${first.id},${rest.id}`,
      { kind: 'then', first, rest },
      first.nullable && rest.nullable,
    );
  }

  or(...options: readonly Expression[]): Expression {
    const flat = flatten('or', options).filter((each) => each !== this.nothing);
    if (flat.includes(this.anything)) return this.anything;
    const [only] = flat;
    if (only === undefined) return this.nothing;
    if (flat.length === 1) return only;
    return this.#make(`o${ids(flat)}`, { kind: 'or', of: flat }, flat.some(isNullable));
  }

  and(...all: readonly Expression[]): Expression {
    const flat = flatten('and', all).filter((each) => each !== this.anything);
    if (flat.includes(this.nothing)) return this.nothing;
    const [only] = flat;
    if (only === undefined) return this.anything;
    if (flat.length === 1) return only;
    if (flat.includes(this.empty)) return flat.every(isNullable) ? this.empty : this.nothing;
    return this.#make(`a${ids(flat)}`, { kind: 'and', of: flat }, flat.every(isNullable));
  }

  not(of: Expression): Expression {
    if (of.shape.kind === 'not') return of.shape.of;
    return this.#make(`n${of.id}`, { kind: 'not', of }, !of.nullable);
  }

  repeat(of: Expression, least: number, most: number): Expression {
    if (most === 0 || of === this.empty) return this.empty;
    if (of === this.nothing) return least === 0 ? this.empty : this.nothing;
    if (least === 1 && most === 1) return of;
    // What may be empty may be so as often as it has to be there.
    const from = of.nullable ? 0 : least;
    return this.#make(`r${of.id},${from},${most}`, { kind: 'repeat', of, least: from, most }, from === 0);
  }

  /** What is left to match once a character of a class is read. */
  derivative(of: Expression, read: number): Expression {
    const key = of.id * this.#classes + read;
    const known = this.#derived.get(key);
    if (known) return known;
    const derived = this.#derive(of, read);
    this.#derived.set(key, derived);
    return derived;
  }

  #derive({ shape }: Expression, read: number): Expression {
    switch (shape.kind) {
      case 'nothing':
      case 'empty':
        return this.nothing;
      case 'one-of':
        return this.#inSet(read, shape.set) ? this.empty : this.nothing;
      case 'then': {
        const { first, rest } = shape;
        const through = this.followed(this.derivative(first, read), rest);
        return first.nullable ? this.or(through, this.derivative(rest, read)) : through;
      }
      case 'or':
        return this.or(...shape.of.map((each) => this.derivative(each, read)));
      case 'and':
        return this.and(...shape.of.map((each) => this.derivative(each, read)));
      case 'not':
        return this.not(this.derivative(shape.of, read));
      case 'repeat': {
        const { of: each, least, most } = shape;
        return this.followed(
          this.derivative(each, read),
          this.repeat(each, Math.max(0, least - 1), most - 1),
        );
      }
    }
  }

  #make(key: string, shape: Shape, nullable: boolean): Expression {
    const known = this.#known.get(key);
    if (known) return known;
    const made = { id: this.#known.size, shape, nullable };
    this.#known.set(key, made);
    return made;
  }

  /** How many derivatives were worked out: a measure of the time that was taken. */
  get work(): number {
    return this.#derived.size;
  }
}

/** Order and repetition make no difference within “or” and “and”. */
function flatten(kind: 'or' | 'and', given: readonly Expression[]): Expression[] {
  const all = given.flatMap((each) => (each.shape.kind === kind ? each.shape.of : [each]));
  return [...new Set(all)].sort((a, b) => a.id - b.id);
}

function ids(all: readonly Expression[]): string {
  return all.map(({ id }) => id).join(',');
}

function isNullable({ nullable }: Expression): boolean {
  return nullable;
}
