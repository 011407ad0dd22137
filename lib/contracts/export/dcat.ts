/** A contract as a dataset of DCAT 3 with Dublin Core, in JSON-LD. Numbers are texts with their datatype: JSON’s own are not exact. */
import type { ContractPlan } from '../../wire/contracts';
import type { DescribedContract, DescribedObject } from './described';
import { defined } from './json-schema';
import { type Exported, Said } from './said';

/** A thing of a catalogue in JSON-LD. */
export type DcatNode = Record<string, unknown>;

/** The dataset, with its contract as what it conforms to. What is asked of its values stands in the contract alone. */
export function toDcat(contract: DescribedContract, object: DescribedObject, plan: ContractPlan): Exported {
  const dataset = defined({
    '@context': DCAT_CONTEXT,
    ...describedDataset(contract, object, plan),
    'dcat:contactPoint': contract.support?.flatMap(({ channel, url }) =>
      url?.startsWith('mailto:')
        ? [{ '@type': 'vcard:Kind', 'vcard:fn': inEnglish(channel), 'vcard:hasEmail': { '@id': url } }]
        : [],
    ),
  });
  return { text: `${JSON.stringify(dataset, null, 2)}\n`, unsaid: new Said().unsaid(plan) };
}

/** A contract as a dataset for a catalogue, without whom to ask about it: catalogues are public, and mailboxes are for the parties. */
export function describedDataset(
  contract: DescribedContract,
  object: DescribedObject,
  plan: ContractPlan,
): DcatNode {
  const id = `urn:concordat:contract:${contract.id}`;
  const { purpose, limitations, usage } = contract.description ?? {};
  const frequency = contract.slaProperties?.find(({ property }) => property === 'frequency');
  return defined({
    '@id': `${id}:dataset`,
    '@type': 'dcat:Dataset',
    'dcterms:identifier': contract.id,
    'dcterms:title': inEnglish(contract.name ?? contract.id),
    'dcterms:description': inEnglish(
      [purpose, object.description, usage, limitations].filter((each) => each !== undefined).join('\n') ||
        (contract.name ?? contract.id),
    ),
    'dcat:version': contract.version,
    'dcat:keyword': contract.tags?.map(inEnglish),
    'dcterms:language': {
      '@id': 'http://publications.europa.eu/resource/authority/language/ENG',
      '@type': 'dcterms:LinguisticSystem',
    },
    'dcterms:conformsTo': {
      '@id': `${id}:${plan.contract.digest}`,
      '@type': 'dcterms:Standard',
      'dcterms:title': inEnglish(`Data contract ${contract.id}, version ${contract.version}`),
    },
    'dcat:temporalResolution': durationOf(frequency?.value, frequency?.unit),
  });
}

/** The names of the vocabularies. */
export const DCAT_CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** Words, with their language. */
export function inEnglish(text: string): DcatNode {
  return { '@value': text, '@language': 'en' };
}

/** How often data comes, where the contract says so in whole units: xsd:duration as text. */
function durationOf(value: unknown, unit: string | undefined): DcatNode | undefined {
  const letter = { d: 'D', day: 'D', days: 'D', month: 'M', months: 'M', y: 'Y', yr: 'Y', years: 'Y' }[
    unit ?? ''
  ];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || letter === undefined)
    return undefined;
  return { '@value': `P${value}${letter}`, '@type': 'xsd:duration' };
}
