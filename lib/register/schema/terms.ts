/**
 * Which settings of an agreement are its terms: what is signed, printed and compared. One list, in the order in which the ICO’s
 * data sharing code and the codes under the Digital Economy Act 2017 ask for them. A setting that is not in it does not
 * compile, or fails the test of this list: it is a term, or it is said why it is none.
 * @see https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/data-sharing-a-code-of-practice/
 */
import type { WrittenAgreement } from './agreement';

/** The parts of an agreement as a document, in their order. */
export const PARTS = [
  'purpose',
  'parties',
  'data',
  'law',
  'rights',
  'delivery',
  'sealed',
  'retention',
  'assessment',
  'days',
] as const;
export type PartOfAgreement = (typeof PARTS)[number];

/** How the value of a term is read out. */
type TermForm = 'words' | 'choice' | 'day' | 'span' | 'organisation' | 'agreement' | 'key' | 'inbox';

/** One term. */
export interface Term {
  /** Where it stands in the file, such as `purpose.aim`. */
  readonly path: string;
  readonly part: PartOfAgreement;
  /** What it is called among lawyers. */
  readonly label: string;
  readonly form: TermForm;
}

const term = (part: PartOfAgreement, path: string, label: string, form: TermForm = 'words'): Term => ({
  path,
  part,
  label,
  form,
});

/** Every term, in the order of the document. */
export const TERMS: readonly Term[] = [
  term('purpose', 'id', 'Reference of the agreement'),
  term('purpose', 'title', 'Title'),
  term('purpose', 'purpose.aim', 'Aim of the sharing'),
  term('purpose', 'purpose.necessity', 'Why it is necessary'),
  term('purpose', 'purpose.permittedUses', 'Permitted uses'),
  term('purpose', 'purpose.prohibitedUses', 'Prohibited uses'),
  term('parties', 'owner', 'Organisation that shares', 'organisation'),
  term('parties', 'recipients', 'Organisations that receive', 'organisation'),
  term('parties', 'reciprocal', 'Organisations that share with each other', 'organisation'),
  term('parties', 'relationship', 'What the organisations are to each other', 'choice'),
  term('data', 'data.items', 'Data items'),
  term('data', 'data.subjects', 'People whom the data is about'),
  term('data', 'data.specialCategories', 'Special categories of personal data', 'choice'),
  term('data', 'data.criminalOffence', 'Criminal convictions or offences', 'choice'),
  term('data', 'classification', 'Government security classification'),
  term('data', 'markings', 'Additional markings'),
  term('data', 'contract', 'Data contract', 'key'),
  term('data', 'withoutContract', 'Why there is no data contract'),
  term('law', 'lawfulBasis.regime', 'Regime of data protection law', 'choice'),
  term('law', 'lawfulBasis.article6', 'Lawful basis in UK GDPR Article 6', 'choice'),
  term('law', 'lawfulBasis.recognisedInterest', 'Condition in UK GDPR Annex 1', 'choice'),
  term('law', 'lawfulBasis.article9', 'Condition in UK GDPR Article 9', 'choice'),
  term('law', 'lawfulBasis.schedule1', 'Conditions in Schedule 1 to the Data Protection Act 2018', 'choice'),
  term('law', 'lawfulBasis.section35', 'Basis in section 35 of the Data Protection Act 2018', 'choice'),
  term('law', 'lawfulBasis.schedule8', 'Conditions in Schedule 8 to the Data Protection Act 2018', 'choice'),
  term('law', 'lawfulBasis.gateway', 'Legal power or gateway'),
  term('rights', 'contacts.rights', 'Who answers requests from the people concerned'),
  term('rights', 'contacts.breach', 'Whom to tell of a breach'),
  term('rights', 'public.withheld', 'Withheld from the public record'),
  term('rights', 'public.reason', 'Why it is withheld'),
  term('delivery', 'delivery.collectWithin', 'Time to collect', 'span'),
  term('delivery', 'delivery.largestObject', 'Largest file'),
  term('delivery', 'delivery.mediaTypes', 'Formats'),
  term('delivery', 'delivery.presignedUrls', 'Collecting by links that a recipient has signed', 'choice'),
  term('delivery', 'correspondence.inboxes', 'Inboxes', 'inbox'),
  term('sealed', 'sealed.why', 'Why nobody on the way may read what is shared'),
  term('sealed', 'sealed.keys', 'Keys that everything is encrypted to', 'key'),
  term('retention', 'retention.period', 'How long a recipient keeps its copy', 'span'),
  term('retention', 'retention.disposal', 'How it disposes of its copy'),
  term('retention', 'retention.disposeWithin', 'Time to dispose of all copies after the last day', 'span'),
  term('assessment', 'dpia.reference', 'Reference of the data protection impact assessment'),
  term('assessment', 'dpia.date', 'Day of the assessment', 'day'),
  term('assessment', 'dpia.outcome', 'What it concluded', 'choice'),
  term('days', 'starts', 'First day', 'day'),
  term('days', 'ends', 'Last day', 'day'),
  term('days', 'review', 'Review', 'day'),
  term('days', 'approvals', 'Approval by every party before anything is shared', 'choice'),
  term('days', 'supersedes', 'Agreement that this one follows', 'agreement'),
  term('days', 'novatedFrom', 'Agreement that passed to a successor of a party', 'agreement'),
];

/** Settings that are no terms, and why not. */
export const NO_TERMS = {
  suspended: 'A suspension takes away for a time what was agreed, and its end gives no more than that back.',
  hold: 'A legal hold is ordered, and not agreed on: it gives no access, and keeps for a time what is there.',
} as const satisfies Partial<Record<keyof WrittenAgreement, string>>;
