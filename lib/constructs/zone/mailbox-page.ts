/** The mailbox’s page as the zone serves it: a private bucket, CloudFront in front of it, and the one role that fills it. */
import {
  CfnDistribution,
  CfnOriginAccessControl,
  CfnResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import { contentPolicy, HSTS_SECONDS, pageHeaders, profileOfPage } from '../../delivery/page-places';
import { distributionArn, PAGE_NAME, pagePrefix, zoneBucketArn, zoneBucketName } from '../../names';
import { pageBucketPolicy, pageKeyPolicy, releasesThePage, trustedByDeclared } from '../../policy';
import { profileOf, type Register, type Zone } from '../../register';
import type { IsoDate } from '../../register/calendar';
import { BY_ZONE } from '../reviewed';
import { boundaryIn, ScopedRole } from '../roles/scoped-role';
import { LockedBucket } from './locked-bucket';
import { ZoneKey } from './zone-key';

/** How the zone serves the page, where it does. */
export type ServedPage = NonNullable<NonNullable<Zone['mailbox']>['served']>;

const ORIGIN = 'page';
/**
 * AWS’s own: what is served depends on the path alone, and is kept no longer than the file says. No query, header or cookie goes on.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const BY_PATH_ALONE = '658327ea-f89d-4fab-a63d-7e88639e58f6';
/** Edges in Europe, North America and Israel: the fewest that AWS offers. */
const FEWEST_EDGES = 'PriceClass_100';
/** What S3 says of the bucket beside each file, and is nobody’s business. */
const OF_THE_BUCKET = [
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-version-id',
];
/** Where no organisation’s page is, there is nothing to show. Forms do not go by `default-src`: they could ask for a password. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'";

const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: 'AwsSolutions::AwsSolutions-CFR2',
    reason:
      'A firewall looks at what is asked. These are files without parameters, forms or state: nothing that is asked changes what is answered. It would be one more thing in us-east-1, which sees the addresses of people.',
    ...BY_ZONE,
  },
  {
    rule: 'AwsSolutions::AwsSolutions-CFR3',
    reason:
      'A log of who fetched the page would hold the addresses of people, and would be written by way of us-east-1, or need lists of access on a bucket. Who changed the page is in CloudTrail and in the ledger; who read which message is there too.',
    ...BY_ZONE,
  },
];
const FROM_ANYWHERE: Acknowledgement = {
  rule: 'AwsSolutions::AwsSolutions-CFR1',
  reason:
    'The register names no countries. The page is no secret, an address is no proof of where somebody is, and people travel; who may sign in is for the organisation’s provider to say.',
  ...BY_ZONE,
};

/** Of the account and one Region but for CloudFront, which is of none: what it keeps at its edges is the page, and no message. */
export class MailboxPage extends Construct {
  constructor(scope: Construct, id: string, { register, served, asOf }: MailboxPageProps) {
    super(scope, id);
    const { zone } = register;
    const distribution = this.#distribution(register, served, asOf);
    const arn = distributionArn(zone, distribution.ref);
    const key = new ZoneKey(this, 'Key', {
      purpose: 'mailbox-page',
      description: 'Concordat: encrypts the page of the mailbox',
      policy: pageKeyPolicy(zone, arn),
    });
    new LockedBucket(this, 'Page', {
      zone,
      which: 'mailbox',
      bucketKey: true,
      keyArn: key.arn,
      policy: pageBucketPolicy(zone, arn),
    });
    new ScopedRole(this, 'Release', {
      purpose: 'page-release',
      boundary: boundaryIn('zone', zone.accounts.zone),
      description: 'Concordat: puts another page of the mailbox in place; reads and deletes none',
      trust: trustedByDeclared(zone.accounts.zone, served.mayRelease),
      permissions: releasesThePage(zone, key.arn),
      wildcards: {
        [`${zoneBucketArn(zone, 'mailbox')}/*`]:
          'Files of the page are named by their digests, which nobody knows beforehand. The bucket holds the page and nothing else.',
      },
    });
  }

  #distribution(register: Register, served: ServedPage, asOf: IsoDate): CfnDistribution {
    const { zone } = register;
    const access = new CfnOriginAccessControl(this, 'Access', {
      originAccessControlConfig: {
        name: PAGE_NAME,
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    });
    const behaviour = (headers: CfnResponseHeadersPolicy) => ({
      targetOriginId: ORIGIN,
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD'],
      cachedMethods: ['GET', 'HEAD'],
      compress: true,
      cachePolicyId: BY_PATH_ALONE,
      responseHeadersPolicyId: headers.attrId,
    });
    const distribution = new CfnDistribution(this, 'Distribution', {
      distributionConfig: {
        enabled: true,
        comment: 'Concordat: the page of the mailbox',
        aliases: [new URL(zone.mailbox?.origin ?? '').host],
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        priceClass: FEWEST_EDGES,
        origins: [
          {
            id: ORIGIN,
            domainName: `${zoneBucketName(zone, 'mailbox')}.s3.${zone.region}.amazonaws.com`,
            originAccessControlId: access.attrId,
            // So an identity of the older kind has to be left out.
            s3OriginConfig: { originAccessIdentity: '' },
          },
        ],
        defaultCacheBehavior: behaviour(this.#headers('Nothing', PAGE_NAME, NOTHING)),
        cacheBehaviors: served.organisations.map((organisation) => ({
          pathPattern: `/${pagePrefix(organisation)}*`,
          ...behaviour(
            this.#headers(
              `Headers-${organisation}`,
              `${PAGE_NAME}-${organisation}`,
              contentPolicy(profileOfPage(profileOf(register, register.organisation(organisation), asOf))),
            ),
          ),
        })),
        restrictions: {
          geoRestriction: served.countries
            ? { restrictionType: 'whitelist', locations: served.countries }
            : { restrictionType: 'none' },
        },
        viewerCertificate: {
          acmCertificateArn: served.certificate,
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: 'TLSv1.2_2021',
        },
      },
    });
    acknowledge(distribution, ...ACKNOWLEDGED, ...(served.countries ? [] : [FROM_ANYWHERE]));
    return distribution;
  }

  /** What CloudFront says with each file: the very headers of the page, whatever S3 says. */
  #headers(id: string, name: string, policy: string): CfnResponseHeadersPolicy {
    const {
      'content-security-policy': content,
      'referrer-policy': referrer,
      'strict-transport-security': _,
      'x-content-type-options': __,
      ...more
    } = pageHeaders(policy);
    const override = true;
    return new CfnResponseHeadersPolicy(this, id, {
      responseHeadersPolicyConfig: {
        name,
        comment: 'Concordat: the headers of the page of the mailbox',
        securityHeadersConfig: {
          contentSecurityPolicy: { contentSecurityPolicy: content, override },
          contentTypeOptions: { override },
          referrerPolicy: { referrerPolicy: referrer, override },
          strictTransportSecurity: {
            accessControlMaxAgeSec: HSTS_SECONDS,
            includeSubdomains: true,
            override,
          },
        },
        customHeadersConfig: {
          items: Object.entries(more).map(([header, value]) => ({ header, value, override })),
        },
        removeHeadersConfig: { items: OF_THE_BUCKET.map((header) => ({ header })) },
      },
    });
  }
}

/** Whose page, how it is served, and the day for which profiles are made. */
export interface MailboxPageProps {
  readonly register: Register;
  readonly served: ServedPage;
  readonly asOf: IsoDate;
}
