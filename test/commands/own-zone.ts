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
