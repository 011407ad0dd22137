/** Bad registers whose values are not among those allowed or not in the right form. */
import { replace } from '../samples';
import { AGREEMENT, type Cases, CONTRACT, DWP, LEEDS, ROUTING, ZONE } from './cases';

export const ACCOUNTS: Cases = {
  'account-unquoted': [replace(LEEDS, '"100000000022"', '100000000022')],
  'account-that-lost-its-zero': [replace(DWP, '"012345678901"', '12345678901')],
  'account-quoted-with-11-digits': [replace(DWP, '"012345678901"', '"12345678901"')],
  'account-with-hyphens': [replace(DWP, '"012345678901"', '"0123-4567-8901"')],
  'account-with-13-digits': [replace(DWP, '"012345678901"', '"0123456789012"')],
  'account-in-curly-quotes': [replace(DWP, '"012345678901"', '“012345678901”')],
  'account-by-its-name': [replace(DWP, '"012345678901"', 'dwp-production')],
};

export const DATES: Cases = {
  'date-30-february': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 2030-02-30')],
  'date-month-13': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 2030-13-01')],
  'date-day-first': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 30/04/2030')],
  'date-day-first-that-does-not-exist': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 31/04/2030')],
  'date-without-zeros': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 2030-4-1')],
  'date-with-a-time': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 2030-03-31T23:59:59Z')],
  'date-in-words': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 31 March 2030')],
  'date-with-a-short-year': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 31/03/30')],
  'date-american': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 03/31/2030')],
  'date-with-slashes': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 2030/03/31')],
  'date-in-another-century': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 3030-03-31')],
  'date-left-out': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends:')],
  'date-day-0': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 2030-03-00')],
};

export const WORDS: Cases = {
  'classification-secret': [replace(AGREEMENT, 'classification: OFFICIAL', 'classification: SECRET')],
  'classification-official-sensitive': [
    replace(AGREEMENT, 'classification: OFFICIAL', 'classification: OFFICIAL-SENSITIVE'),
  ],
  'classification-in-small-letters': [replace(AGREEMENT, ' OFFICIAL\n', ' official\n')],
  'value-american': [replace(AGREEMENT, 'public-task', 'recognized-legitimate-interest')],
  'value-american-in-a-list': [
    replace(
      AGREEMENT,
      '  gateway',
      '  schedule1:\n    - counseling\n    - standards-of-behavior-in-sport\n  gateway',
    ),
  ],
  'value-misspelt': [replace(LEEDS, 'local-government\nmembership', 'local-goverment\nmembership')],
  'value-unlike-any-other': [replace(LEEDS, 'local-government\nmembership', 'council\nmembership')],
  'kind-of-custody-unknown': [replace(DWP, 'kind: account', 'kind: aws-managed')],
  'true-for-yes': [replace(AGREEMENT, 'criminalOffence: no', 'criminalOffence: false')],
  'presigned-urls-as-a-wish': [
    replace(AGREEMENT, 'collectWithin: P3D', 'collectWithin: P3D\n  presignedUrls: permitted'),
  ],
  'marking-as-text': [replace(AGREEMENT, 'markings:\n  - SENSITIVE', 'markings: SENSITIVE')],
  'scheme-unknown': [replace(LEEDS, 'scheme: gss', 'scheme: ons')],
};

