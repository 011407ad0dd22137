/** Assumptions on how fast access ends. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';
import { readingBy, readsBy } from './reading';

export const STOPPING: readonly Assumption[] = [
  {
    id: 'closed-access-point-refuses-in-a-minute',
    assumes:
      'A reader that has just read is refused within a minute after the policy of its access point denies it.',
    source: { says: 'nothing' },
    rests: 'The order of a stop: the access point first, the grant after it.',
    ifFalse: {
      how: 'told',
      what: 'reads between the stop and the refusal are in the ledger, and so in the breach report of npx concordat suspend',
    },
    mend: 'Give the time that was seen in what npx concordat suspend says of warm readers.',
    test: {
      by: 'probe',
      steps: [
        ...readingBy('reader'),
        readsBy('reader'),
        { call: { call: 'set-access-point', to: 'closed' }, expect: 'done' },
        {
          call: { call: 'get-object', object: 'tagged', reader: 'reader' },
          expect: 'refused',
          within: 60,
          decides: true,
        },
        { call: { call: 'set-access-point', to: 'open' }, expect: 'done' },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'revoked-grant-refuses-within-minutes',
    assumes:
      'A reader that has just read is refused within ten minutes after its grant is revoked, although S3 may hold a bucket key for it.',
    source: { says: 'open', page: `${GUIDES.s3}/bucket-key.html` },
    rests: 'The second half of a stop, for a reader whose access point somebody opened again.',
    ifFalse: {
      how: 'told',
      what: 'nothing rests on it alone: the access point is closed first; such reads are in the ledger',
    },
    mend: 'Give the time that was seen in what npx concordat suspend says of warm readers.',
    test: {
      by: 'probe',
      steps: [
        ...readingBy('reader'),
        readsBy('reader'),
        { call: { call: 'revoke-grant', reader: 'reader' }, expect: 'done' },
        {
          call: { call: 'get-object', object: 'tagged', reader: 'reader' },
          expect: 'refused',
          within: 600,
          decides: true,
        },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'hundreds-of-stops-in-a-row',
    assumes:
      'S3 takes new policies for 400 access points of an account, one after the other, within a minute.',
    source: { says: 'nothing' },
    rests: 'How long it takes to stop everything that a large owner shares.',
    ifFalse: {
      how: 'told',
      what: 'the broker says which shares are not stopped yet, and goes on with each run',
    },
    mend: 'Give the time that was seen in docs/operating.md.',
    test: {
      by: 'hand',
      steps:
        'Make 400 access points to one empty bucket, put a policy on each in a loop, and read the times and the refusals of the loop.',
      because: 'it makes 400 access points, which is neither small nor quickly taken down',
    },
    checked: REVIEWED,
  },
  {
    id: 'stopped-policy-keeps-its-id',
    assumes: 'S3 gives an access point’s policy back with the Id with which it was written.',
    source: { says: 'open', page: `${GUIDES.iam}/reference_policies_elements_id.html` },
    rests:
      'That an order to lift, which could not open everything, is carried out by the next run, and lifts no stop that came after it.',
    ifFalse: {
      how: 'closed',
      what: 'a share of which the lifting failed stays closed until npx concordat suspend --lift --live is run again, as it says',
    },
    mend: 'Write the moment of a stop into the statement that denies.',
    test: {
      by: 'hand',
      steps:
        'Put a policy with an Id on an access point by aws s3control put-access-point-policy, and read it by get-access-point-policy.',
      because: 'a probe does not look at the text of policies',
    },
    checked: REVIEWED,
  },
  {
    id: 'lost-policy-comes-back',
    assumes:
      'A deployment with --revert-drift writes an access point’s policy as the template has it, though the template has not changed.',
    source: { says: 'open', page: `${GUIDES.cloudFormation}/UserGuide/drift-aware-change-sets.html` },
    rests: 'What operators are told where a stop could not keep the policy of an access point.',
    ifFalse: { how: 'closed', what: 'the share stays closed, and each run of the broker says so' },
    mend: 'Put the policy back by aws s3control put-access-point-policy as the deployment role, with the text in the template.',
    test: {
      by: 'hand',
      steps:
        'Deploy an access point, put another policy on it by hand, run cdk deploy --revert-drift, and read the policy.',
      because: 'a probe deploys without the CDK’s command line',
    },
    checked: REVIEWED,
  },
];
