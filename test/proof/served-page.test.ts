/**
 * That the page of the mailbox, where the zone serves it, is read by CloudFront alone and changed by the release role alone; and that
 * whatever would let somebody else in, or the page speak elsewhere, is found.
 */
import { openAssembly, worldOf } from '../../lib/assembly';
import { prove } from '../../lib/proof/prove';
import { settingLines } from '../../lib/proof/settings/in-words';
import { settingFindings } from '../../lib/proof/settings/settings';
import type { Json as Any } from '../compliance/judged-sample';
import { letters, SEALS, SERVES } from '../register/letters';
import { synthesised } from '../stacks/sample-assembly';
import { all, changed, findings, type Json, type Statement, textOf } from './world';

const ZONE = '100000000002';
const source = openAssembly(synthesised({ files: letters(...SERVES) }).folder);

test('all of it is proven, with every guardrail attached and as they stand', () => {
  expect(textOf(prove(worldOf(source)))).toEqual([]);
});

/** The one statement of a name in a policy of the page’s bucket or key. */
function statement(resources: Record<string, Json>, of: 'bucket' | 'key', sid: string): Statement {
  const documents =
    of === 'bucket'
      ? all(resources, 'AWS::S3::BucketPolicy').map(({ Properties }) => Properties.PolicyDocument)
      : all(resources, 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy);
  const page = documents.filter((each) => JSON.stringify(each).includes('CloudFrontReadsThePage'));
  const found = page.flatMap((each) => each.Statement.filter(({ Sid }) => Sid === sid));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`there is no one ${sid}`);
  return found[0];
}

const OPENED: Readonly<Record<string, readonly [(resources: Record<string, Json>) => void, RegExp]>> = {
  'the bucket to any distribution of anybody': [
    (resources) => {
      delete statement(resources, 'bucket', 'CloudFrontReadsThePage').Condition;
    },
    /^extra: .*cloudfront\.amazonaws\.com.* can read /,
  ],
  'the bucket to any distribution of the account': [
    (resources) => {
      statement(resources, 'bucket', 'CloudFrontReadsThePage').Condition = {
        StringLike: { 'aws:SourceArn': `arn:aws:cloudfront::${ZONE}:distribution/*` },
      };
    },
    /^extra: .*cloudfront\.amazonaws\.com.* can read /,
  ],
  'the key to any distribution of anybody': [
    (resources) => {
      delete statement(resources, 'key', 'CloudFrontReadsThePage').Condition;
    },
    /^extra: .*cloudfront\.amazonaws\.com.* can decrypt /,
  ],
  'the page to be written by CloudFront, for whoever asks it': [
    (resources) => {
      statement(resources, 'bucket', 'CloudFrontReadsThePage').Action.push('s3:PutObject');
      statement(resources, 'bucket', 'DenyWritingToAllButTheReleaseRole').Condition = {
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      };
    },
    /^extra: .*cloudfront\.amazonaws\.com.* can write /,
  ],
  'the page to be written by whoever administers the account': [
    (resources) => {
      statement(resources, 'bucket', 'DenyWritingToAllButTheReleaseRole').Action = ['s3:PutObjectAcl'];
    },
    /^extra: .* can write /,
  ],
  'the page to everybody': [
    (resources) => {
      statement(resources, 'bucket', 'CloudFrontReadsThePage').Principal = '*';
      delete statement(resources, 'bucket', 'CloudFrontReadsThePage').Condition;
    },
    /^extra: .* can read /,
  ],
  'files of the page to be deleted': [
    (resources) => {
      statement(resources, 'bucket', 'DenyDeletionReplicasAndChangeOfLocks').Action = ['s3:ReplicateObject'];
    },
    /^extra: the zone .* can (?:delete|write \(s3:UpdateObjectEncryption\)) /,
  ],
  'the release role to somebody more': [
    (resources) => {
      const [role] = all(resources, 'AWS::IAM::Role').filter(
        ({ Properties }) => Properties.RoleName === 'concordat-page-release',
      );
      const trust: Any = role?.Properties.AssumeRolePolicyDocument.Statement[0];
      trust.Condition.ArnEquals['aws:PrincipalArn'].push(`arn:aws:iam::${ZONE}:role/helpdesk`);
    },
    /^extra: .*helpdesk.* can take on /,
  ],
};

