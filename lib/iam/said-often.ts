/** What policies say again and again, compiled once: lists of actions, principals and conditions are alike in most accounts. */

/** More than the policies of a thousand organisations say. A test that makes up policies without end must not fill the memory. */
const MOST = 100_000;

/** What was made of each text. It is shared, so it must not change. */
export class SaidOften<Made> {
  readonly #made = new Map<string, Made>();

  /** What is made of a text, which must tell all that `make` depends on. */
  of(text: string, make: (text: string) => Made): Made {
    const known = this.#made.get(text);
    if (known !== undefined) return known;
    if (this.#made.size >= MOST) this.#made.clear();
    const made = make(text);
    this.#made.set(text, made);
    return made;
  }
}
