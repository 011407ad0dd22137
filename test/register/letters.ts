/** A small register in which two organisations write to each other: a reciprocal agreement with an inbox of each. */
import { bech32 } from '@scure/base';
import { AGREEMENT, DWP, LEEDS, ZONE } from './bad-input/cases';
import { copy, type Edit, edited, MINIMAL, set } from './samples';

export const LETTERS_ID = 'safeguarding-letters';
/** Its file. */
export const LETTERS_FILE = `agreements/${LETTERS_ID}.yaml`;
const DESK = 'arn:aws:iam::012345678901:role/safeguarding/desk';
const DUTY = 'arn:aws:iam::100000000022:role/social-care/duty-team';
const LEEDS_SIGN_IN = {
  issuer: 'https://login.leeds.example',
  client: 'concordat-people',
  mayCollect: { appRoles: ['safeguarding'] },
  multiFactor: 'mfa',
};

/** Makes it of the minimal register, whose agreement stays. */
export const LETTERS: readonly Edit[] = [
  set(DWP, { mayCollect: [DESK] }),
  set(LEEDS, {
    custody: {
      kind: 'account',
      administrators: ['arn:aws:iam::100000000022:role/security/key-administrator'],
    },
    mayDeposit: [DUTY],
    mayCollect: ['arn:aws:iam::100000000022:role/benefits/reader', DUTY],
    signIn: LEEDS_SIGN_IN,
  }),
  copy(AGREEMENT, LETTERS_ID, {
    title: 'Letters about adults at risk',
    owner: undefined,
    recipients: undefined,
    reciprocal: ['dwp', 'leeds'],
    contract: undefined,
    withoutContract: 'Each message is a letter about one person.',
    correspondence: {
      inboxes: [
        {
          id: 'vulnerable-customers',
          of: 'dwp',
          team: 'Vulnerable customer team',
          notices: 'safeguarding-desk@dwp.example',
          readers: { roles: [DESK] },
        },
        {
          id: 'adult-safeguarding',
          of: 'leeds',
          team: 'Adult safeguarding team',
          notices: 'adult-safeguarding@leeds.example',
          readers: { roles: [DUTY], appRoles: ['safeguarding'] },
        },
      ],
    },
    'delivery.largestObject': '50 MB',
    'delivery.mediaTypes': ['message/rfc822', 'application/pdf', 'text/plain'],
  }),
];

/** The register’s files, after further edits. */
export function letters(...edits: readonly Edit[]) {
  return edited(MINIMAL, ...LETTERS, ...edits);
}

/** Where the mailbox’s page is served from. */
export const MAILBOX_ORIGIN = 'https://mailbox.example.gov.uk';
/** The letters are written in the mailbox: at Leeds people sign in to send and to collect. */
export const MAILBOX: readonly Edit[] = [
  set(ZONE, { mailbox: { origin: MAILBOX_ORIGIN } }),
  set(LEEDS, { signIn: { ...LEEDS_SIGN_IN, mayDeposit: { appRoles: ['safeguarding'] } } }),
];

/** The zone serves the page of Leeds. */
export const SERVED = {
  organisations: ['leeds'],
  certificate: 'arn:aws:acm:us-east-1:100000000002:certificate/0a1b2c3d-4e5f-4a6b-8c7d-0123456789ab',
  mayRelease: ['arn:aws:iam::100000000002:role/release/mailbox'],
};
export const SERVES: readonly Edit[] = [
  ...MAILBOX,
  set(ZONE, { mailbox: { origin: MAILBOX_ORIGIN, served: SERVED } }),
];

/** Who opens what is sealed: an officer of each party, and what lies in their safe. */
export const SEALED_LETTERS = {
  why: 'Families were promised that nobody on the way reads it.',
  keys: (['dwp', 'dwp', 'leeds', 'leeds'] as const).map((holder, n) => ({
    key: bech32.encodeFromBytes('age', new Uint8Array(32).fill(n + 1)),
    holder,
    keptBy: n % 2 === 0 ? 'An officer, by a passkey' : 'In the safe of the team',
  })),
};
/** The letters are sealed, and the zone serves the page in which they are opened. */
export const SEALS: readonly Edit[] = [...SERVES, set(LETTERS_FILE, { sealed: SEALED_LETTERS })];

/** The zone tells teams by GOV.UK Notify. */
export const NOTIFY: Edit = set(ZONE, {
  notify: {
    secret: 'arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3',
    templates: {
      waits: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
      reminder: '2f0d5b0e-3b4c-4b0a-9a52-5a3b3a0c7a11',
      notDelivered: '9c1b7f9e-58d7-4f0a-8f42-0f6f3e5d2b77',
    },
  },
});
