/** What texts are written as in skeletons: each by a sign, which is shorter and is made once. */
import type { Nameless } from './name-mask';

/** Signs for texts: equal where the texts are, in all templates. */
export class Signs {
  readonly #all = new Map<string, string>();
  /** Of texts that hold no name of any template: most do not, and stand in many. */
  readonly #nameless = new Map<string, string>();

  /** @param nameless tells those texts */
  constructor(private readonly nameless: Nameless) {}

  of(text: string): string {
    let sign = this.#all.get(text);
    if (sign === undefined) {
      sign = `${this.#all.size};`;
      this.#all.set(text, sign);
    }
    return sign;
  }

  /** Of a text that is known to hold no name of any template. */
  known(text: string): string | undefined {
    return this.#nameless.get(text);
  }

  /** Of a text that holds no name of its own template. */
  ofWhole(text: string): string {
    const sign = this.of(escaped(text));
    if (this.nameless.has(text)) this.#nameless.set(text, sign);
    return sign;
  }
}

/** What stands for a name begins with a character that is written twice where it stands in a text itself. */
export const escaped = (text: string) => (text.includes('⟦') ? text.replaceAll('⟦', '⟦⟦') : text);
