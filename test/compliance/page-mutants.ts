/** For each check on what CloudFront serves, changes that it must find: of the sample’s zone, with the page of a small register in it. */
import { openAssembly } from '../../lib/assembly';
import type { JudgedAssembly } from '../../lib/compliance/check';
import { letters, MAILBOX_ORIGIN, SERVED, SERVES } from '../register/letters';
import { synthesised } from '../stacks/sample-assembly';
import { type Json, withRegister, withTemplate } from './judged-sample';
import type { Mutant } from './mutants';
import { of } from './template-edits';

const BUCKET = 'concordat-mailbox-100000000002-eu-west-2-an';

/** What CloudFront is told in a zone that serves the page, and the bucket that it reads. */
function servedResources(): Record<string, Json> {
  const { stacks } = openAssembly(synthesised({ files: letters(...SERVES) }).folder);
  const zone = stacks.find(({ name }) => name === 'Zone')?.resources ?? {};
  const resources = Object.entries<Json>(zone).filter(([, { Type }]) => Type.startsWith('AWS::CloudFront::'));
  // The one who writes to Leeds has another account in the sample.
  return JSON.parse(JSON.stringify(Object.fromEntries(resources)).replaceAll('012345678901', '100000000011'));
}
let served: Record<string, Json> | undefined;

/** The sample, as if its zone served the page; its bucket is the ledger’s, under another name. */
export function withPage(assembly: JudgedAssembly, edit: (template: Json) => void = () => {}) {
  served ??= servedResources();
  const { register } = assembly;
  const mailbox = { origin: MAILBOX_ORIGIN, served: SERVED } as unknown as typeof register.zone.mailbox;
  return withRegister(
    withTemplate(assembly, 'Zone', (template) => {
      Object.assign(template.Resources, structuredClone(served));
      const ledger = of(template, 'AWS::S3::Bucket', 'Ledger').BucketName;
      const [origin] = config(template).Origins;
      origin.DomainName = origin.DomainName.replace(BUCKET, ledger);
      edit(template);
    }),
    { ...register, zone: { ...register.zone, mailbox } },
  );
}

function config(template: Json): Json {
  return of(template, 'AWS::CloudFront::Distribution').DistributionConfig;
}
const headers = (template: Json) =>
  of(template, 'AWS::CloudFront::ResponseHeadersPolicy', 'leeds').ResponseHeadersPolicyConfig;

export const PAGE_MUTANTS: Mutant[] = [];
function mutant(check: string, how: string, edit: (template: Json) => void): void {
  PAGE_MUTANTS.push({ check, how, make: (assembly) => withPage(assembly, edit), also: [] });
}
const edge = (check: string, how: string, edit: (config: Json) => void) =>
  mutant(check, how, (template) => edit(config(template)));

