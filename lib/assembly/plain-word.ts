/**
 * Whether a text of a StackSet’s template stands without quotes: where every reader of YAML, of 1.1 or 1.2, takes it for this text and
 * nothing else. So it is of Latin letters and digits alone, begins as `Action` does, which no number does, and is no word that YAML
 * has a value for.
 * @see https://yaml.org/type/bool.html
 */
export function isPlainWord(text: string): boolean {
  return /^[A-Z][a-z][A-Za-z0-9]+$/.test(text) && !HAS_A_VALUE.test(text);
}

/** Of YAML 1.1, in any letters. Those of one letter and two are no plain words anyhow. */
const HAS_A_VALUE = /^(?:yes|true|false|off|null|nan|inf)$/i;
