/** Checks on what people fetch by CloudFront: how it is asked, where it comes from, and what a page may do that it serves. */
import type { Check } from '../check';
import { eachOf, fail, inStack, listOf, type Path, pass, type Seen, valueAt } from '../judging';
import { contentFault } from './content-policy';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const HEADERS = 'AWS::CloudFront::ResponseHeadersPolicy';
const ACCESS = 'AWS::CloudFront::OriginAccessControl';
const NONE = 'The assembly has no distribution.';
const CONFIG = ['Properties', 'DistributionConfig'];
const TRANSIT_GOALS = ['csp-1_goal.1', 'csp-1_goal.3', 'csp-1_goal.4', 'csp-1_goal.7'];
/**
 * The sets of ciphers that take nothing older than TLS 1.2, without those of it that are broken.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 */
const TLS = ['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'];
const OVER_TLS = ['redirect-to-https', 'https-only'];
/** What only asks for a file. */
const ASKS = ['GET', 'HEAD'];
/** By each of these something else than the file is answered, or more than its path is handed on or written down. */
const MORE = [
  'FieldLevelEncryptionId',
  'ForwardedValues',
  'FunctionAssociations',
  'LambdaFunctionAssociations',
  'OriginRequestPolicyId',
  'RealtimeLogConfigArn',
];
/** A year, in seconds: less is soon forgotten by somebody who seldom writes. */
const YEAR = 31_536_000;

/** One answer to some paths of a distribution, and where it stands. */
interface Behaviour {
  readonly says: unknown;
  readonly at: Path;
  /** For a sentence. */
  readonly of: string;
}

function behavioursOf({ resource }: Seen): Behaviour[] {
  const config = resource.properties.DistributionConfig;
  return [
    {
      says: valueAt(config, 'DefaultCacheBehavior'),
      at: [...CONFIG, 'DefaultCacheBehavior'],
      of: 'all other paths',
    },
    ...listOf(valueAt(config, 'CacheBehaviors')).map((says, index) => ({
      says,
      at: [...CONFIG, 'CacheBehaviors', index],
      of: String(valueAt(says, 'PathPattern')),
    })),
  ];
}

/** The one resource of the stack that a property names, as the reader writes a name that is known after deployment. */
function named(seen: Seen, type: string, reference: unknown): Seen | undefined {
  return inStack(seen, type).find(({ resource }) => reference === `\${${resource.logicalId}.Id}`);
}

function originFault(seen: Seen, origin: unknown): string | undefined {
  const buckets = inStack(seen, 'AWS::S3::Bucket').map(
    ({ resource }) => `${String(resource.properties.BucketName)}.s3.${seen.stack.region}.amazonaws.com`,
  );
  const from = String(valueAt(origin, 'DomainName'));
  if (!buckets.includes(from)) return `It reads ${from}, which is no bucket of this stack.`;
  const access = named(seen, ACCESS, valueAt(origin, 'OriginAccessControlId'));
  const config = access?.resource.properties.OriginAccessControlConfig;
  const signs =
    valueAt(config, 'OriginAccessControlOriginType') === 's3' &&
    valueAt(config, 'SigningBehavior') === 'always' &&
    valueAt(config, 'SigningProtocol') === 'sigv4';
  if (!signs) return `It reads ${from} without a signature, or not always with one.`;
  const more = ['CustomOriginConfig', 'OriginCustomHeaders', 'OriginPath'].find(
    (each) => valueAt(origin, each) !== undefined,
  );
  if (more !== undefined) return `It reads ${from} by another way than its plain paths: ${more}.`;
  return valueAt(origin, 'S3OriginConfig', 'OriginAccessIdentity') === ''
    ? undefined
    : `It reads ${from} by an identity of the older kind.`;
}

