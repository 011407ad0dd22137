/** The custom properties that mean something here. Others are their owners’, and words to the engine. */
import { nearest } from '../../words';
import { customValue, type OdcsCheck, type OdcsRelationship } from './document';
import type { ContractPath, Faults } from './fault';

/** Where each may stand. @internal Beside this file, only tests import it. */
export const CUSTOM_PROPERTIES = {
  columnOrder: {
    at: ['object'],
    means:
      '`fixed` where the columns of a CSV file stand in the order of the contract alone; `free`, as if it were not there, where any order is right',
  },
  checkedBy: {
    at: ['check', 'relationship'],
    means:
      '`recipient` where the recipient carries the check out: the gate does not, and each report says so',
  },
  gssEntities: {
    at: ['property'],
    means: 'the entities of which a GSS code may be, such as E06; any that is known if not given',
  },
  gssValidOn: {
    at: ['property'],
    means: 'the day on which a GSS code is to be in use, or the column that tells it; any day if not given',
  },
  gssCodesAlso: {
    at: ['property'],
    means: 'GSS codes that were made after the table here was, each with `code` and `from`',
  },
} as const satisfies Record<string, { at: readonly Holder[]; means: string }>;

type Name = keyof typeof CUSTOM_PROPERTIES;
/** What has custom properties. */
export type Holder = 'contract' | 'object' | 'property' | 'check' | 'relationship' | 'other';

const NAMES = Object.keys(CUSTOM_PROPERTIES) as Name[];

/** Tells of custom properties that mean something elsewhere, are given twice, or are nearly one of those. */
export function checkCustom(
  part: {
    readonly customProperties?:
      | readonly { readonly property: string; readonly value?: unknown }[]
      | undefined;
  },
  holder: Holder,
  path: ContractPath,
  faults: Faults,
): void {
  const seen = new Set<string>();
  for (const [index, { property, value }] of (part.customProperties ?? []).entries()) {
    const place = [...path, 'customProperties', index, 'property'];
    const name = NAMES.find((each) => each === property);
    if (name !== undefined && !(CUSTOM_PROPERTIES[name].at as readonly string[]).includes(holder))
      faults.tell(place, {
        message: `\`${name}\` means nothing at this place`,
        found: name,
        allowed: `\`${name}\` of a ${CUSTOM_PROPERTIES[name].at.join(' or ')}`,
        fix: 'move it there, or remove it',
      });
    else if (name !== undefined && seen.has(name))
      faults.tell(place, {
        message: `\`${name}\` is given twice`,
        found: name,
        fix: 'remove one of the two',
      });
    else if (name === undefined && property.length > 6) {
      const near = nearest(property, NAMES);
      if (near)
        faults.tell(place, {
          message:
            'this custom property is nearly one that means something here, and would say nothing as it is',
          found: property,
          suggestion: near.word,
          fix: `write \`${near.word}\` if that is meant, or choose a name that is less like it`,
        });
    }
    if (name === 'checkedBy' && value !== 'recipient')
      faults.tell([...path, 'customProperties', index, 'value'], {
        message: 'nobody else than the recipient can be said to carry out a check',
        found: String(value),
        allowed: 'recipient',
        fix: 'write recipient, or remove the custom property',
      });
    seen.add(property);
  }
}

/** Whether a check or relationship is marked as the recipient’s. */
export function isRecipients(part: OdcsCheck | OdcsRelationship): boolean {
  return customValue(part, 'checkedBy') === 'recipient';
}
