/** What docs/guardrails.md promises of the page of the mailbox, where the zone serves it: CloudFront is of no Region. */
import type { RegisterFacts } from '../../assembly';
import { of, type Promised } from './promised';

/** What a deployment of the page asks of CloudFront, which names no Region in the UK. */
const AT_THE_EDGE = of(
  'cloudfront',
  `CreateDistribution CreateOriginAccessControl CreateResponseHeadersPolicy DeleteDistribution
  DeleteOriginAccessControl DeleteResponseHeadersPolicy TagResource UntagResource UpdateDistribution
  UpdateOriginAccessControl UpdateResponseHeadersPolicy`,
);
/** Looking at it, and a certificate for its host. */
const LOOKS = [
  ...of('cloudfront', 'Get* List*'),
  ...of('acm', 'DescribeCertificate ListCertificates RequestCertificate'),
];
const ANY = () => ['*'];

/** What may be asked outside the zone’s Region for the page; all else of CloudFront may not. */
export function spokenToElsewhere({ zone }: RegisterFacts): readonly string[] {
  return zone.mailbox?.served === undefined ? [] : [...AT_THE_EDGE, ...LOOKS];
}

/** Nobody serves anything from the edge but the operator’s deployment. */
export function pagePromises({ zone }: RegisterFacts): Promised[] {
  if (zone.mailbox?.served === undefined) return [];
  const { zone: operator } = zone.accounts;
  const region = 'aws:requestedregion';
  const own = [zone.region, 'us-east-1'];
  return [
    {
      id: 'pages at the edge',
      attached: 'units',
      actions: AT_THE_EDGE,
      resources: ANY,
      spared: [`arn:aws:iam::${operator}:role/cdk-concordat-cfn-exec-role-${operator}-${zone.region}`],
    },
    {
      id: 'certificates elsewhere',
      attached: 'units',
      actions: ['acm:RequestCertificate'],
      resources: ANY,
      spared: [],
      when: {
        values: { [region]: [...own, 'eu-west-1', undefined] },
        holds: (read) => !own.includes(String(read(region))),
      },
    },
  ];
}
