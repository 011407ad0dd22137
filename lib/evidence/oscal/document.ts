/** What every OSCAL document begins with. OSCAL 1.2.1 is that of the published schemas that the tests hold it to. */
import type { Evidence } from '../model';
import { momentOf, uuidOf } from '../uuid';

const OSCAL_VERSION = '1.2.1';

/** The files, as they name each other. */
export const OSCAL_FILES = {
  catalogue: 'catalogue.json',
  checks: 'checks-catalogue.json',
  sharing: 'sharing-principles-catalogue.json',
  mapping: 'mapping.json',
  component: 'component-definition.json',
  results: 'assessment-results.json',
} as const;

/** The metadata of a document. */
export function metadata({ asOf }: Pick<Evidence, 'asOf'>, title: string, remarks?: string) {
  return {
    title,
    'last-modified': momentOf(asOf),
    version: asOf,
    'oscal-version': OSCAL_VERSION,
    ...(remarks !== undefined && { remarks }),
  };
}

/** A property in Concordat’s own namespace. */
export function property(name: string, value: string) {
  return { name, ns: 'https://concordat.example/ns/oscal', value };
}

/** The id of the control that a sub-principle is: `csp-2.3`. */
export function controlId(part: string): string {
  return `csp-${part}`;
}

/** The id of a check as a control: it begins with a letter already. */
export function checkControlId(check: string): string {
  return check.toLowerCase();
}

/** A UUID that is of this register and day. */
export function uuidIn(
  { asOf, registerDigest }: Pick<Evidence, 'asOf' | 'registerDigest'>,
  ...parts: readonly string[]
) {
  return uuidOf('oscal', registerDigest, asOf, ...parts);
}