test.each(Object.entries(OPENED))('a template that opens %s is found', (_, [open, said]) => {
  const found = findings(changed('Zone', open, source), ZONE);
  expect(found).toContainEqual(expect.stringMatching(said));
});

const onlyOne = (resources: Record<string, Json>, type: string): Any => all(resources, type)[0]?.Properties;
const headersOf = (resources: Record<string, Json>) =>
  all(resources, 'AWS::CloudFront::ResponseHeadersPolicy').map(
    ({ Properties }) => (Properties as Any).ResponseHeadersPolicyConfig,
  );
const ofLeeds = (resources: Record<string, Json>): Any =>
  headersOf(resources).find(({ Name }) => Name === 'concordat-served-page-leeds');
const content = (change: (text: string) => string) => (resources: Record<string, Json>) => {
  const policy = ofLeeds(resources).SecurityHeadersConfig.ContentSecurityPolicy;
  const before = policy.ContentSecurityPolicy;
  policy.ContentSecurityPolicy = change(before);
  if (policy.ContentSecurityPolicy === before) throw new Error('nothing was changed');
};
const served = (change: (config: Any) => void) => (resources: Record<string, Json>) =>
  change(onlyOne(resources, 'AWS::CloudFront::Distribution').DistributionConfig);

const WEAKENED: Readonly<Record<string, (resources: Record<string, Json>) => void>> = {
  'speak to one place more': content((text) =>
    text.replace("'self' https", "'self' https://elsewhere.example https"),
  ),
  'speak to any bucket': content((text) =>
    text.replace(/https:\/\/concordat-exchange-[^ ]+/, 'https://*.amazonaws.com'),
  ),
  'speak to the bucket of somebody else': content((text) => text.replace('100000000022', '100000000023')),
  'run scripts that stand in it': content((text) =>
    text.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
  ),
  'go without trusted types': content((text) => text.replace("; require-trusted-types-for 'script'", '')),
  'be held in frames': content((text) => text.replace("; frame-ancestors 'none'", '')),
  'have a first directive that counts in place of the second': content((text) => `connect-src *; ${text}`),
  'go without its content policy where S3 says another': (resources) => {
    ofLeeds(resources).SecurityHeadersConfig.ContentSecurityPolicy.Override = false;
  },
  'be told by S3 which key it is under': (resources) => {
    ofLeeds(resources).RemoveHeadersConfig.Items.pop();
  },
  'be asked for in clear': served((config) => {
    config.CacheBehaviors[0].ViewerProtocolPolicy = 'allow-all';
  }),
  'be asked for over old TLS': served((config) => {
    config.ViewerCertificate.MinimumProtocolVersion = 'TLSv1_2016';
  }),
  'be written from the edge': served((config) => {
    config.CacheBehaviors[0].AllowedMethods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
  }),
  'be served by the headers of nothing': served((config) => {
    config.CacheBehaviors[0].ResponseHeadersPolicyId = config.DefaultCacheBehavior.ResponseHeadersPolicyId;
  }),
  'be changed on its way by a function': served((config) => {
    config.CacheBehaviors[0].FunctionAssociations = [{ EventType: 'viewer-response', FunctionARN: 'x' }];
  }),
  'come from another bucket': served((config) => {
    config.Origins[0].DomainName = 'elsewhere.s3.eu-west-2.amazonaws.com';
  }),
  'be asked for by nobody’s signature': (resources) => {
    onlyOne(resources, 'AWS::CloudFront::OriginAccessControl').OriginAccessControlConfig.SigningBehavior =
      'never';
  },
};

test('of sealed letters, too, all is proven: the page speaks to the places where they lie', () => {
  const sealed = openAssembly(synthesised({ files: letters(...SEALS) }).folder);
  expect(textOf(prove(worldOf(sealed)))).toEqual([]);
});

test.each(Object.entries(WEAKENED))('a template by which the page would %s is found', (_, weaken) => {
  const edited = worldOf(changed('Zone', weaken, source));
  expect(settingFindings(edited).map((each) => settingLines(each)[0])).toEqual([
    expect.stringMatching(/^(?:set otherwise|not judged): .*(?:mailbox|page)/),
  ]);
});
