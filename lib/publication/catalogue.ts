/**
 * The record as a catalogue of DCAT 3 in JSON-LD: what is shared as datasets, who may use them for what and on which days as policies
 * of ODRL, and the tables as a dataset that anybody may have. Addresses are relative, so that they hold wherever it is served.
 * @see https://www.w3.org/TR/vocab-dcat-3/
 * @see https://www.w3.org/TR/odrl-vocab/
 */
import { DCAT_CONTEXT, type DcatNode, datasetOf, inEnglish } from '../contracts/export';
import { plainText } from '../words';
import { agreementPath, FRONT, organisationPath, TABLES_METADATA, tablePath } from './paths';
import type { PublicAgreement, PublicOrganisation, PublicRecord, PublicShare } from './public-record';
import { tablesOf } from './tables';

const CONTEXT = {
  ...DCAT_CONTEXT,
  foaf: 'http://xmlns.com/foaf/0.1/',
  odrl: 'http://www.w3.org/ns/odrl/2/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
};
const CATALOGUE_ID = `${FRONT}#catalogue`;
const TABLES_ID = `${FRONT}#tables`;
const OPERATOR_ID = `${FRONT}#operator`;
const CSV = 'http://www.iana.org/assignments/media-types/text/csv';
const ACCESS = 'http://publications.europa.eu/resource/authority/access-right/';
const ENGLISH: DcatNode = {
  '@id': 'http://publications.europa.eu/resource/authority/language/ENG',
  '@type': 'dcterms:LinguisticSystem',
};

/** The file. */
export function catalogueText(record: PublicRecord): string {
  const datasets = record.agreements.flatMap(datasetsOf);
  const graph: DcatNode[] = [
    {
      '@id': CATALOGUE_ID,
      '@type': 'dcat:Catalog',
      'dcterms:title': inEnglish('What public bodies share with each other'),
      'dcterms:description': inEnglish(
        ['Who gets what, why, under which law and for how long.', record.sample ?? ''].join(' ').trim(),
      ),
      'dcterms:publisher': { '@id': OPERATOR_ID },
      'dcterms:modified': { '@value': record.asOf, '@type': 'xsd:date' },
      'dcterms:language': ENGLISH,
      'foaf:homepage': { '@id': FRONT, '@type': 'foaf:Document' },
      'dcat:dataset': [TABLES_ID, ...datasets.map((each) => each['@id'])].map((id) => ({ '@id': id })),
    },
    { '@id': OPERATOR_ID, '@type': 'foaf:Agent', 'foaf:name': inEnglish(record.operator) },
    ...record.organisations.map(agentOf),
    tablesDataset(record),
    ...datasets,
  ];
  return `${JSON.stringify({ '@context': CONTEXT, '@graph': graph }, null, 2)}\n`;
}

const agentId = ({ id }: PublicOrganisation) => `${organisationPath(id)}#organisation`;

function agentOf(organisation: PublicOrganisation): DcatNode {
  return {
    '@id': agentId(organisation),
    '@type': 'foaf:Agent',
    'foaf:name': inEnglish(organisation.name),
    ...(organisation.codes.length > 0 && { 'dcterms:identifier': organisation.codes }),
  };
}

function tablesDataset(record: PublicRecord): DcatNode {
  return {
    '@id': TABLES_ID,
    '@type': 'dcat:Dataset',
    'dcterms:title': inEnglish('The record as tables'),
    'dcterms:description': inEnglish('All that the pages say, as CSV, with CSV on the Web.'),
    'dcterms:publisher': { '@id': OPERATOR_ID },
    'dcterms:accessRights': rightsOf('PUBLIC'),
    'dcterms:language': ENGLISH,
    'dcat:landingPage': { '@id': FRONT, '@type': 'foaf:Document' },
    'dcat:distribution': tablesOf(record).map(({ name, about }) => ({
      '@id': `${FRONT}#${name}`,
      '@type': 'dcat:Distribution',
      'dcterms:title': inEnglish(`${name}.csv`),
      'dcterms:description': inEnglish(about),
      'dcat:accessURL': { '@id': tablePath(name), '@type': 'rdfs:Resource' },
      'dcat:downloadURL': { '@id': tablePath(name), '@type': 'rdfs:Resource' },
      'dcat:mediaType': { '@id': CSV, '@type': 'dcterms:MediaType' },
      'dcterms:conformsTo': { '@id': TABLES_METADATA, '@type': 'dcterms:Standard' },
    })),
  };
}