export const FORMS: Cases = {
  'duration-in-words': [replace(ZONE, 'period: P7Y', 'period: 7 years')],
  'span-of-months': [replace(AGREEMENT, 'collectWithin: P3D', 'collectWithin: P1M')],
  'size-without-a-space': [replace(AGREEMENT, '2 GB', '2GB')],
  'media-type-as-extension': [replace(AGREEMENT, 'text/csv', '.csv')],
  'mailbox-with-capitals': [replace(LEEDS, 'cyber-security@', 'Cyber-Security@')],
  'mailbox-as-a-link': [replace(LEEDS, 'cyber-security@leeds.example', 'https://leeds.example/contact')],
  'telephone-with-brackets': [
    replace(LEEDS, '  dataProtection', '  helpDeskTelephone: (0113) 496-0000\n  dataProtection'),
  ],
  'help-desk-of-a-person': [
    replace(LEEDS, '  dataProtection', '  helpDesk: jane.smith@leeds.example\n  dataProtection'),
  ],
  'arn-of-a-user': [replace(LEEDS, 'role/benefits/reader', 'user/jane')],
  'arn-with-a-wildcard': [replace(LEEDS, 'role/benefits/reader', 'role/benefits/*')],
  'arn-of-a-key-alias': [replace(LEEDS, 'key/00000000-0000-4000-8000-000000000022', 'alias/concordat')],
  'region-by-its-name': [replace(ZONE, 'region: eu-west-2', 'region: London')],
  'id-with-capitals': [replace(LEEDS, 'id: leeds', 'id: Leeds')],
  'id-with-two-hyphens': [replace(AGREEMENT, '  - leeds', '  - leeds--city')],
  'id-too-long': [replace(AGREEMENT, '  - leeds', '  - leeds-city-council-benefits-service')],
  'code-in-small-letters': [replace(LEEDS, 'E08000035', 'e08000035')],
  'code-that-lost-its-zeros': [replace(ROUTING, '"00000000"', '0')],
  'version-as-a-number': [replace(CONTRACT, 'version: 1.0.0', 'version: 1.0')],
  'version-of-the-standard-too-old': [replace(CONTRACT, 'v3.1.0', 'v2.2.2')],
  'text-of-spaces': [replace(LEEDS, 'cluster-example2345', '"  "')],
  'special-space-at-the-end': [replace(DWP, 'role/benefits/publisher', 'role/benefits/publisher\u00a0')],
  'long-line': [
    replace(
      LEEDS,
      '    - arn:aws:iam::100000000022:role/security/key-administrator',
      `    - arn:aws:iam::100000000022:role/security/${'key-administrators/'.repeat(12)}*`,
    ),
  ],
  'long-line-in-a-list': [
    replace(AGREEMENT, 'recipients:\n  - leeds', `recipients: [${'leeds, '.repeat(30)}Leeds]`),
  ],
};

export const SHAPES: Cases = {
  'text-for-a-list': [replace(AGREEMENT, 'recipients:\n  - leeds', 'recipients: leeds')],
  'list-for-a-text': [replace(AGREEMENT, 'owner: dwp', 'owner:\n  - dwp')],
  'group-for-a-text': [replace(AGREEMENT, 'owner: dwp', 'owner:\n  id: dwp')],
  'text-for-a-group': [
    replace(ZONE, 'auditRetention:\n  mode: compliance\n  period: P7Y', 'auditRetention: P7Y'),
  ],
  'list-for-a-group': [
    replace(LEEDS, '  security: ', '  - security: '),
    replace(LEEDS, '  dataProtection', '    dataProtection'),
  ],
  'group-for-a-list': [replace(LEEDS, '  - scheme: gss\n    value: E08000035\n    from: ', '  gss: ')],
  'list-that-is-empty': [replace(AGREEMENT, 'recipients:\n  - leeds', 'recipients: []')],
  'item-that-is-empty': [replace(AGREEMENT, '  - leeds', '  -')],
  'text-that-is-empty': [
    replace(
      AGREEMENT,
      'disposal: The council deletes its copy after 14 months and tells DWP so.',
      'disposal: ""',
    ),
  ],
  'group-that-is-empty': [
    replace(
      AGREEMENT,
      '\n  period: P14M\n  disposal: The council deletes its copy after 14 months and tells DWP so.',
      '',
    ),
  ],
  'number-in-quotes': [replace(CONTRACT, 'minimum: 0', 'minimum: "0"')],
  'not-a-number': [replace(CONTRACT, 'minimum: 0', 'minimum: .nan')],
  'yes-for-true': [replace(CONTRACT, 'required: true', 'required: yes')],
  'two-comparisons': [replace(CONTRACT, 'mustBe: 0', 'mustBe: 0\n            mustBeLessThan: 5')],
  'logical-type-unknown': [replace(CONTRACT, 'logicalType: number', 'logicalType: decimal')],
};