/** What is amiss with what is said beside the content policy. */
function headersFault(config: unknown): string | undefined {
  const security = (...path: string[]) => valueAt(config, 'SecurityHeadersConfig', ...path);
  const transport = 'StrictTransportSecurity';
  if (Number(security(transport, 'AccessControlMaxAgeSec') ?? 0) < YEAR || !security(transport, 'Override'))
    return 'does not have browsers ask over TLS alone for a year';
  if (!security('ContentTypeOptions', 'Override')) return 'lets browsers guess what a file is';
  if (
    security('ReferrerPolicy', 'ReferrerPolicy') !== 'no-referrer' ||
    !security('ReferrerPolicy', 'Override')
  )
    return 'lets browsers tell others where somebody came from';
  return valueAt(config, 'CorsConfig') === undefined ? undefined : 'lets pages of others read what is served';
}

export const SERVED_PAGE: readonly Check[] = [
  {
    id: 'CF-TLS',
    title: 'CloudFront serves nobody in clear, or over TLS older than version 1.2.',
    reads: [`${DISTRIBUTION} DistributionConfig`],
    why: 'Whoever could change the page on its way could read what is written in it.',
    goals: ['csp-10_goal.7', ...TRANSIT_GOALS, 'csp-1_goal.5', 'csp-1_goal.6'],
    doesNotProve: 'Who holds the host’s name in the DNS, or could have a certificate made for it.',
    remediation:
      'Have every behaviour redirect to HTTPS, and give ViewerCertificate a certificate and TLSv1.2_2021.',
    judge: eachOf(
      [DISTRIBUTION],
      (seen) => {
        const clear = behavioursOf(seen).find(
          ({ says }) => !OVER_TLS.includes(String(valueAt(says, 'ViewerProtocolPolicy'))),
        );
        if (clear) return fail(`It answers in clear: ${clear.of}.`, ...clear.at);
        const certificate = valueAt(seen.resource.properties, 'DistributionConfig', 'ViewerCertificate');
        const least = String(valueAt(certificate, 'MinimumProtocolVersion') ?? 'nothing');
        const at = [...CONFIG, 'ViewerCertificate', 'MinimumProtocolVersion'];
        // CloudFront’s own certificate takes TLS 1.0, whatever is asked for beside it.
        const own = valueAt(certificate, 'AcmCertificateArn') === undefined;
        return TLS.includes(least) && !own
          ? pass(`It answers over TLS alone, and asks for ${least} at least.`, ...at)
          : fail(own ? 'It has no certificate of its own.' : `It asks for ${least} at least.`, ...at);
      },
      NONE,
    ),
  },
  {
    id: 'CF-READONLY',
    title:
      'CloudFront answers requests for files alone, with the files as they are: no code runs at its edges.',
    reads: [`${DISTRIBUTION} DistributionConfig`],
    why: 'A function at the edge could give one person another page than the rest, and the ledger would tell nothing of it.',
    goals: ['csp-10_goal.7', 'csp-11_goal.1'],
    doesNotProve: 'That the files are those of a release: mailbox verify does.',
    remediation:
      'Allow GET and HEAD alone; attach no function, log of requests, or policy of what is handed on.',
    judge: eachOf(
      [DISTRIBUTION],
      (seen) => {
        const found = behavioursOf(seen).flatMap(({ says, at, of }) => [
          ...listOf(valueAt(says, 'AllowedMethods'))
            .filter((each) => !ASKS.includes(String(each)))
            .map((each) => fail(`It takes ${String(each)}: ${of}.`, ...at)),
          ...MORE.filter((each) => valueAt(says, each) !== undefined).map((each) =>
            fail(`It has ${each}: ${of}.`, ...at),
          ),
        ]);
        return (
          found[0] ??
          pass('It answers GET and HEAD alone, and runs no code.', ...CONFIG, 'DefaultCacheBehavior')
        );
      },
      NONE,
    ),
  },
  {
    id: 'CF-ORIGIN',
    title: 'CloudFront reads private buckets of its own stack alone, each time with its own signature.',
    reads: [
      `${DISTRIBUTION} DistributionConfig`,
      `${ACCESS} OriginAccessControlConfig`,
      'AWS::S3::Bucket BucketName',
    ],
    why: 'What comes from elsewhere, others change; what is read without a signature must be open to all.',
    goals: ['csp-11_goal.1'],
    doesNotProve: 'That the bucket’s policy lets this distribution in and no other: the access proof does.',
    remediation: 'Name a bucket of the stack, with an origin access control that always signs.',
    judge: eachOf(
      [DISTRIBUTION],
      (seen) => {
        const config = seen.resource.properties.DistributionConfig;
        const origins = listOf(valueAt(config, 'Origins'));
        const faults = origins.flatMap((each, index) => {
          const fault = originFault(seen, each);
          return fault === undefined ? [] : [fail(fault, ...CONFIG, 'Origins', index)];
        });
        return (
          faults[0] ??
          (origins.length === 0
            ? fail('It has no origin.', ...CONFIG)
            : pass('It reads buckets of its stack, always with its signature.', ...CONFIG, 'Origins'))
        );
      },
      NONE,
    ),
  },
  {
    id: 'CF-HEADERS',
    title: 'CloudFront says with everything what browsers are to hold a page to, whatever the file says.',
    reads: [`${DISTRIBUTION} DistributionConfig`, `${HEADERS} ResponseHeadersPolicyConfig`],
    why: 'Whoever puts files in place must not be able to loosen what they may do in a browser.',
    goals: ['csp-10_goal.7', 'csp-11_goal.1'],
    doesNotProve: 'That a browser heeds them: those of the last years do.',
    remediation:
      'Give each behaviour a policy of headers with HSTS of a year or more, nosniff and no-referrer, each with Override.',
    judge: eachOf(
      [DISTRIBUTION],
      (seen) => {
        const faults = behavioursOf(seen).flatMap(({ says, at, of }) => {
          const policy = named(seen, HEADERS, valueAt(says, 'ResponseHeadersPolicyId'));
          if (policy === undefined) return [fail(`It says no headers of this stack: ${of}.`, ...at)];
          const fault = headersFault(policy.resource.properties.ResponseHeadersPolicyConfig);
          return fault === undefined ? [] : [fail(`What it says ${fault}: ${of}.`, ...at)];
        });
        return faults[0] ?? pass('It says them with every path.', ...CONFIG, 'DefaultCacheBehavior');
      },
      NONE,
    ),
  },
  {
    id: 'CF-CSP',
    title: 'A page from CloudFront runs its own code alone, and speaks to hosts that are named whole.',
    reads: [`${HEADERS} ResponseHeadersPolicyConfig`],
    why: 'The page has messages in clear: what it may speak to is where they could go.',
    goals: ['csp-10_goal.7', 'csp-11_goal.1'],
    doesNotProve:
      'That the hosts are those of the organisation’s correspondence: the access proof holds them against the register.',
    remediation:
      'Give SecurityHeadersConfig a content policy of default-src none, own scripts, exact hosts, and Override.',
    judge: eachOf(
      [HEADERS],
      ({ resource }) => {
        const path = ['ResponseHeadersPolicyConfig', 'SecurityHeadersConfig', 'ContentSecurityPolicy'];
        const said = valueAt(resource.properties, ...path);
        const text = valueAt(said, 'ContentSecurityPolicy');
        const at = ['Properties', ...path];
        if (typeof text !== 'string') return fail('It has no content policy.', ...at);
        if (valueAt(said, 'Override') !== true)
          return fail('A file that says another content policy goes before it.', ...at);
        const fault = contentFault(text);
        return fault === undefined
          ? pass('Own code alone runs, and each host that it speaks to is named whole.', ...at)
          : fail(`In its content policy, ${fault}.`, ...at);
      },
      'The assembly has no policy of headers.',
    ),
  },
];
