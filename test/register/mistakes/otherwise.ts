/** Bad registers of the table that hold more than one mistake, or of which the fix cannot be followed blindly; with the reason. */

/** By the name of the case. What is mended is taken off this list: the test says so. */
export const OTHERWISE: Readonly<Record<string, string>> = {
  ...alike('several mistakes, which are told one by one', [
    'anchor-and-alias',
    'contract-check-by-somebody-else',
    'contract-comparison-with-an-unknown-column',
    'contract-list-of-what',
    'contract-object-of-what',
    'group-not-indented',
    'key-missing',
    'key-named-as-in-javascript',
    'merge-conflict-within-quotes-and-another',
    'object-too-large-beside-another-fault',
    'several-faults-in-several-files',
    'value-american-in-a-list',
  ]),
  ...alike('several mistakes, of which the later show once the first is mended', [
    'contract-key-that-may-be-empty',
    'directive',
    'id-with-two-hyphens',
    'key-american',
    'key-of-another-group',
    'long-line-in-a-list',
    'region-exception-that-ended',
    'region-outside-the-uk',
    'scheme-unknown',
    'two-documents',
    'value-american',
  ]),
  ...alike('two places do not fit together, and the other one is named', [
    'agreements-that-overlap',
    'argument-of-another-metric',
    'canary-unit-that-is-the-members',
    'code-of-two-organisations',
    'contract-list-in-csv',
    'contract-of-no-object',
    'contract-of-two-objects',
    'contract-unknown',
    'ends-after-membership',
    'owner-with-nobody-to-deposit',
    'recipient-with-nobody-to-collect',
    'special-category-without-article-9',
  ]),
  ...alike('a file is to be written, moved or made smaller by somebody who knows what belongs into it', [
    'agreement-at-the-top',
    'file-too-large',
    'id-is-a-gss-code',
    'id-is-the-name',
    'list-for-a-file',
    'novation-to-a-stranger',
    'sealed-to-too-many',
    'text-for-a-file',
    'zone-missing',
  ]),
  'contract-custom-property-misspelt': 'told twice: as what it is, and as the check that it leaves undone',
  'key-twice-in-a-group':
    'told three times: the second of two kinds of custody also makes the settings of the first wrong',
};

/** The same of mistakes that are drawn in the settings that few zones have. */
export const OTHERWISE_IN_NEWER: Readonly<Record<string, string>> = {
  ...alike('two places do not fit together, and the other one is named', [
    'newer: enum-in-capitals at organisations/leeds.yaml:31',
    'newer: enum-that-does-not-exist at organisations/leeds.yaml:31',
    'newer: enum-with-a-letter-lost at organisations/leeds.yaml:31',
  ]),
  'newer: item-twice at agreements/safeguarding-letters.yaml:48':
    'told at the list, which has three parties where two are taken',
};

function alike(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}
