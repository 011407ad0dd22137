/** Bad registers whose files are each sound but do not hold together. */
import { append, copy, move, remove, replace, set, write } from '../samples';
import { AGREEMENT, type Cases, CONTRACT, DWP, LEEDS, ROUTING, ZONE } from './cases';

export const REFERENCES: Cases = {
  'recipient-misspelt': [replace(AGREEMENT, '  - leeds', '  - leed')],
  'recipient-unknown': [replace(AGREEMENT, '  - leeds', '  - bradford')],
  'contract-unknown': [remove(CONTRACT)],
  'recipient-twice': [replace(AGREEMENT, '  - leeds', '  - leeds\n  - leeds')],
  'owner-as-recipient': [replace(AGREEMENT, '  - leeds', '  - leeds\n  - dwp')],
  'owner-external': [replace(AGREEMENT, 'owner: dwp', 'owner: routing')],
  'owner-with-nobody-to-deposit': [set(DWP, { mayDeposit: [] })],
  'recipient-with-nobody-to-collect': [set(LEEDS, { mayCollect: [] })],
};

export const IDENTITY: Cases = {
  'id-is-a-gss-code': [
    move(LEEDS, 'organisations/e08000035.yaml'),
    set('organisations/e08000035.yaml', { id: 'e08000035' }),
    replace(AGREEMENT, '  - leeds', '  - e08000035'),
  ],
  'id-is-the-name': [
    move(LEEDS, 'organisations/leeds-city-council.yaml'),
    set('organisations/leeds-city-council.yaml', { id: 'leeds-city-council' }),
    replace(AGREEMENT, '  - leeds', '  - leeds-city-council'),
  ],
  'role-of-another-account': [replace(LEEDS, '100000000022:role/benefits', '012345678901:role/benefits')],
  'administrator-who-collects': [replace(LEEDS, ':role/benefits/reader', ':role/security/key-administrator')],
  'key-in-another-region': [replace(LEEDS, 'eu-west-2', 'eu-west-1')],
  'code-of-two-organisations': [
    copy(LEEDS, 'bradford', {
      account: '100000000029',
      custody: { kind: 'account', administrators: ['arn:aws:iam::100000000029:role/keys'] },
      mayCollect: [],
    }),
  ],
  'approver-without-a-key': [
    append(
      LEEDS,
      'approvers:\n  - post: risk-owner\n    role: Senior Information Risk Owner\n    from: 2026-01-01\n',
    ),
  ],
  'mailbox-of-a-person': [replace(LEEDS, 'data-protection@', 'jane.smith@')],
};

export const TIMES: Cases = {
  'review-after-the-end': [replace(AGREEMENT, 'review: 2028-03-31', 'review: 2030-04-01')],
  'end-before-the-start': [replace(AGREEMENT, 'ends: 2030-03-31', 'ends: 2020-03-31')],
  'starts-before-membership': [
    replace(AGREEMENT, 'starts: 2026-04-01', 'starts: 2025-04-01'),
    set(AGREEMENT, { 'dpia.date': '2025-02-20' }),
  ],
  'assessed-after-the-start': [replace(AGREEMENT, 'date: 2026-02-20', 'date: 2026-04-02')],
  'assessed-in-the-future': [
    replace(AGREEMENT, 'date: 2026-02-20', 'date: 2027-02-20'),
    replace(AGREEMENT, 'starts: 2026-04-01', 'starts: 2027-04-01'),
  ],
  'assured-in-the-future': [replace(LEEDS, 'date: 2025-05-23', 'date: 2027-05-23')],
  'object-too-large-beside-another-fault': [
    set(AGREEMENT, { 'delivery.largestObject': '101 GB' }),
    replace(LEEDS, 'date: 2025-05-23', 'date: 2027-05-23'),
  ],
  'retention-of-nothing': [set(AGREEMENT, { 'retention.period': 'P0D' })],
  'person-in-free-text': [
    set(AGREEMENT, {
      'purpose.necessity': 'Claims such as that of AB 12 34 56 C cannot be checked without it.',
    }),
  ],
  'ends-after-membership': [append(LEEDS, 'leaves: 2028-03-31\n')],
  'code-ends-before-it-begins': [
    replace(LEEDS, 'from: 2011-01-01', 'from: 2011-01-01\n    until: 2010-12-31'),
  ],
  'region-outside-the-uk': [
    replace(ZONE, 'eu-west-2', 'eu-west-1'),
    replace(LEEDS, 'eu-west-2', 'eu-west-1'),
  ],
  'region-exception-that-ended': [
    replace(LEEDS, 'eu-west-2', 'eu-west-1'),
    set(ZONE, {
      region: 'eu-west-1',
      regionException: {
        region: 'eu-west-1',
        reason: 'Rehearsal.',
        owner: 'Senior information risk owner',
        until: '2026-09-30',
      },
    }),
  ],
  'region-exception-for-another-region': [
    replace(LEEDS, 'eu-west-2', 'eu-west-1'),
    set(ZONE, {
      region: 'eu-west-1',
      regionException: {
        region: 'eu-west-3',
        reason: 'Rehearsal.',
        owner: 'Senior information risk owner',
        until: '2027-09-30',
      },
    }),
  ],
  'region-exception-not-needed': [
    set(ZONE, {
      regionException: {
        region: 'eu-west-1',
        reason: 'Rehearsal.',
        owner: 'Senior information risk owner',
        until: '2027-09-30',
      },
    }),
  ],
};

