/**
 * How the mailbox’s page is to be served, where the zone serves it. What the page may speak to is worked out from the agreements
 * here, apart from the code that makes the page: a policy that names one place more lets messages out.
 */
import { createHash } from 'node:crypto';
import type { OrganisationFacts, RegisterFacts } from '../../assembly';
import { ENCRYPTS, keyOf, policyOfBucket, roleOf } from './account';
import type { Expected, Place } from './expected';
import { ANYTHING, oneOf, textThat, type WantedGroup } from './wanted';

const NAME = 'concordat-served-page';
/** AWS’s own, by which nothing but the path counts. */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
/** Those of 2021 and later, none of which takes anything older than TLS 1.2. */
const TLS = oneOf('TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025');
const HIDDEN = [
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-version-id',
];

/** All of it; nothing where each organisation serves its own. @param bucket how the bucket of the page is to be set */
export function pageOf(
  place: Place,
  register: RegisterFacts,
  asOf: string,
  bucket: (name: string) => WantedGroup,
): Expected[] {
  const { account } = place;
  const { namePrefix, region, mailbox } = register.zone;
  const served = mailbox?.served;
  if (mailbox === undefined || served === undefined) return [];
  const name = `${namePrefix}-mailbox-${account}-${region}-an`;
  const host = mailbox.origin.slice('https://'.length);
  return [
    keyOf(place, 'mailbox-page', ENCRYPTS),
    { account, type: 'AWS::S3::Bucket', name, stays: true, settings: bucket(name) },
    policyOfBucket(place, name),
    roleOf(place, 'page-release', 'zone'),
    {
      account,
      type: 'AWS::CloudFront::OriginAccessControl',
      name: `the origin access control ${NAME}`,
      settings: {
        OriginAccessControlConfig: {
          Name: NAME,
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    {
      account,
      type: 'AWS::CloudFront::Distribution',
      name: `the distribution of ${host}`,
      settings: {
        DistributionConfig: {
          Enabled: true,
          Comment: ANYTHING,
          Aliases: [host],
          HttpVersion: ANYTHING,
          IPV6Enabled: ANYTHING,
          PriceClass: oneOf('PriceClass_100'),
          Origins: [
            {
              Id: 'page',
              DomainName: `${name}.s3.${region}.amazonaws.com`,
              OriginAccessControlId: `the origin access control ${NAME}`,
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
          ],
          DefaultCacheBehavior: behaviour(NAME),
          CacheBehaviors: served.organisations.map((id) => ({
            PathPattern: `/${id}/*`,
            ...behaviour(`${NAME}-${id}`),
          })),
          Restrictions: {
            GeoRestriction: served.countries
              ? { RestrictionType: 'whitelist', Locations: served.countries }
              : { RestrictionType: 'none' },
          },
          ViewerCertificate: {
            AcmCertificateArn: served.certificate,
            SslSupportMethod: 'sni-only',
            MinimumProtocolVersion: TLS,
          },
        },
      },
    },
    headers(account, NAME, { "default-src 'none'": [], "base-uri 'none'": [], "form-action 'none'": [] }),
    ...served.organisations.map((id) => headers(account, `${NAME}-${id}`, contentOf(id, register, asOf))),
  ];
}

function behaviour(headersName: string): WantedGroup {
  return {
    TargetOriginId: 'page',
    ViewerProtocolPolicy: oneOf('redirect-to-https', 'https-only'),
    AllowedMethods: ['GET', 'HEAD'],
    CachedMethods: ['GET', 'HEAD'],
    Compress: ANYTHING,
    CachePolicyId: CACHING_OPTIMIZED,
    ResponseHeadersPolicyId: `the headers ${headersName}`,
  };
}

/** Directives that are to be there word for word, and for `connect-src` the origins, in any order. */
type Content = Readonly<Record<string, readonly string[]>>;

function headers(account: string, name: string, content: Content): Expected {
  const custom = {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
  return {
    account,
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    name: `the headers ${name}`,
    settings: {
      ResponseHeadersPolicyConfig: {
        Name: name,
        Comment: ANYTHING,
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: textThat(`a content policy of ${wordsOf(content)}`, (text) =>
              isContent(text, content),
            ),
            Override: true,
          },
          ContentTypeOptions: { Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: 63_072_000,
            IncludeSubdomains: true,
            Override: true,
          },
        },
        CustomHeadersConfig: {
          Items: Object.entries(custom).map(([Header, Value]) => ({ Header, Value, Override: true })),
        },
        RemoveHeadersConfig: { Items: HIDDEN.map((Header) => ({ Header })) },
      },
    },
  };
}

/** No frame may hold it, whatever else. */
const FRAMES = "frame-ancestors 'none'";

function wordsOf(content: Content): string {
  return [...Object.entries(content).map(([name, values]) => [name, ...values].join(' ')), FRAMES].join('; ');
}

/** Browsers take the first of two directives of one name, so each may be there once. */
function isContent(text: string, content: Content): boolean {
  const sorted = (value: string) => {
    const [name = '', ...values] = value.trim().split(/ +/);
    return [name, ...values.sort()].join(' ');
  };
  const found = text.split(';').map(sorted).sort();
  const wanted = wordsOf(content).split(';').map(sorted).sort();
  return found.join('\n') === wanted.join('\n');
}

/** What the page of an organisation may do, and to whom it may speak: its own places, those of its correspondence, and its provider. */
function contentOf(id: string, { zone, organisations, agreements }: RegisterFacts, asOf: string): Content {
  const byId = new Map(organisations.map((each) => [each.id, each]));
  const own = byId.get(id);
  const bucket = ({ account }: OrganisationFacts) =>
    `https://${zone.namePrefix}-exchange-${account}-${zone.region}-an.s3.${zone.region}.amazonaws.com`;
  const points = agreements
    .filter(({ correspondence, ends }) => correspondence && ends >= asOf)
    .flatMap((agreement) =>
      agreement.directions
        .filter(({ recipients }) => recipients.includes(id))
        .map(({ owner }) => {
          const point = createHash('sha256').update(agreement.id).digest('hex').slice(0, 12);
          return `https://${point}--${id}-${byId.get(owner)?.account}.s3-accesspoint.${zone.region}.amazonaws.com`;
        }),
    );
  return {
    "default-src 'none'": [],
    "script-src 'self'": [],
    "worker-src 'none'": [],
    "style-src 'self'": [],
    "img-src 'self'": [],
    'connect-src': [
      "'self'",
      ...(own === undefined ? [] : [bucket(own)]),
      `https://${zone.namePrefix}-ledger-${zone.accounts.zone}-${zone.region}-an.s3.${zone.region}.amazonaws.com`,
      ...points,
      `https://sts.${zone.region}.amazonaws.com`,
      ...(own?.signIn === undefined ? [] : [new URL(own.signIn.issuer).origin]),
    ],
    "base-uri 'none'": [],
    "form-action 'none'": [],
    "require-trusted-types-for 'script'": [],
    'trusted-types dompurify': [],
  };
}
