/** Bad registers with settings that are misspelt, misplaced or missing. */
import { append, replace } from '../samples';
import { AGREEMENT, type Cases, CONTRACT, DWP, LEEDS, ROUTING, ZONE } from './cases';

export const KEYS: Cases = {
  'key-misspelt': [replace(AGREEMENT, 'recipients:', 'recipeints:')],
  'key-with-a-capital': [replace(AGREEMENT, 'owner:', 'Owner:')],
  'key-with-hyphens': [replace(LEEDS, 'mayDeposit:', 'may-deposit:')],
  'key-american': [
    replace(AGREEMENT, '  gateway:', '  recognizedInterest: safeguarding\n  gateway:'),
    replace(AGREEMENT, 'article6: public-task', 'article6: recognised-legitimate-interest'),
  ],
  'key-british': [replace(ZONE, 'awsOrganizationId:', 'awsOrganisationId:')],
  'key-british-in-a-contract': [
    append(
      CONTRACT,
      'servers:\n  - server: main\n    type: databricks\n    catalogue: main\n    schema: awards\n',
    ),
  ],
  'key-unlike-any-other': [append(LEEDS, 'chiefExecutive: Jane Smith\n')],
  'key-of-another-group': [replace(AGREEMENT, 'contract: benefit-awards', 'collectWithin: P3D')],
  'key-in-the-group-above': [replace(AGREEMENT, '\nstarts: 2026-04-01', '\n  starts: 2026-04-01')],
  'key-of-another-custody': [
    replace(DWP, '  kind: account\n', '  kind: account\n  clusterId: cluster-example2345\n'),
  ],
  'key-of-a-member-in-an-external-organisation': [append(ROUTING, 'mayDeposit: []\n')],
  'key-of-another-regime': [replace(AGREEMENT, '  gateway:', '  section35: consent\n  gateway:')],
  'key-named-as-in-javascript': [append(DWP, 'constructor: 100000000022\n__proto__: {}\n')],
  'key-missing': [replace(AGREEMENT, 'dpia:\n  reference: DPIA-2026-004\n  date: 2026-02-20\n', 'dpia:\n')],
  'group-missing': [
    replace(LEEDS, 'assurance:\n  scheme: caf-for-local-government\n  date: 2025-05-23\n', ''),
  ],
  'account-missing': [replace(LEEDS, 'account: "100000000022"\n', '')],
  'kind-of-custody-missing': [replace(DWP, '  kind: account\n', '')],
  'membership-missing': [replace(DWP, 'membership: member\n', '')],
  'list-missing': [replace(DWP, 'mayCollect: []\n', '')],
  'argument-misspelt': [replace(CONTRACT, 'validValues:', 'validValue:')],
  'argument-of-another-metric': [replace(CONTRACT, 'invalidValues', 'duplicateValues')],
};
