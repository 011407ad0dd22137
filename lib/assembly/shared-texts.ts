/** Texts of parsed files, each held once: of 400 organisations there are 1.4 million in the templates, and 44,000 different ones. */

/** Has equal texts be one. */
export class SharedTexts {
  readonly #known = new Map<string, string>();

  /** Puts one text for all that are equal into a value that was just parsed, and gives the value. */
  in<T>(value: T): T;
  in(value: unknown): unknown {
    if (typeof value === 'string') return this.#shared(value);
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) for (let at = 0; at < value.length; at += 1) value[at] = this.in(value[at]);
    else this.#inGroup(value as Record<string, unknown>);
    return value;
  }

  #inGroup(group: Record<string, unknown>): void {
    for (const key in group) {
      const member = group[key];
      if (typeof member === 'string') group[key] = this.#shared(member);
      else if (member !== null && typeof member === 'object') this.in(member);
    }
  }

  #shared(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, text);
    return text;
  }
}
