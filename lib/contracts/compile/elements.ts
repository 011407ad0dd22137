/**
 * What is done with each element of ODCS 3.1: the one table from which docs/contracts.md is written, and by which a document
 * is gone through so that nothing in it is passed over. An element is `carried out` on each file; `refused`, since nothing here
 * could carry it out; or `words`, which ask nothing of a file.
 */
import type { Holder } from './custom';
import type { ContractPath, Faults } from './fault';

/** What is done with an element. */
type Treatment = 'carried out' | 'refused' | 'words';
type Elements = Readonly<Record<string, readonly [treatment: Treatment, how: string]>>;

const ANNOTATIONS: Elements = {
  id: ['words', 'a name for references, by which `relationships` may point'],
  tags: ['words', 'for finding'],
  customProperties: ['carried out', 'those below; others are words'],
  authoritativeDefinitions: ['words', 'links for readers'],
};

const ELEMENT: Elements = {
  ...ANNOTATIONS,
  name: ['carried out', 'the name of a column is that in the header of a file, to the letter'],
  businessName: ['words', 'what people call it; reports use it'],
  description: ['words', ''],
  physicalType: ['words', 'the type in the system that holds the data, not in the file'],
  quality: ['carried out', 'see the table of checks'],
};

/** The elements of each part of a document. */
export const ELEMENTS = {
  contract: {
    apiVersion: ['carried out', '3.1.0; no other is read'],
    kind: ['words', ''],
    id: ['carried out', 'names the contract'],
    version: ['carried out', 'told in each report'],
    status: ['words', 'the agreement says from when to when the contract is used'],
    name: ['words', ''],
    tenant: ['words', ''],
    domain: ['words', ''],
    dataProduct: ['words', 'given up by the standard'],
    description: ['words', ''],
    tags: ANNOTATIONS.tags as ['words', string],
    servers: ['words', 'the agreement says where the data lies and in which form it comes'],
    schema: ['carried out', 'one object for each contract that an agreement names'],
    support: ['words', ''],
    price: ['words', ''],
    team: ['words', ''],
    roles: ['words', 'access follows from agreements alone'],
    slaDefaultElement: ['words', 'given up by the standard'],
    slaProperties: ['words', 'promises about the service over time; no one file can keep or break them'],
    authoritativeDefinitions: ANNOTATIONS.authoritativeDefinitions as ['words', string],
    customProperties: ['words', ''],
    contractCreatedTs: ['words', ''],
  },
  object: {
    ...ELEMENT,
    name: ['carried out', 'names the object in reports'],
    physicalName: ['words', 'the name of the table in the system that holds the data; a file has none'],
    logicalType: ['carried out', 'always object'],
    dataGranularityDescription: ['words', 'what a row is; reports use it'],
    properties: ['carried out', 'a file has these columns and no other'],
    relationships: [
      'carried out',
      'within the object; those to other objects are refused, or left to the recipient',
    ],
  },
  property: {
    ...ELEMENT,
    physicalName: ['refused', 'where it is another name than `name`: a file has one'],
    logicalType: ['carried out', 'each property says its kind of value; one without is refused'],
    logicalTypeOptions: ['carried out', 'see the table of options'],
    required: ['carried out', 'the value is not empty; false, or not given, asks nothing'],
    unique: ['carried out', 'no value occurs twice in a file; refused within objects and lists'],
    primaryKey: ['carried out', 'no two rows have the same key; each part is `required: true`'],
    primaryKeyPosition: ['carried out', 'the order of the key: 1, 2, 3; all parts have one or none has'],
    partitioned: ['words', 'how a system stores the data'],
    partitionKeyPosition: ['words', 'how a system stores the data'],
    classification: ['words', 'the agreement says how the data is classified'],
    encryptedName: ['words', 'the other column is in the contract if it is in the file'],
    criticalDataElement: ['words', ''],
    transformSourceObjects: ['words', 'how the owner makes the value'],
    transformLogic: ['words', 'how the owner makes the value'],
    transformDescription: ['words', 'how the owner makes the value'],
    examples: ['words', ''],
    relationships: ['carried out', 'as of the object'],
    properties: ['carried out', 'of `logicalType: object`, which then has them; not in CSV'],
    items: ['carried out', 'of `logicalType: array`, which then has them; not in CSV'],
  },
  check: {
    ...ANNOTATIONS,
    type: [
      'carried out',
      'library; text, sql and custom are refused, but for `engine: concordat` and what is left to the recipient',
    ],
    name: ['words', 'reports use it'],
    description: ['words', 'reports use it'],
    dimension: ['words', ''],
    method: ['words', ''],
    severity: [
      'carried out',
      'error, also where none is given, rejects the file; warning is told; others are refused',
    ],
    businessImpact: ['words', ''],
    unit: ['carried out', 'rows, also where none is given, or percent; others are refused'],
    scheduler: ['words', 'each file is checked when it comes'],
    schedule: ['words', 'each file is checked when it comes'],
    metric: [
      'carried out',
      'nullValues, missingValues, invalidValues, duplicateValues and rowCount; an empty value is never invalid',
    ],
    rule: ['refused', 'where it says another than `metric`'],
    arguments: ['carried out', '`missingValues`, `validValues` or `pattern`, `properties`'],
    mustBe: ['carried out', 'a number'],
    mustNotBe: ['carried out', 'a number'],
    mustBeGreaterThan: ['carried out', ''],
    mustBeGreaterOrEqualTo: ['carried out', ''],
    mustBeLessThan: ['carried out', ''],
    mustBeLessOrEqualTo: ['carried out', ''],
    mustBeBetween: ['carried out', 'both ends count'],
    mustNotBeBetween: ['carried out', 'both ends count'],
    query: ['refused', 'of `type: sql`'],
    engine: ['carried out', 'concordat compares two columns of a row; others are refused'],
    implementation: ['carried out', '`compare`, `operator` and `with`'],
  },
  relationship: {
    type: ['words', 'always foreignKey'],
    from: ['carried out', 'columns of the object'],
    to: ['carried out', 'columns of the same object'],
    customProperties: ['carried out', 'those below; others are words'],
  },
  options: {
    minLength: ['carried out', 'of string, in Unicode characters'],
    maxLength: ['carried out', 'of string, in Unicode characters'],
    pattern: [
      'carried out',
      'of string: the whole value matches; looking ahead or behind, and back to a group, is refused',
    ],
    format: ['carried out', 'see the tables of formats; others are refused'],
    minimum: ['carried out', ''],
    maximum: ['carried out', ''],
    exclusiveMinimum: ['carried out', ''],
    exclusiveMaximum: ['carried out', ''],
    multipleOf: ['carried out', 'in exact decimals'],
    timezone: ['carried out', 'true: each value has Z or an offset, which is kept; false: none has'],
    defaultTimezone: ['words', 'how times without a zone are meant'],
    minProperties: ['refused', 'of object'],
    maxProperties: ['refused', 'of object'],
    required: ['refused', 'of object: each property says `required` itself'],
    minItems: ['carried out', 'of array'],
    maxItems: ['carried out', 'of array'],
    uniqueItems: ['carried out', 'of array'],
  },
} as const satisfies Record<Exclude<Holder, 'other'> | 'options', Elements>;

/** Tells of settings that the table does not have: of a later version of the standard, or of none. */
export function knownElements(
  part: object,
  kind: keyof typeof ELEMENTS,
  path: ContractPath,
  faults: Faults,
): void {
  for (const [name, value] of Object.entries(part))
    if (value !== undefined && !Object.hasOwn(ELEMENTS[kind], name))
      faults.tell(
        [...path, name],
        {
          message: `\`${name}\` is no setting of ODCS 3.1 at this place`,
          found: name,
          fix: 'remove it, or make it a custom property',
        },
        'key',
      );
}
