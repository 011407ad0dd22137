/** Writes a value as YAML, for files that people and AWS CloudFormation read. */
import { stringify } from 'yaml';

/** The text of a plain value. What YAML 1.1 reads otherwise than 1.2, such as a date or an account number, is put in quotes. */
export function yamlText(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 0 });
}
