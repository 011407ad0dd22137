/** Assumptions on who can read shared objects: access points, keys and grants. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';
import type { ProbeReader, ProbeStep } from './live-test';

/** AWS says several minutes, without a bound. */
const GRANT_REACHES = 300;

/** A grant for a reader, and an object that its access point lets through. */
export function readingBy(reader: ProbeReader): readonly ProbeStep[] {
  return [
    { call: { call: 'put-object', object: 'tagged' }, expect: 'done' },
    { call: { call: 'tag-object', object: 'tagged' }, expect: 'done' },
    // KMS may not know a new role at once.
    { call: { call: 'create-grant', reader }, expect: 'done', within: 60 },
  ];
}

/** That a reader gets it, by then. */
export function readsBy(reader: ProbeReader, within = GRANT_REACHES): ProbeStep {
  return { call: { call: 'get-object', object: 'tagged', reader }, expect: 'allowed', within };
}

export const READING: readonly Assumption[] = [
  {
    id: 'grant-covers-access-point',
    assumes:
      'Of an object that is read through an access point, from a bucket with a Bucket Key, the encryption context is the ARN of the bucket, so a grant that is confined to that context lets a role of another account read.',
    source: { says: 'open', page: `${GUIDES.s3}/bucket-key.html` },
    rests: 'Every read of a recipient: each share has one grant in this form.',
    ifFalse: {
      how: 'closed',
      what: 'recipients are refused, and owners are told of non-delivery at the deadline',
    },
    mend: 'Have the grants name the context that CloudTrail shows of a refused Decrypt, in the key policy and in the broker.',
    test: { by: 'probe', steps: [...readingBy('reader'), { ...readsBy('reader'), decides: true }] },
    checked: REVIEWED,
  },
  {
    id: 'further-context-is-told',
    assumes:
      'S3 tells KMS of each pair that an upload adds to its encryption context, with a Bucket Key too, and where the same role has just uploaded without one.',
    source: { says: 'open', page: `${GUIDES.s3}/UsingKMSEncryption.html` },
    rests: 'A deposit with a pair of its own is refused at once, since no recipient’s grant would open it.',
    ifFalse: {
      how: 'told',
      what: 'such a deposit goes in; where S3 tells KMS of the pair when the scan or the gate reads, those are refused and it is not released; where it does so to recipients alone, they are refused, and the owner is told of non-delivery at the deadline',
    },
    mend: 'Say so in docs/sending-and-collecting.md; and where recipients are refused, have the broker’s grants and the gate go by the context that CloudTrail shows of their Decrypt.',
    test: {
      by: 'probe',
      steps: [
        { call: { call: 'put-object', object: 'untagged' }, expect: 'done' },
        { call: { call: 'put-with-context', object: 'untagged' }, expect: 'refused', decides: true },
      ],
    },
    checked: '2026-11-30',
  },
  {
    id: 'requests-say-how-they-are-signed',
    assumes:
      'S3 gives the key s3:authType in each request: REST-HEADER where it is signed in its headers, through an access point too, and REST-QUERY-STRING for a presigned URL.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html',
    },
    rests:
      'Links that a collect role signs and hands on are refused, unless the agreement allows them; so are links to deposit by.',
    ifFalse: {
      how: 'closed',
      what: 'recipients are refused, and owners are told of non-delivery at the deadline; a link to deposit by works, and the ledger has its deposit as one of that role',
    },
    mend: 'Write `presignedUrls: allowed` into the agreements, and say in docs/limits.md that links work.',
    test: {
      by: 'hand',
      steps:
        'With a session of a collect role, get an object through the access point with `aws s3api get-object`, then with curl by what `aws s3 presign` prints: the first must be allowed, the second refused.',
      because: 'a probe reads with the SDK, which signs in the headers',
    },
    checked: REVIEWED,
  },
  {
    id: 'grant-suffices-alone',
    assumes: 'A role of another account whose own policies say nothing of KMS can decrypt by a grant alone.',
    source: { says: 'open', page: `${GUIDES.kms}/policy-evaluation.html` },
    rests: 'What the access proof counts as a way in: it holds a grant to be enough.',
    ifFalse: {
      how: 'closed',
      what: 'the proof expects more access than there is; the collect role’s own policy, which each recipient has, still gives what is agreed',
    },
    mend: 'Have the access proof ask for a policy of the grantee as well.',
    test: {
      by: 'probe',
      steps: [
        ...readingBy('reader'),
        readsBy('reader'),
        { call: { call: 'create-grant', reader: 'bare-reader' }, expect: 'done', within: 60 },
        { ...readsBy('bare-reader'), decides: true },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'resource-organisation-is-present',
    assumes:
      'The key aws:ResourceOrgID is present in the request when an object is read through another account’s access point, and when S3 decrypts for that.',
    source: { says: 'open', page: `${GUIDES.iam}/reference_policies_condition-keys.html` },
    rests:
      'Every read of a recipient: the policies of collect roles are confined to the AWS organisation by it.',
    ifFalse: {
      how: 'closed',
      what: 'recipients are refused, and owners are told of non-delivery at the deadline',
    },
    mend: 'Have collectPermissions in lib/policy/role-policies.ts name the owners’ accounts instead.',
    test: {
      by: 'probe',
      needsOrganisation: true,
      steps: [
        ...readingBy('reader'),
        readsBy('reader'),
        { call: { call: 'create-grant', reader: 'organisation-reader' }, expect: 'done', within: 60 },
        { ...readsBy('organisation-reader'), decides: true },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'untagged-object-is-refused',
    assumes: 'An object without the tag that a policy asks for can’t be read, whatever grants there are.',
    source: { says: 'so', page: `${GUIDES.s3}/tagging-and-policies.html` },
    rests: 'Nothing is read before it is found clean.',
    ifFalse: { how: 'told', what: 'the ledger shows a read before the verdict as a violation, which alarms' },
    mend: 'Stop every share with npx concordat suspend --live, and tell AWS.',
    test: {
      by: 'probe',
      steps: [
        ...readingBy('reader'),
        readsBy('reader'),
        { call: { call: 'put-object', object: 'untagged' }, expect: 'done' },
        {
          call: { call: 'get-object', object: 'untagged', reader: 'reader' },
          expect: 'refused',
          decides: true,
        },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'grant-within-five-minutes',
    assumes: 'A reader can use a new grant within five minutes, without a grant token.',
    source: { says: 'open', page: `${GUIDES.kms}/using-grant-token.html` },
    rests: 'What an organisation can be told of when it can collect first.',
    ifFalse: { how: 'closed', what: 'the first collection is refused for longer, and succeeds later' },
    mend: 'Tell recipients the time that was seen.',
    test: {
      by: 'probe',
      steps: [
        // That grants of this form work at all is another assumption.
        ...readingBy('reader'),
        readsBy('reader'),
        { call: { call: 'make-stack', stack: 'second-reader' }, expect: 'done' },
        { call: { call: 'create-grant', reader: 'second-reader' }, expect: 'done', within: 60 },
        { ...readsBy('second-reader'), decides: true },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'role-made-again-needs-a-grant',
    assumes:
      'A role that is deleted and made again under its name has no use of the grant of the former one.',
    source: { says: 'open', page: `${GUIDES.iam}/reference_policies_elements_principal.html` },
    rests: 'The broker makes such a grant again where the role is not the one that it was made for.',
    ifFalse: {
      how: 'told',
      what: 'a role made again can collect without a new grant, as policies let it by its name already; nobody else gains anything',
    },
    mend: 'Have the broker revoke a grant as soon as its grantee no longer resolves.',
    test: {
      by: 'probe',
      steps: [
        ...readingBy('reader'),
        { call: { call: 'make-stack', stack: 'second-reader' }, expect: 'done' },
        { call: { call: 'create-grant', reader: 'second-reader' }, expect: 'done', within: 60 },
        readsBy('second-reader'),
        { call: { call: 'remove-stack', stack: 'second-reader' }, expect: 'done' },
        { call: { call: 'make-stack', stack: 'second-reader' }, expect: 'done' },
        // The same object by a reader that is known to have both, so that the refusal is of this role alone.
        readsBy('reader'),
        {
          call: { call: 'get-object', object: 'tagged', reader: 'second-reader' },
          expect: 'refused',
          within: 60,
          decides: true,
        },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'role-that-exists-is-shown-in-an-hour',
    assumes:
      'ListGrants shows the grantee of a grant by its ARN, and no longer by its unique id, an hour after the grant was made, if the role exists.',
    source: { says: 'nothing' },
    rests:
      'The broker ends a grant whose grantee is shown by a unique id, and makes another, only where it is older and no listing of a minute shows more.',
    ifFalse: {
      how: 'closed',
      what: 'such a grant is made again by each run, and the recipient is refused for some seconds each time',
    },
    mend: 'Raise SHOWN_BY_THEN in lambda/key-grants/shape.ts above the time that was seen.',
    test: {
      by: 'hand',
      steps:
        'Make a role and a grant to it at once, and run aws kms list-grants every minute until it shows the role’s ARN.',
      because: 'a probe lists no grants',
    },
    checked: REVIEWED,
  },
];