const FORMER_KEY = 'concordat-ledger-100000000002+c7ab2a71+ASo2QwY151BUefC6dsSR8f4kNzc/mG7WkAm4LK9QkH/K';

export const LEDGER_KEYS: Cases = {
  'former-key-of-another-log': [
    set(ZONE, {
      ledger: {
        formerKeys: ['borough-ledger-100000000099+b09d987a+ASo2QwY151BUefC6dsSR8f4kNzc/mG7WkAm4LK9QkH/K'],
      },
    }),
  ],
  'former-key-that-was-changed': [
    set(ZONE, {
      ledger: {
        formerKeys: ['concordat-ledger-100000000002+c7ab2a71+ASo2QwY151BUefC6dsSR8f4kNzc/mG7WkAm4LK9QAAAA'],
      },
    }),
  ],
  'former-key-twice': [set(ZONE, { ledger: { formerKeys: [FORMER_KEY, FORMER_KEY] } })],
  'former-key-as-pem': [set(ZONE, { ledger: { formerKeys: ['-----BEGIN PUBLIC KEY-----'] } })],
};

export const LAW: Cases = {
  'public-authority-with-a-legitimate-interest': [replace(AGREEMENT, 'public-task', 'legitimate-interests')],
  'special-category-without-article-9': [
    replace(AGREEMENT, 'specialCategories: []', 'specialCategories:\n    - health'),
  ],
  'article-9-without-schedule-1': [
    replace(AGREEMENT, 'specialCategories: []', 'specialCategories:\n    - health'),
    replace(AGREEMENT, '  gateway', '  article9: public-health\n  gateway'),
  ],
  'offences-without-schedule-1': [replace(AGREEMENT, 'criminalOffence: no', 'criminalOffence: yes')],
  'law-enforcement-with-a-company': [
    replace(AGREEMENT, '  - leeds', '  - leeds\n  - routing'),
    replace(
      AGREEMENT,
      'regime: uk-gdpr\n  article6: public-task',
      'regime: law-enforcement\n  section35: consent',
    ),
  ],
  'gateway-that-is-not-all-in-force': [
    replace(
      AGREEMENT,
      'Social Security Administration Act 1992, section 122C.',
      'Children Act 2004, section 16LA',
    ),
  ],
  'gateway-in-force-after-the-start': [
    replace(
      AGREEMENT,
      'Social Security Administration Act 1992, section 122C.',
      'Children Act 2004, section 16LA, in force from 2027-09-01',
    ),
  ],
  'gateway-that-was-repealed': [
    replace(
      AGREEMENT,
      'Social Security Administration Act 1992, section 122C.',
      'Data Protection Act 1998, section 29(3)',
    ),
  ],
  'people-in-data-about-nobody': [
    replace(AGREEMENT, 'regime: uk-gdpr\n  article6: public-task', 'regime: not-personal-data'),
  ],
  'subjects-left-empty': [
    replace(AGREEMENT, 'subjects:\n    - People with a live Housing Benefit claim', 'subjects: []'),
  ],
};

