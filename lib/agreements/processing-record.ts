/**
 * The record of processing that the law has controllers and processors keep, of what an organisation shares and receives under the
 * agreements of a register. It is the organisation’s own record, and not for publication: what is withheld from the
 * public stands in it, and that it is withheld. What the register does not know is said so, and never guessed.
 * @see https://www.legislation.gov.uk/eur/2016/679/article/30
 * @see https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/accountability-and-governance/documentation/
 */
import { type Share, sharesOf, termsDigest } from '../register';
import { inWords } from '../register/calendar';
import { csv } from '../words';
import {
  type Cell,
  contactOf,
  contactsOf,
  isOfRow,
  NONE,
  NOT_ASKED,
  NOT_KNOWN,
  nameOf,
  ofOwner,
  orNone,
  others,
  type ProcessingSource,
  plain,
  type Row,
  retentionCell,
  securityCell,
  stateCell,
  transfersCell,
  whichOfBoth,
} from './processing-cells';
import { askedBy, basisOf, categoriesOf, schedule1Conditions, specialConditions } from './processing-law';
import { processingOf } from './processing-parts';

type Column = readonly [heading: string, cell: (row: Row) => Cell];

/**
 * The record as a table for a spreadsheet: a row for each agreement about people and each way of it in which the organisation
 * shares or receives, ended ones included.
 */
export function processingRecord(source: ProcessingSource): string {
  const { register, organisation, asOf } = source;
  const shares = byWay(sharesOf(register, asOf));
  const rows = processingOf(register, organisation.id).map((each): Row => {
    const all = shares.get(wayOf(each.agreement.id, each.owner)) ?? [];
    const own = all.filter(({ recipient }) => recipient.id === organisation.id);
    return { ...source, ...each, shares: each.side === 'shares' ? all : own };
  });
  return csv(
    COLUMNS.map(([heading]) => heading),
    rows.map((row) => COLUMNS.map(([, cell]) => cell(row))),
  );
}

/** Headings are those of the Commissioner’s templates wherever they have one for it. */
const COLUMNS: readonly Column[] = [
  ['Agreement', ({ agreement }) => agreement.id],
  ['Title of the agreement', ({ agreement }) => agreement.title],
  ['Record under', ({ agreement, role }) => askedBy(agreement.lawfulBasis, role)],
  ['Shares or receives', ({ side }) => side],
  ['As of', ({ asOf }) => asOf],
  ['State', stateCell],
  ['First day', ({ agreement }) => agreement.starts],
  ['Last day', ({ agreement }) => agreement.ends],
  [
    'Name and contact details',
    ({ organisation }) => [
      contactOf(organisation),
      `${NOT_KNOWN}: the postal address and the telephone number`,
    ],
  ],
  [
    'Name and contact details of data protection officer (if applicable)',
    ({ organisation }) =>
      `${NOT_KNOWN}: the officer’s name. The team for data protection: ${organisation.contacts.dataProtection}`,
  ],
  [
    'Name and contact details of representative (if applicable)',
    () => `${NOT_KNOWN}: whether there is one, and who`,
  ],
  ['Business function', () => NOT_KNOWN],
  ['Purpose of processing', ({ agreement }) => agreement.purpose.aim],
  ['Categories of processing', ({ agreement }) => agreement.purpose.permittedUses],
  [
    'Name and contact details of controller (if a processor keeps this record)',
    (row) => {
      if (row.role === 'processor') return contactsOf(row, [row.owner]);
      return row.role === 'either' ? whichOfBoth(row) : 'Not applicable';
    },
  ],
  [
    'Name and contact details of joint controller (if applicable)',
    (row) => (row.role === 'joint-controller' ? contactsOf(row, others(row)) : 'Not applicable'),
  ],
  [
    'Name and contact details of processor (if applicable)',
    (row) => {
      if (row.agreement.relationship !== 'controller-and-processor')
        return `${NOT_KNOWN}: processors of the organisation’s own`;
      return row.role === 'either' ? whichOfBoth(row) : contactsOf(row, row.recipients.filter(isOfRow(row)));
    },
  ],
  [
    'Link to contract with processor (if applicable)',
    ({ agreement }) =>
      agreement.relationship === 'controller-and-processor'
        ? `${NOT_KNOWN}: where the contract is kept`
        : 'Not applicable to this agreement',
  ],
  ['Categories of individuals', ({ agreement }) => agreement.data.subjects],
  ['Categories of personal data', ({ agreement }) => agreement.data.items],
  ['Special categories of personal data', ({ agreement }) => orNone(categoriesOf(agreement))],
  [
    'Criminal convictions and offences',
    ({ agreement }) => (agreement.data.criminalOffence === 'yes' ? 'Yes' : 'No'),
  ],
  [
    'Categories of recipients',
    (row) =>
      row.side === 'shares'
        ? [
            ...row.recipients.map((each) => nameOf(row, each)),
            `${NOT_KNOWN}: to whom else the organisation discloses it`,
          ]
        : `${NOT_KNOWN}: to whom the organisation discloses what it receives`,
  ],
  [
    'The source of the personal data (if applicable)',
    (row) =>
      row.side === 'shares' ? `${NOT_KNOWN}: where the organisation has it from` : nameOf(row, row.owner),
  ],
  [
    'Names of third countries or international organisations that personal data are transferred to (if applicable)',
    transfersCell,
  ],
  [
    'Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)',
    () => `${NOT_KNOWN}: the register has no setting for such transfers`,
  ],
  ['Retention schedule', retentionCell],
  ['General description of technical and organisational security measures', securityCell],
  ['Article 6 lawful basis for processing personal data', ofOwner(({ lawfulBasis }) => basisOf(lawfulBasis))],
  [
    'Article 9 condition for processing special category data',
    ofOwner(({ lawfulBasis }) => specialConditions(lawfulBasis)),
  ],
  [
    'Data Protection Act 2018 Schedule 1 condition for processing',
    ofOwner(({ lawfulBasis }) => schedule1Conditions(lawfulBasis)),
  ],
  ['Legal power to share', ({ agreement }) => agreement.lawfulBasis.gateway],
  [
    'Existence of automated decision-making, including profiling (if applicable)',
    ({ role }) => (role === 'processor' ? NOT_ASKED : NOT_KNOWN),
  ],
  [
    'Link to Data Protection Impact Assessment',
    ({ agreement: { dpia } }) =>
      `${dpia.reference}, signed off on ${inWords(dpia.date)}: ${plain(dpia.outcome)}`,
  ],
  ['Requests about rights go to', ({ agreement }) => agreement.contacts.rights],
  ['Personal data breaches are told to', ({ agreement }) => agreement.contacts.breach],
  [
    'Withheld from the public',
    ({ agreement }) =>
      agreement.public === undefined
        ? NONE
        : [...agreement.public.withheld, `because: ${agreement.public.reason}`],
  ],
  ['Digest of the terms', ({ agreement, register }) => termsDigest(agreement, register.contracts)],
];

function wayOf(agreement: string, owner: string): string {
  return `${agreement} ${owner}`;
}

function byWay(shares: readonly Share[]): ReadonlyMap<string, readonly Share[]> {
  const ways = new Map<string, Share[]>();
  for (const share of shares) {
    const way = wayOf(share.agreement.id, share.owner.id);
    const held = ways.get(way);
    if (held === undefined) ways.set(way, [share]);
    else held.push(share);
  }
  return ways;
}
