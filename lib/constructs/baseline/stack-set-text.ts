/**
 * The template of a StackSet as text. It stands as one string in another template, where JSON puts a backslash before each of its
 * quotes, a tenth of what AWS takes; YAML has a quote for which JSON needs none.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */

import { isPlainWord } from '../../assembly';

/** Whatever this matches, a quoted text on one line does not hold as it is. */
const HAS_CONTROLS = /\p{Cc}|\u2028|\u2029|\ufeff/u;

/**
 * The template as YAML 1.1: each section on a line of its own, since CloudFormation takes for JSON what begins with a brace, and
 * each resource on one. Below that it is written as JSON is, but for the quotes, which a plain word does without.
 * @throws RangeError where a text holds a character that is no part of a line
 */
export function stackSetText(template: Readonly<Record<string, unknown>>): string {
  return Object.entries(template)
    .map(([section, value]) => {
      if (section !== 'Resources') return `${quoted(section)}: ${inFlow(value)}\n`;
      const resources = Object.entries(value as object).map(
        ([id, resource]) => ` ${quoted(id)}: ${inFlow(resource)}\n`,
      );
      return `${quoted(section)}:\n${resources.join('')}`;
    })
    .join('');
}

function inFlow(value: unknown): string {
  if (typeof value === 'string') return isPlainWord(value) ? value : quoted(value);
  if (Array.isArray(value)) return `[${value.map(inFlow).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries.map(([key, each]) => `${isPlainWord(key) ? `${key}: ` : `${quoted(key)}:`}${inFlow(each)}`).join(',')}}`;
}

function quoted(text: string): string {
  if (HAS_CONTROLS.test(text)) throw new RangeError(`${JSON.stringify(text)} cannot stand on one line`);
  return `'${text.replaceAll("'", "''")}'`;
}
