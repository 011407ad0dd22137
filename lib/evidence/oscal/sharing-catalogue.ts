/**
 * The ten data sharing principles of the Government Digital Service as an OSCAL catalogue, in our own short words, with links to
 * their draft. It does not depend on what an assembly shows.
 * @see https://data-architecture.datamarketplace.gov.uk/principles/0-overview.html
 */
import type { Evidence, SharingPrinciple } from '../model';
import { uuidOf } from '../uuid';
import { metadata } from './document';

/** 10 controls, with what each asks as its objectives. */
export function sharingCatalogue(evidence: Evidence): object {
  const { sharingPrinciples, asOf } = evidence;
  const asked = sharingPrinciples.flatMap(({ goals }) => goals.map(({ id, text }) => `${id} ${text}`));
  return {
    catalog: {
      uuid: uuidOf('oscal', 'sharing-catalogue', asOf, ...asked),
      metadata: metadata(
        evidence,
        'Cross-government Data Sharing Principles, in short words',
        'The wording of objectives is Concordat’s. The text that counts is that of the Government Digital Service, a draft of 2026, which is linked from each control.',
      ),
      controls: sharingPrinciples.map(control),
    },
  };
}

/** The id of a principle as a control: `dsp-8`. */
export function sharingControlId({ number }: SharingPrinciple): string {
  return `dsp-${number}`;
}

function control(principle: SharingPrinciple) {
  const { title, link, goals } = principle;
  const id = sharingControlId(principle);
  return {
    id,
    title,
    links: [
      { href: link, rel: 'reference', text: 'The principle in the words of the Government Digital Service' },
    ],
    parts: [
      {
        id: `${id}_smt`,
        name: 'statement',
        prose: `${title}: see the words of the Government Digital Service.`,
      },
      ...goals.map((goal) => ({ id: goal.id, name: 'assessment-objective', prose: goal.text })),
    ],
  };
}
