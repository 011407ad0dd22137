/** The many ways in which YAML writes one text. */
import fc from 'fast-check';

/**
 * A way to write a text as the value of a setting: plain, in quotes of either kind or as a block; folded, and with escapes.
 * @param value begins and ends with what is no white space, and so do its lines
 * @param indent of the lines after the first
 * @see https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions
 */
export function writtenInYaml(value: string, indent: string): fc.Arbitrary<string> {
  const choices = fc.infiniteStream(fc.nat(99));
  const styles = [singleQuoted, doubleQuoted, literalBlock, foldedBlock];
  // Where plain text could be taken for anything else, it is none.
  if (/^\w(?:[\w.@+é-]| (?! |#))*$/.test(value)) styles.push(folded);
  return fc
    .tuple(fc.constantFrom(...styles), choices)
    .map(([style, chosen]) => style(value, `\n${indent}`, (of) => (chosen.next().value ?? 0) % of));
}

type Style = (value: string, line: string, choose: (of: number) => number) => string;

/** Some spaces become ends of lines, which are spaces to YAML, and each end of a line becomes one more. */
const folded: Style = (value, line, choose) =>
  value
    .replace(/\n+/g, (ends) => `${ends}${line}`)
    .replace(/(?<=[^\s]) (?=[^\s])/g, (space) => (choose(3) === 0 ? line : space));

const singleQuoted: Style = (value, line, choose) => `'${folded(value.replaceAll("'", "''"), line, choose)}'`;

const doubleQuoted: Style = (value, line, choose) => {
  const written = Array.from(value, (each) => {
    const code = each.codePointAt(0)?.toString(16) ?? '';
    const escapes = [
      `\\x${code.padStart(2, '0')}`,
      `\\u${code.padStart(4, '0')}`,
      `\\U${code.padStart(8, '0')}`,
    ];
    const broken = choose(8) === 0 ? `\\${line}` : '';
    if (each === '\n') return `${broken}\\n`;
    if (each === '\t') return `${broken}\\t`;
    const isEscaped = /["\\]/.test(each) || (broken !== '' && each === ' ') || choose(4) === 0;
    return `${broken}${isEscaped ? escapes[choose(escapes.length)] : each}`;
  });
  return `"${written.join('')}"`;
};

const literalBlock: Style = (value, line) => `|-${line}${value.replaceAll('\n', line)}`;

const foldedBlock: Style = (value, line, choose) => `>-${line}${folded(value, line, choose)}`;
