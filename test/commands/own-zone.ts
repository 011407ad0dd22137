/** A zone as tests begin it: what somebody types, by flags and answer after answer. */

const ROLE = 'arn:aws:iam::100000000022:role';

/** The zone and its first organisation, by the options of `init`. */
export const INIT_BY_FLAGS: readonly string[] = [
  ['as-of', '2026-12-01'],
  ['operator', 'Northern data partnership'],
  ['management-account', '100000000001'],
  ['zone-account', '100000000002'],
  ['aws-organization', 'o-a1b2c3d4e5'],
  ['prefix', 'north'],
  ['alert-mailbox', 'alerts@north.example'],
  ['stage', 'nowhere'],
  ['canary-unit', 'ou-ab12-canary00'],
  ['members-unit', 'ou-ab12-members0'],
  ['zone-unit', 'ou-ab12-zone0000'],
  ['deployers', 'arn:aws:iam::100000000003:role/deployment'],
  ['config', 'ncsc'],
  ['budget', '100 USD'],
  ['budget-mailbox', 'costs@north.example'],
  ['id', 'leeds'],
  ['name', 'Leeds City Council'],
  ['sector', 'local-government'],
  ['membership', 'member'],
  ['account', '100000000022'],
  ['custody', 'account'],
  ['administrators', `${ROLE}/security/key-administrator`],
  ['may-deposit', `${ROLE}/benefits/sender`],
  ['may-collect', `${ROLE}/benefits/reader`],
  ['security-mailbox', 'cyber-security@leeds.example'],
  ['data-protection-mailbox', 'data-protection@leeds.example'],
  ['assurance', 'cyber-essentials'],
  ['assured-on', '2026-03-01'],
  ['joins', '2027-01-04'],
  ['codes', 'gss:E08000035:2011-01-01'],
].flatMap(([name, value]) => [`--${name}`, value ?? '']);

/** The zone, answer after answer. */
export const ZONE_ANSWERS: readonly string[] = [
  'Northern data partnership',
  '100000000001',
  '100000000002',
  'o-a1b2c3d4e5',
  'north',
  'alerts@north.example',
  '',
  'ou-ab12-canary00',
  'ou-ab12-members0',
  'ou-ab12-zone0000',
  'arn:aws:iam::100000000003:role/deployment',
  '',
  '',
  '',
];

function organisation(
  id: string,
  name: string,
  sector: string,
  account: string,
  code: string,
  helpDesk: readonly string[] = [''],
): readonly string[] {
  const role = `arn:aws:iam::${account}:role`;
  return [
    id,
    name,
    sector,
    'member',
    account,
    'account',
    `${role}/security/key-administrator`,
    `${role}/benefits/sender`,
    `${role}/benefits/reader`,
    `security@${id}.example`,
    `data-protection@${id}.example`,
    ...helpDesk,
    'cyber-essentials',
    '2026-03-01',
    '2027-01-04',
    code,
  ];
}

export const LEEDS_ANSWERS = organisation(
  'leeds',
  'Leeds City Council',
  '2',
  '100000000022',
  'gss:E08000035:2011-01-01',
  ['service-desk@leeds.example', '0113 496 0120'],
);
export const BRADFORD_ANSWERS = organisation(
  'bradford',
  'City of Bradford Council',
  'local-government',
  '100000000023',
  'none',
);
export const DWP_ANSWERS = organisation(
  'dwp',
  'Department for Work and Pensions',
  'central-government',
  '100000000021',
  'none',
);

/** An agreement between two of them. */
export const AGREEMENT_ANSWERS: readonly string[] = [
  'school-meals',
  'Free school meals in Leeds',
  'dwp',
  'leeds',
  '',
  'To give free school meals without a form.',
  'The council does not hold the awards.',
  'Decide on free school meals; Tell schools',
  'Profile families',
  'Name; Date of birth; Award',
  'uk-gdpr',
  'People with an award; Their children',
  '',
  'no',
  'public-task',
  'Welfare Reform Act 2012, section 131',
  'DPIA-2026-077',
  '2026-11-20',
  'low-risk',
  '',
  'none',
  'Each file is made by hand: a letter with a table.',
  '',
  '',
  'application/pdf',
  '2027-01-04',
  '2029-01-03',
  '2028-01-03',
  'P14M',
  'It is deleted after the school year.',
  '',
  '',
  // Nobody has to sign.
  '',
  // Nothing is withheld from the public record.
  '',
];