export const SUCCESSION: Cases = {
  'successor-of-an-organisation-that-stays': [append(LEEDS, 'successors:\n  - dwp\n')],
  'successor-that-joins-too-late': [
    append(DWP, 'leaves: 2030-03-31\nsuccessors:\n  - leeds\n'),
    replace(LEEDS, 'joins: 2025-09-01', 'joins: 2030-05-01'),
    set(AGREEMENT, { recipients: ['routing'] }),
  ],
  'agreements-that-overlap': [
    copy(AGREEMENT, 'benefit-awards-2', {
      supersedes: 'benefit-awards',
      starts: '2029-04-01',
      review: '2030-03-31',
    }),
  ],
  'novation-to-a-stranger': [
    copy(AGREEMENT, 'benefit-awards-2', {
      novatedFrom: 'benefit-awards',
      starts: '2030-04-01',
      review: '2031-03-31',
      ends: '2033-03-31',
    }),
  ],
  'agreement-that-follows-itself': [append(AGREEMENT, 'supersedes: benefit-awards\n')],
};

export const GUARDRAILS: Cases = {
  'canary-unit-that-is-the-members': [replace(ZONE, 'ou-abcd-canary00', 'ou-abcd-members0')],
  'custody-unit-that-is-the-zones': [
    set(ZONE, { 'guardrails.units.custody': { imported: 'ou-abcd-zone0000' } }),
  ],
  'deployer-of-an-organisation': [
    replace(ZONE, '100000000003:role/deployment', '100000000022:role/benefits'),
  ],
  'unit-that-is-the-root': [replace(ZONE, 'ou-abcd-canary00', 'r-abcd')],
  'stage-that-is-not-there': [replace(ZONE, 'stage: canary', 'stage: off')],
  'budget-in-pounds': [replace(ZONE, '200 USD', '£200')],
};

export const CONTRACTS: Cases = {
  'neither-contract-nor-why-not': [replace(AGREEMENT, 'contract: benefit-awards\n', '')],
  'contract-and-why-not': [
    replace(AGREEMENT, 'contract: benefit-awards', 'contract: benefit-awards\nwithoutContract: A pilot.'),
  ],
  'contract-and-a-file-that-is-not-read': [
    replace(AGREEMENT, '    - text/csv', '    - text/csv\n    - application/pdf'),
  ],
  'contract-of-two-objects': [
    append(CONTRACT, '  - name: payments\n    properties:\n      - name: id\n        logicalType: string\n'),
  ],
  'contract-of-no-object': [set(CONTRACT, { schema: [] })],
  'contract-with-a-key-of-too-large-a-file': [
    replace(AGREEMENT, 'largestObject: 2 GB', 'largestObject: 20 GB'),
  ],
};

export const SEVERAL: Cases = {
  'several-faults-in-several-files': [
    replace(ZONE, 'operator: Concordat operations', 'operater: Concordat operations'),
    replace(DWP, '"012345678901"', '12345678901'),
    replace(LEEDS, '"100000000022"', '100000000022'),
    replace(LEEDS, 'joins: 2025-09-01', 'joins: 1/9/2025'),
    replace(AGREEMENT, '  - leeds', '  - leeds\n  - bradfrod'),
    replace(AGREEMENT, 'OFFICIAL\n', 'SECRET\n'),
    write('agreements/notes.txt', 'to do'),
    replace(CONTRACT, 'logicalType: number', 'logicalType: numbers'),
  ],
  'one-cause-told-once': [replace(DWP, 'membership: member', 'membership: memebr')],
  'account-wrong-in-an-organisation-that-is-used': [
    replace(ROUTING, '"900000000061"', '"90000000061"'),
    replace(AGREEMENT, '  - leeds', '  - routing'),
  ],
};
