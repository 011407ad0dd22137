/** Bad registers of the table that hold more than one mistake, or of which the fix cannot be followed blindly; with the reason. */

/** Registers of the table that hold several mistakes, and how many: told one by one, of which some show once another is mended. */
export const SEVERAL: Readonly<Record<string, number>> = {
  'anchor-and-alias': 2,
  'contract-check-by-somebody-else': 2,
  'contract-comparison-with-an-unknown-column': 2,
  directive: 7,
  'group-not-indented': 2,
  'key-american': 2,
  'key-missing': 2,
  'key-named-as-in-javascript': 2,
  'key-of-another-group': 2,
  'merge-conflict-within-quotes-and-another': 2,
  'object-too-large-beside-another-fault': 2,
  'region-exception-that-ended': 2,
  'region-outside-the-uk': 2,
  'several-faults-in-several-files': 8,
  'two-documents': 3,
  'value-american': 3,
  'value-american-in-a-list': 2,
};

/** By the name of the case. What is mended is taken off this list: the test says so. */
export const OTHERWISE: Readonly<Record<string, string>> = {
  ...alike('told twice, once for each of two rules that the same setting breaks', [
    'contract-custom-property-misspelt',
  ]),
  ...alike(
    'another mistake, which nothing showed before, is told at the other of two places that do not fit',
    ['contract-key-that-may-be-empty', 'merge-conflict-within-quotes-and-another'],
  ),
  ...alike('the nearest word is offered, and is not the right one', [
    'id-with-two-hyphens',
    'long-line-in-a-list',
  ]),
  ...alike(
    'a file is to be renamed or changed by somebody who knows what it is about: the sound register has none like it',
    [
      'agreements-that-overlap',
      'code-of-two-organisations',
      'id-is-a-gss-code',
      'id-is-the-name',
      'novation-to-a-stranger',
    ],
  ),
  'argument-of-another-metric': 'told at the argument, where the metric beside it may be what is wrong',
  'key-twice-in-a-group':
    'told three times: the second of two kinds of custody also makes the settings of the first wrong',
};

/** The same of mistakes that are drawn in the settings that few zones have. */
export const OTHERWISE_IN_NEWER: Readonly<Record<string, string>> = {
  'newer: item-twice at agreements/safeguarding-letters.yaml:48':
    'told at the list, which has three parties where two are taken',
};

function alike(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}