function rightsOf(right: 'PUBLIC' | 'NON_PUBLIC'): DcatNode {
  return { '@id': `${ACCESS}${right}`, '@type': 'dcterms:RightsStatement' };
}

/** One for each organisation that shares under the agreement; one alone where it is withheld who they are. */
function datasetsOf(agreement: PublicAgreement): DcatNode[] {
  const { shares } = agreement;
  if (shares === undefined) return [datasetUnder(agreement, undefined, [])];
  const owners = new Map(shares.map(({ owner }) => [owner.id, owner]));
  return [...owners.values()].map((owner) =>
    datasetUnder(
      agreement,
      owner,
      shares.filter((each) => each.owner.id === owner.id),
    ),
  );
}

function datasetUnder(
  agreement: PublicAgreement,
  owner: PublicOrganisation | undefined,
  shares: readonly PublicShare[],
): DcatNode {
  const { id, title, aim, items, contract, shares: all } = agreement;
  const several = new Set(all?.map((each) => each.owner.id)).size > 1;
  const page = agreementPath(id);
  const dataset = `${page}#shared${several && owner ? `-by-${owner.id}` : ''}`;
  const described = contract && datasetOf(contract.contract, contract.plan);
  const publisher = owner && { '@id': agentId(owner) };
  return {
    ...described,
    '@id': dataset,
    '@type': 'dcat:Dataset',
    'dcterms:identifier': `${id}${several && owner ? `:${owner.id}` : ''}`,
    'dcterms:title': inEnglish(title),
    'dcterms:description': inEnglish(
      [aim, items && `${items.join('; ')}.`].filter((each) => each !== undefined).join('\n') || title,
    ),
    ...(publisher && { 'dcterms:publisher': publisher, 'dcterms:creator': publisher }),
    'dcterms:accessRights': rightsOf('NON_PUBLIC'),
    'dcterms:language': ENGLISH,
    'dcat:landingPage': { '@id': page, '@type': 'foaf:Document' },
    'odrl:hasPolicy': policyOf(agreement, dataset, owner, shares),
  };
}

function policyOf(
  agreement: PublicAgreement,
  dataset: string,
  owner: PublicOrganisation | undefined,
  shares: readonly PublicShare[],
): DcatNode {
  const { law, starts, ends, permittedUses, prohibitedUses } = agreement;
  const days = [
    ...(starts === undefined ? [] : [dayConstraint('odrl:gteq', starts)]),
    ...(ends === undefined ? [] : [dayConstraint('odrl:lteq', ends)]),
  ];
  const use = (text: string): DcatNode => ({
    'odrl:target': { '@id': dataset },
    'odrl:action': { '@id': 'odrl:use' },
    'dcterms:description': inEnglish(text),
  });
  return {
    '@id': dataset.replace('#shared', '#agreed'),
    '@type':
      owner === undefined || shares.length === 0
        ? ['odrl:Policy', 'odrl:Set']
        : ['odrl:Policy', 'odrl:Agreement'],
    ...(owner && { 'odrl:assigner': { '@id': agentId(owner) } }),
    ...(shares.length > 0 && {
      'odrl:assignee': shares.map(({ recipient }) => ({ '@id': agentId(recipient) })),
    }),
    ...(law && { 'dcterms:rights': lawOf(law) }),
    'odrl:permission': (permittedUses ?? ['Withheld']).map((text) => ({
      ...use(text),
      ...(days.length > 0 && { 'odrl:constraint': days }),
    })),
    ...(prohibitedUses && { 'odrl:prohibition': prohibitedUses.map(use) }),
  };
}

function lawOf(law: NonNullable<PublicAgreement['law']>): DcatNode {
  return {
    '@type': 'dcterms:RightsStatement',
    'rdfs:label': law.map(([label, value]) => inEnglish(`${label}: ${plainText(value)}`)),
  };
}

function dayConstraint(operator: string, day: string): DcatNode {
  return {
    'odrl:leftOperand': { '@id': 'odrl:dateTime' },
    'odrl:operator': { '@id': operator },
    'odrl:rightOperand': { '@value': day, '@type': 'xsd:date' },
  };
}
