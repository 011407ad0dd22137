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
];
