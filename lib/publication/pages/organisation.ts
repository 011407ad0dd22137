/** One organisation: what it gets, from whom and why, and what it shares. */
import { type Block, type Document, heading, paragraph } from '../../words';
import { organisationPath } from '../paths';
import type { PublicAgreement, PublicOrganisation, PublicRecord } from '../public-record';
import { inShort, ways } from './told';

/** The page. */
export function organisationPage(organisation: PublicOrganisation, { agreements }: PublicRecord): Document {
  const here = organisationPath(organisation.id);
  const of = (part: 'owner' | 'recipient') =>
    agreements.filter(({ shares }) => shares?.some((each) => each[part].id === organisation.id));
  return [
    ways(here),
    heading(1, organisation.name),
    ...(organisation.codes.length === 0
      ? []
      : [paragraph(`Official codes: ${organisation.codes.join(', ')}.`)]),
    heading(2, `What ${organisation.name} gets`),
    ...agreementsIn(here, of('recipient')),
    heading(2, `What ${organisation.name} shares`),
    ...agreementsIn(here, of('owner')),
  ];
}

function agreementsIn(here: string, agreements: readonly PublicAgreement[]): readonly Block[] {
  if (agreements.length === 0) return [paragraph('Nothing.')];
  return agreements
    .flatMap((each) => inShort(here, each))
    .map((block) => (block.kind === 'heading' ? { ...block, level: 3 } : block));
}
