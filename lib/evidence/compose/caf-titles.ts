/**
 * What the outcomes of the Cyber Assessment Framework are called, and what version 3.2 called otherwise.
 * Titles only, from the NCSC under the Open Government Licence v3.0.
 * @see https://www.ncsc.gov.uk/collection/cyber-assessment-framework
 */
const TITLES: Readonly<Record<string, string>> = {
  'A1.a': 'Board Direction',
  'A1.b': 'Roles and Responsibilities',
  'A1.c': 'Decision-making',
  'A3.a': 'Asset Management',
  'A4.a': 'Supply Chain',
  'A4.b': 'Secure Software Development and Support',
  'B2.a': 'Identity Verification, Authentication and Authorisation',
  'B2.b': 'Device Management',
  'B2.c': 'Privileged User Management',
  'B2.d': 'Identity and Access Management (IdAM)',
  'B3.a': 'Understanding Data',
  'B3.b': 'Data in Transit',
  'B3.c': 'Stored Data',
  'B3.e': 'Media / Equipment Sanitisation',
  'B4.a': 'Secure by Design',
  'B4.b': 'Secure Configuration',
  'B4.c': 'Secure Management',
  'B4.d': 'Vulnerability Management',
  'B5.a': 'Resilience Preparation',
  'B5.b': 'Design for Resilience',
  'B5.c': 'Backups',
  'B6.a': 'Cyber Security Culture',
  'C1.a': 'Sources and Tools for Logging and Monitoring',
  'C1.b': 'Securing Logs',
  'C1.c': 'Generating Alerts',
  'C1.d': 'Triage of Security Alerts',
  'D1.a': 'Response Plan',
  'D1.b': 'Response and Recovery Capability',
  'D1.c': 'Testing and Exercising',
};

const IN_3_2: Readonly<Record<string, string>> = {
  'C1.a': 'Monitoring Coverage',
  'C1.d': 'Identifying Security Incidents',
};

/** The title of an outcome in one version. @throws RangeError if the table lacks it */
export function cafTitle(id: string, version: 'caf32' | 'caf40'): string {
  const title = (version === 'caf32' ? IN_3_2[id] : undefined) ?? TITLES[id];
  if (title === undefined) throw new RangeError(`the table of CAF titles lacks ${id}`);
  return title;
}
