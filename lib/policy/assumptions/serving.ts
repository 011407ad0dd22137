/** Assumptions on the mailbox’s page where the zone serves it by CloudFront. */
import { type Assumption, GUIDES } from './assumption';

/** The day on which they were held against AWS’s pages. */
const REVIEWED = '2026-11-29';
const CLOUDFRONT = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

export const SERVING: readonly Assumption[] = [
  {
    id: 'cloudfront-decrypts-for-its-distribution',
    assumes:
      'With origin access control, CloudFront reads a bucket that is encrypted with a key of the account, over TLS 1.2 or later, and S3 and KMS are told the distribution’s ARN as `aws:SourceArn`.',
    source: { says: 'so', page: `${CLOUDFRONT}/private-content-restricting-access-to-s3.html` },
    rests: 'That the page is served, and that no other distribution reads its bucket.',
    ifFalse: { how: 'closed', what: 'the page’s address answers 403, and nobody can sign in there' },
    mend: 'Serve the page from elsewhere meanwhile: it is a folder. Then look in CloudTrail at which of the two refused it.',
    test: {
      by: 'hand',
      steps:
        'Deploy a zone with `mailbox.served`, publish a page, and fetch its address: it answers 200. Make another distribution with the same origin: it answers 403.',
      because: 'the probe’s accounts have no certificate and no host',
    },
    checked: REVIEWED,
  },
  {
    id: 'path-with-a-slash-is-an-objects-name',
    assumes:
      'CloudFront asks S3 for a path that ends with a slash as it stands, `/leeds/`, and S3 answers with the object of that name, `leeds/`, and its content.',
    source: { says: 'open', page: `${GUIDES.s3}/using-folders.html` },
    rests: 'That the page is at the address that the provider knows, without a function at the edge.',
    ifFalse: { how: 'closed', what: 'the page’s address answers 403; its other files are served' },
    mend: 'Have a CloudFront function add `index.html` to such paths; the Region lock, the proof and the bootstrap have to know of it.',
    test: {
      by: 'hand',
      steps:
        'Deploy a zone with `mailbox.served`, publish a page, and run `npx concordat mailbox verify` with its address: every file and header is as the release has it.',
      because: 'the probe’s accounts have no certificate and no host',
    },
    checked: REVIEWED,
  },
  {
    id: 'viewers-are-none-of-cloudfronts-actions',
    assumes:
      'Resource control policies on `cloudfront:*` are asked of calls of CloudFront’s API alone, and not when somebody fetches a file.',
    source: { says: 'open', page: `${GUIDES.organizations}/orgs_manage_policies_rcps.html` },
    rests:
      'That the perimeter, which lets the organisation alone ask CloudFront, does not close the page to everybody.',
    ifFalse: {
      how: 'closed',
      what: 'the page’s address answers 403 once Guardrails-services reaches the zone’s unit',
    },
    mend: 'Take `cloudfront:*` out of the perimeter of later services.',
    test: {
      by: 'hand',
      steps:
        'With the page served, attach `concordat-perimeter-services` to the zone’s unit, and fetch the page from outside AWS: it answers 200.',
      because: 'the probe attaches no policies',
    },
    checked: REVIEWED,
  },
];
