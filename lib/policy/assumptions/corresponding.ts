/** Assumptions on messages, and on the page in which people write to each other. */
import { UK_REGION } from '../../names';
import { type Assumption, GUIDES } from './assumption';

/** The day on which they were held against AWS’s pages. */
const REVIEWED = '2026-11-29';

export const CORRESPONDING: readonly Assumption[] = [
  {
    id: 'scan-looks-into-messages',
    assumes:
      'GuardDuty looks into the attachments of a message (`message/rfc822`), in base64 and in parts within parts, as it does into an archive.',
    source: { says: 'open', page: `${GUIDES.guardDuty}/s3-malware-protection-capability.html` },
    rests: 'That no infected attachment is released in a message.',
    ifFalse: {
      how: 'unseen',
      what: 'a message with an infected attachment is found clean and released, and what opens the attachment on the recipient’s desk is the first to look at it',
    },
    mend: 'Take `message/rfc822` out of `delivery.mediaTypes`, and share the files by themselves, which are scanned each.',
    test: {
      by: 'hand',
      steps:
        'Deploy an organisation, and deposit a message with the EICAR test string attached in base64, and one with that message attached: both are held as a threat.',
      because: 'the probe’s objects are files',
    },
    checked: REVIEWED,
  },
  {
    id: 'access-points-go-by-the-buckets-cors',
    assumes:
      'To a request from a page, S3 answers through an access point by the CORS of the bucket behind it.',
    source: { says: 'open', page: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html' },
    rests: 'That people collect in the mailbox’s page, from buckets of others.',
    ifFalse: {
      how: 'closed',
      what: 'browsers refuse to collect, and people collect by concordat collect',
    },
    mend: 'Nothing that a template could set: an access point has no CORS of its own.',
    test: {
      by: 'hand',
      steps:
        'Deploy two organisations that write to each other and a zone with `mailbox`, and send `OPTIONS` with that origin and `Access-Control-Request-Method: GET` to the access point’s host, and with another origin: the first is answered with the origin, and only that.',
      because: 'the probe’s bucket has no CORS',
    },
    checked: REVIEWED,
  },
  {
    id: 'sts-answers-pages',
    assumes:
      'STS answers `AssumeRoleWithWebIdentity` to a page of any origin, so that browsers hand the answer to it.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html',
    },
    rests: 'That people sign in to the mailbox’s page.',
    ifFalse: {
      how: 'closed',
      what: 'nobody comes further than the sign-in of their organisation; people send and collect by the command line',
    },
    mend: 'Nothing that a template could set: AWS’s own client for browsers rests on the same.',
    test: {
      by: 'hand',
      steps: `Send \`POST\` with the header \`Origin: https://mailbox.example.gov.uk\` and any token to \`https://sts.${UK_REGION}.amazonaws.com/\`: the answer, a refusal, has \`Access-Control-Allow-Origin\`.`,
      because: 'the probe is no page',
    },
    checked: REVIEWED,
  },
  {
    id: 'sts-takes-renewed-tokens',
    assumes:
      'STS takes an ID token that the provider gave for a refresh token as it takes the one of the sign-in: without a nonce, with the session tags and `amr` that the provider puts in.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html',
    },
    rests: 'That the mailbox’s page renews a sign-in without asking.',
    ifFalse: {
      how: 'closed',
      what: 'the page asks the person to sign in again each time that the token is over, and what is under way goes on',
    },
    mend: 'Nothing: people are asked, as where a provider gives no refresh token.',
    test: {
      by: 'hand',
      steps:
        'Sign in to a mailbox’s page by a provider that gives refresh tokens, wait until the ID token is over (an hour, as a rule), and look for new messages: they come, and nothing is asked.',
      because: 'the probe has no provider',
    },
    checked: REVIEWED,
  },
  {
    id: 'written-once-by-who-may-not-read',
    assumes:
      'S3 takes `If-None-Match: *` with `PutObject` and `CompleteMultipartUpload` from a role that may write and not read, and answers 412 where the name is taken.',
    source: { says: 'open', page: `${GUIDES.s3}/conditional-writes.html` },
    rests: 'That the mailbox’s page sends a message once, though an answer was lost and it asked again.',
    ifFalse: {
      how: 'told',
      what: 'the page says that a message was not sent; nothing is sent twice',
    },
    mend: 'Have the page look whether the message is there before it asks again, as `concordat deposit` does.',
    test: {
      by: 'hand',
      steps:
        "As a deposit role, put the same object twice with `--if-none-match '*'`: the first is taken, the second answered with 412 PreconditionFailed.",
      because: 'the probe’s roles may read what they write',
    },
    checked: REVIEWED,
  },
];
