/** Bad registers whose parties are named in neither form, or cannot write to each other. */
import { LETTERS, LETTERS_FILE, MAILBOX, MAILBOX_ORIGIN, NOTIFY, SERVED } from '../letters';
import { type Edit, set } from '../samples';
import { AGREEMENT, type Cases, DWP, LEEDS, ZONE } from './cases';

const after = (...edits: readonly Edit[]) => [...LETTERS, ...edits];
const withSetting = (settings: Readonly<Record<string, unknown>>) => after(set(LETTERS_FILE, settings));

const serving = (settings: object) =>
  after(...MAILBOX, set(ZONE, { mailbox: { origin: MAILBOX_ORIGIN, served: { ...SERVED, ...settings } } }));

export const CORRESPONDENCE: Cases = {
  'parties-not-named': [set(AGREEMENT, { owner: undefined, recipients: undefined })],
  'parties-named-twice-over': [set(AGREEMENT, { reciprocal: ['dwp', 'leeds'] })],
  'reciprocal-with-one': withSetting({ reciprocal: ['dwp'] }),
  'reciprocal-with-itself': withSetting({ reciprocal: ['dwp', 'dwp'] }),
  'reciprocal-with-three': withSetting({ reciprocal: ['dwp', 'leeds', 'routing'] }),
  'reciprocal-with-an-external': withSetting({ reciprocal: ['dwp', 'routing'], correspondence: undefined }),
  'reciprocal-with-one-that-cannot-answer': after(set(LEEDS, { mayDeposit: [] })),
  'reciprocal-with-one-that-cannot-read': after(
    set(DWP, { mayCollect: [] }),
    set(LETTERS_FILE, { correspondence: undefined }),
  ),
  'mailbox-in-clear': [set(ZONE, { mailbox: { origin: 'http://mailbox.example.gov.uk' } })],
  'mailbox-with-a-path': [set(ZONE, { mailbox: { origin: 'https://www.example.gov.uk/mailbox' } })],
  'mailbox-of-any-origin': [set(ZONE, { mailbox: { origin: 'https://*.example.gov.uk' } })],
  'mailbox-beside-pages-of-anybody': [
    set(ZONE, { mailbox: { origin: 'https://s3.eu-west-2.amazonaws.com' } }),
  ],
  'page-of-a-certificate-elsewhere': serving({
    certificate: SERVED.certificate.replace('us-east-1', 'eu-west-2'),
  }),
  'page-that-others-put-in-place': serving({
    certificate: SERVED.certificate.replace('100000000002', '100000000001'),
    mayRelease: ['arn:aws:iam::100000000022:role/it/webmaster'],
  }),
  'page-that-deployers-put-in-place': [
    ...serving({
      mayRelease: [
        'arn:aws:iam::100000000002:role/deploy/pipeline',
        'arn:aws:iam::100000000002:role/cdk-concordat-deploy-role-100000000002-eu-west-2',
        'arn:aws:iam::100000000002:role/concordat/concordat-stop-all',
        'arn:aws:iam::100000000002:role/release/mailbox',
      ],
    }),
    set(ZONE, { 'guardrails.deployers': ['arn:aws:iam::100000000002:role/deploy/pipeline'] }),
  ],
  'page-of-those-who-do-not-sign-in': serving({ organisations: ['leeds', 'dwp', 'leeds', 'nobody'] }),
  'page-that-tells-what-is-withheld': [
    ...serving({}),
    set(LETTERS_FILE, { public: { withheld: ['parties'], reason: 'It would tell who is watched.' } }),
  ],
  'notify-of-another-account': [
    NOTIFY,
    set(ZONE, {
      'notify.secret': 'arn:aws:secretsmanager:eu-west-2:012345678901:secret:concordat/notify-a1B2c3',
    }),
  ],
  'notify-by-the-name-of-a-secret': [NOTIFY, set(ZONE, { 'notify.secret': 'concordat/notify' })],
  'notify-with-the-key-itself': [
    NOTIFY,
    set(ZONE, {
      'notify.secret': 'live-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0',
    }),
  ],
  'notify-with-one-template-for-two': [
    NOTIFY,
    set(ZONE, { 'notify.templates.reminder': 'f33517ff-2a88-4f6e-b855-c550268ce08a' }),
  ],
  'notify-without-a-template': [NOTIFY, set(ZONE, { 'notify.templates.notDelivered': undefined })],
  'letters-one-way': withSetting({ reciprocal: undefined, owner: 'dwp', recipients: ['leeds'] }),
  'letters-of-no-media-type': withSetting({ 'delivery.mediaTypes': ['application/pdf'] }),
  'letters-too-large-to-read': withSetting({ 'delivery.largestObject': '6 GB' }),
  'letters-with-a-contract': withSetting({ withoutContract: undefined, contract: 'benefit-awards' }),
  'letters-to-one-inbox': withSetting({
    'correspondence.inboxes.0.of': 'leeds',
    'correspondence.inboxes.0.readers': { appRoles: ['safeguarding'] },
  }),
  'letters-to-a-stranger': withSetting({ 'correspondence.inboxes.0.of': 'routing' }),
  'letters-to-two-of-one-name': withSetting({
    'correspondence.inboxes.0.of': 'leeds',
    'correspondence.inboxes.0.id': 'adult-safeguarding',
    'correspondence.inboxes.0.readers': { appRoles: ['safeguarding'] },
  }),
  'letters-that-nobody-reads': withSetting({ 'correspondence.inboxes.0.readers': {} }),
  'letters-to-one-who-may-not-collect': withSetting({
    'correspondence.inboxes.0.readers.roles': ['arn:aws:iam::012345678901:role/benefits/publisher'],
  }),
  'letters-to-an-app-role-that-may-not-collect': withSetting({
    'correspondence.inboxes.1.readers': { appRoles: ['everybody'] },
  }),
  'letters-told-to-a-person': withSetting({ 'correspondence.inboxes.1.notices': 'jane.smith@leeds.example' }),
};