edge('CF-TLS', 'a page is served in clear', (c) => {
  c.CacheBehaviors[0].ViewerProtocolPolicy = 'allow-all';
});
edge('CF-TLS', 'all but the pages is served in clear', (c) => {
  delete c.DefaultCacheBehavior.ViewerProtocolPolicy;
});
edge('CF-TLS', 'old TLS is taken', (c) => {
  c.ViewerCertificate.MinimumProtocolVersion = 'TLSv1.1_2016';
});
edge('CF-TLS', 'what TLS is taken is not said', (c) => {
  delete c.ViewerCertificate.MinimumProtocolVersion;
});
edge('CF-TLS', 'the certificate is CloudFront’s own, which takes any TLS', (c) => {
  c.ViewerCertificate = { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1.2_2021' };
});
edge('CF-READONLY', 'files are written from the edge', (c) => {
  c.CacheBehaviors[0].AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'];
});
edge('CF-READONLY', 'a function answers', (c) => {
  c.CacheBehaviors[0].FunctionAssociations = [{ EventType: 'viewer-request', FunctionARN: 'x' }];
});
edge('CF-READONLY', 'a function of Lambda answers', (c) => {
  c.DefaultCacheBehavior.LambdaFunctionAssociations = [
    { EventType: 'origin-response', LambdaFunctionARN: 'x' },
  ];
});
edge('CF-READONLY', 'who asked is written down', (c) => {
  c.CacheBehaviors[0].RealtimeLogConfigArn = 'arn:aws:cloudfront::100000000002:realtime-log-config/x';
});
edge('CF-ORIGIN', 'the bucket is of somebody else', (c) => {
  c.Origins[0].DomainName = 'elsewhere.s3.eu-west-2.amazonaws.com';
});
edge('CF-ORIGIN', 'a server is asked as well', (c) => {
  c.Origins.push({ Id: 'more', DomainName: 'pages.example', CustomOriginConfig: {} });
});
edge('CF-ORIGIN', 'the bucket is asked without a signature', (c) => {
  delete c.Origins[0].OriginAccessControlId;
});
edge('CF-ORIGIN', 'the bucket is asked by an older identity', (c) => {
  c.Origins[0].S3OriginConfig.OriginAccessIdentity = 'origin-access-identity/cloudfront/E1';
});
edge('CF-ORIGIN', 'another folder is served', (c) => {
  c.Origins[0].OriginPath = '/drafts';
});
mutant('CF-ORIGIN', 'whoever asks may sign in its place', (t) => {
  of(t, 'AWS::CloudFront::OriginAccessControl').OriginAccessControlConfig.SigningBehavior = 'no-override';
});
edge('CF-HEADERS', 'a page comes without headers', (c) => {
  delete c.CacheBehaviors[0].ResponseHeadersPolicyId;
});
edge('CF-HEADERS', 'all but the pages comes with headers of AWS’s', (c) => {
  c.DefaultCacheBehavior.ResponseHeadersPolicyId = '67f7725c-6f97-4210-82d7-5512b31e9d03';
});
mutant('CF-HEADERS', 'browsers soon forget to ask over TLS', (t) => {
  headers(t).SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec = 3600;
});
mutant('CF-HEADERS', 'a file may say that browsers are to guess', (t) => {
  headers(t).SecurityHeadersConfig.ContentTypeOptions.Override = false;
});
mutant('CF-HEADERS', 'others are told where somebody came from', (t) => {
  headers(t).SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy = 'unsafe-url';
});
mutant('CF-HEADERS', 'pages of others read it', (t) => {
  headers(t).CorsConfig = { AccessControlAllowOrigins: { Items: ['*'] } };
});

const content = (how: string, change: (text: string) => string) =>
  mutant('CF-CSP', how, (t) => {
    const said = headers(t).SecurityHeadersConfig.ContentSecurityPolicy;
    const before = said.ContentSecurityPolicy;
    said.ContentSecurityPolicy = change(before);
    if (said.ContentSecurityPolicy === before) throw new Error('nothing was changed');
  });
const instead = (found: string, put: string) => (text: string) => text.replace(found, put);
mutant('CF-CSP', 'a file may say its own', (t) => {
  headers(t).SecurityHeadersConfig.ContentSecurityPolicy.Override = false;
});
mutant('CF-CSP', 'there is none', (t) => {
  delete headers(t).SecurityHeadersConfig.ContentSecurityPolicy;
});
mutant('CF-CSP', 'where there is no page, a form may ask for a password', (t) => {
  const config = of(t, 'AWS::CloudFront::ResponseHeadersPolicy', 'Nothing').ResponseHeadersPolicyConfig;
  config.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy =
    "default-src 'none'; frame-ancestors 'none'";
});
content('it may load anything', instead("default-src 'none'", "default-src 'self'"));
content('it runs what stands in it', instead("script-src 'self'", "script-src 'self' 'unsafe-inline'"));
content('it runs scripts of others', instead("script-src 'self'", 'script-src https://cdn.example'));
content('it runs text', instead("; require-trusted-types-for 'script'", ''));
content('any code may make scripts of text', instead('trusted-types dompurify', 'trusted-types *'));
content('its code may stay in browsers', instead("worker-src 'none'", "worker-src 'self'"));
content('it does not say that no code stays', instead("worker-src 'none'; ", ''));
content('it speaks to any bucket', instead('https://sts.eu-west-2', 'https://*.s3.eu-west-2'));
content('it speaks to anybody', instead("connect-src 'self'", "connect-src 'self' https:"));
content('it speaks in clear', instead('https://sts.', 'http://sts.'));
content('it tells others of what it refuses', (text) => `${text}; report-uri https://elsewhere.example/told`);
content('a first directive counts in place of the second', (text) => `connect-src *; ${text}`);
content('a first directive in capitals does', (text) => `Connect-Src 'self'; ${text}`);
content('a frame holds it', instead("frame-ancestors 'none'", "frame-ancestors 'self'"));
content('forms go anywhere', instead("; form-action 'none'", ''));
content('its links go by another base', instead("; base-uri 'none'", ''));
