/** That a joining pack says what is so of each sample organisation, in few pages, and names nobody whom it need not. */

import { createHash } from 'node:crypto';
import { openAssembly, type TemplateResource, type World, worldOf } from '../../lib/assembly';
import { packFrom } from '../../lib/commands/onboard-templates';
import { decide } from '../../lib/iam/decide';
import { requestOf } from '../../lib/iam/request';
import { packHtml } from '../../lib/joining/html';
import { packSections } from '../../lib/joining/pack';
import { actionWords, rolesInWords } from '../../lib/joining/role-words';
import type { PackSource } from '../../lib/joining/source';
import { type Step, testTransfers } from '../../lib/joining/test-transfer';
import { costsOf } from '../../lib/plan/cost/cost';
import { sharesOf } from '../../lib/register/share';
import { markedText } from '../../lib/words';
import { type Sample, synthesised } from '../stacks/sample-assembly';

let sample: Sample;
let sources: PackSource[];
let world: World;
beforeAll(() => {
  sample = synthesised();
  world = worldOf(openAssembly(sample.folder));
  const costs = costsOf(sample.stacks);
  if (!costs.priced) throw new Error('the sample has no prices');
  sources = sample.register.organisations.map((organisation) => ({
    register: sample.register,
    organisation,
    asOf: sample.asOf,
    stacks: sample.stacks.filter(({ account }) => account === organisation.account),
    cost: costs.organisations.find(({ id }) => id === organisation.id) ?? {
      id: organisation.id,
      lines: [],
      usd: 0,
    },
    client: { name: 'concordat-client.mjs', sha256: 'c'.repeat(64) },
  }));
});

const htmlOf = (source: PackSource) => packHtml('Pack', packSections(source));
const source = (id: string) => sources.find(({ organisation }) => organisation.id === id) as PackSource;

test('every pack names the organisation, the operator and its counterparties, and no other', () => {
  for (const own of sources) {
    const { register, organisation, asOf } = own;
    const parties = new Set(
      sharesOf(register, asOf)
        .filter(({ owner, recipient }) => owner.id === organisation.id || recipient.id === organisation.id)
        .flatMap(({ owner, recipient }) => [owner.id, recipient.id]),
    );
    parties.add(organisation.id);
    const { files } = packFrom(register, organisation.id, asOf, openAssembly(sample.folder));
    const [html = '', ...templates] = files.map(({ bytes }) => Buffer.from(bytes).toString());
    const page = html.replaceAll('&amp;', '&');
    const broughtKey = organisation.membership === 'member' && 'keyArn' in organisation.custody;
    // With the profile, the client and its types.
    expect(templates).toHaveLength(3 + own.stacks.length + (broughtKey ? 1 : 0));
    expect(page.includes(`file://key-policy-${organisation.id}.json`)).toBe(broughtKey);
    for (const { path } of files.slice(1)) expect(page).toContain(`<code>${path}</code>`);
    expect(page).toContain(organisation.name);
    expect(page).toContain(register.zone.operator);
    for (const other of register.organisations) {
      if (parties.has(other.id)) continue;
      const named = [other.name, other.account, other.contacts.security].filter((each) =>
        page.includes(each),
      );
      const byId = new RegExp(`(?<![\\w-])${other.id}(?![\\w-])`).test(page) ? [other.id] : [];
      expect([organisation.id, named, byId]).toEqual([organisation.id, [], []]);
      for (const template of templates)
        expect([other.account, template.includes(other.account)]).toEqual([other.account, false]);
    }
  }
});

test('the client in a pack is what the page says it is', () => {
  const { register, asOf } = sample;
  const { files } = packFrom(register, 'leeds' as never, asOf, openAssembly(sample.folder));
  const client = files.find(({ path }) => path === 'concordat-client.mjs');
  const digest = createHash('sha256')
    .update(client?.bytes ?? '')
    .digest('hex');
  expect(Buffer.from(files[0]?.bytes ?? '').toString()).toContain(`<code>${digest}</code>`);
});

test('every pack prints on fewer than ten pages', () => {
  // A4 at the size of print takes 60 lines of 105 characters; each part of the page begins a line and leaves some space.
  for (const own of sources) {
    const parts = htmlOf(own)
      .replace(/<style>[\s\S]*<\/style>/, '')
      .split(/<\/(?:p|li|tr|pre|h\d)>/);
    const lines = parts.reduce(
      (sum, part) => sum + 0.6 + Math.ceil(part.replace(/<[^>]*>/g, '').trim().length / 105),
      0,
    );
    expect(lines / 60).toBeLessThan(9);
    expect(lines / 60).toBeGreaterThan(1);
  }
});

test('every role of the templates is there, with all that its statements say, in words', () => {
  for (const own of sources) {
    const made = own.stacks.flatMap(({ resources }) =>
      Object.values(resources).filter(({ Type }) => Type === 'AWS::IAM::Role'),
    );
    const roles = rolesInWords(own);
    expect(roles.map(({ name }) => name).sort()).toEqual(
      made.map(({ Properties }) => Properties?.RoleName).sort(),
    );
    for (const role of made) {
      const words = roles.find(({ name }) => name === role.Properties?.RoleName);
      const sids = [...JSON.stringify(role.Properties).matchAll(/"Sid":"(\w+)"/g)].map(([, sid]) => sid);
      const told = [...(words?.takenOnBy ?? []), ...(words?.can ?? [])]
        .map((each) => markedText(each))
        .join('\n');
      for (const sid of sids) expect(told).toContain(`[\`${sid}\`]`);
    }
    const text = roles.flatMap(({ takenOnBy, can }) => [...takenOnBy, ...can].map(markedText)).join('\n');
    expect(text).not.toMatch(/not understood|do `\w+:|Perhaps/);
  }
});

test('an action that has no words is named as it is', () => {
  expect(actionWords('s3:GetObject')).toBe('read objects');
  expect(markedText(actionWords('s3:Surprise'))).toBe('do `s3:Surprise`');
});

/** A pack’s source with a statement added to one role. */
function withStatement(own: PackSource, roleName: string, statement: object): PackSource {
  const changed = (resource: TemplateResource): TemplateResource => {
    if (resource.Properties?.RoleName !== roleName) return resource;
    const copy = structuredClone(resource) as unknown as {
      Properties: { Policies: { PolicyDocument: { Statement: object[] } }[] };
    };
    copy.Properties.Policies[0]?.PolicyDocument.Statement.push(statement);
    return copy as unknown as TemplateResource;
  };
  return {
    ...own,
    stacks: own.stacks.map((stack) => ({
      ...stack,
      resources: Object.fromEntries(Object.entries(stack.resources).map(([id, each]) => [id, changed(each)])),
    })),
  };
}
const cannot = (own: PackSource, name: string) =>
  rolesInWords(own).find((each) => each.name === name)?.cannot ?? [];

describe('what a role cannot do', () => {
  test('is told of each, by what it is for', () => {
    const leeds = source('leeds');
    expect(cannot(leeds, 'concordat-deposit')).toContain('read what lies in the organisation’s own bucket');
    expect(cannot(leeds, 'concordat-deposit')).not.toContain('deposit under an agreement');
    expect(cannot(leeds, 'concordat-collect')).toContain('deposit under an agreement');
    expect(cannot(leeds, 'concordat-malware-scan')).not.toContain('release what the malware scan held back');
    expect(cannot(leeds, 'concordat-grant-broker')).not.toContain('let anybody use the key');
    expect(cannot(leeds, 'concordat-receipts')).toContain('write or delete receipts');
  });

  test.each([
    ['s3:GetObject', 'read what lies in the organisation’s own bucket'],
    ['s3:DeleteObjectVersion', 'delete for good what was deposited'],
    ['s3:PutObjectTagging', 'release what the malware scan held back'],
    ['s3:GetObject', 'read what is shared with anybody else'],
    ['kms:Decrypt', 'decrypt except through Amazon S3'],
    ['kms:CreateGrant', 'let anybody use the key'],
    ['kms:PutKeyPolicy', 'change who may use the key, or have it deleted'],
    ['s3:PutBucketPolicy', 'change the bucket’s policy'],
    ['s3:PutBucketPublicAccessBlock', 'make the bucket public'],
    ['iam:PutRolePolicy', 'change any role'],
    ['s3:PutObject', 'write or delete receipts'],
  ])('is no longer promised once its policy allows %s: %s', (action, words) => {
    const rogue = { Sid: 'Rogue', Effect: 'Allow', Action: [action], Resource: '*' };
    const leeds = source('leeds');
    expect(cannot(leeds, 'concordat-deposit')).toContain(words);
    expect(cannot(withStatement(leeds, 'concordat-deposit', rogue), 'concordat-deposit')).not.toContain(
      words,
    );
  });

  test('a condition that may hold is no promise, and a denial under one is none either', () => {
    const leeds = source('leeds');
    const condition = { StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
    const allow = { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: '*', Condition: condition };
    expect(cannot(withStatement(leeds, 'concordat-deposit', allow), 'concordat-deposit')).not.toContain(
      'let anybody use the key',
    );
    const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: condition };
    expect(cannot(withStatement(leeds, 'concordat-deposit', deny), 'concordat-deposit')).not.toContain(
      'deposit under an agreement',
    );
  });
});

describe('the test transfer', () => {
  /** Whether S3 lets the role do it, by the templates. */
  function works(own: PackSource, { by, asks }: Step, on: string): boolean {
    const arn = `arn:aws:iam::${own.organisation.account}:role/concordat/concordat-${by}`;
    const role = world.roles.find((each) => each.arn === arn);
    const bucket = world.buckets.find((each) => asks.resource.startsWith(each.arn));
    const point = bucket?.accessPoints.find((each) => each.arn === asks.accessPoint);
    if (role === undefined || bucket === undefined) throw new Error(`${arn} or the bucket is missing`);
    expect(point === undefined).toBe(asks.accessPoint === undefined);
    const request = requestOf({
      caller: { type: 'role', arn, session: 'test' },
      ...asks,
      context: { 'aws:CurrentTime': `${on}T12:00:00Z`, ...asks.context },
    });
    const { verdict } = decide(request, {
      identity: role.identity,
      ...(bucket.policy && { resource: bucket.policy }),
      ...(point?.policy && { accessPoint: point.policy }),
    });
    return verdict === 'allowed';
  }

  test('works where the pack says so, and is refused where it says so', () => {
    let steps = 0;
    for (const own of sources)
      for (const transfer of testTransfers(own))
        for (const step of transfer.steps) {
          steps++;
          expect([own.organisation.id, step.command, works(own, step, transfer.on)]).toEqual([
            own.organisation.id,
            step.command,
            step.outcome === 'works',
          ]);
        }
    expect(steps).toBeGreaterThan(40);
  });

  test('has a deposit, a collection and refusals of both, as the organisation’s agreements allow', () => {
    const kinds = (id: string) =>
      testTransfers(source(id)).map(({ steps }) => [
        steps[0]?.by,
        steps.filter(({ outcome }) => outcome === 'is refused').length,
      ]);
    expect(kinds('leeds')).toEqual([
      ['deposit', 3],
      ['collect', 2],
    ]);
    expect(kinds('example-routing')).toEqual([['collect', 2]]);
    expect(htmlOf(source('leeds'))).toContain('This must be refused, with AccessDenied:');
  });
});

test('who may collect is told how a file is copied from bucket to bucket, since its tag can’t be read', () => {
  expect(htmlOf(source('leeds'))).toContain('<code>--copy-props none</code>');
  expect(htmlOf(source('example-routing'))).toContain('<code>--copy-props none</code>');
  const own = source('leeds');
  const without = { ...own, organisation: { ...own.organisation, mayCollect: [] } };
  expect(packSections(without).map(({ heading }) => heading)).not.toContain('How to collect');
});

test('whose people sign in is told how, and what its provider has to know; nobody else is', () => {
  const own = source('leeds');
  if (own.organisation.membership !== 'member') throw new Error('leeds is a member');
  const signIn = {
    issuer: 'https://login.leeds.example',
    client: 'concordat-people',
    mayCollect: { appRoles: ['collector'] },
    multiFactor: 'mfa',
  };
  const page = htmlOf({ ...own, organisation: { ...own.organisation, signIn } });
  for (const each of [
    'node concordat-client.mjs signin',
    signIn.issuer,
    signIn.client,
    'http://127.0.0.1/signed-in',
  ])
    expect(page).toContain(`<code>${each}</code>`);
  expect(htmlOf(own)).not.toContain('How to sign in');
});

test('of the kinds of custody the organisation’s own is marked, and an external body is offered none', () => {
  expect(htmlOf(source('hmcts'))).toMatch(/<code>(?:cloudhsm|external)<\/code> \(yours\)/);
  expect(htmlOf(source('leeds-hospitals'))).toContain('<code>imported</code> (yours)');
  expect(htmlOf(source('example-routing'))).not.toContain('(yours)');
});

test('a page is plain HTML: nothing runs, nothing is fetched, and names are no markup', () => {
  const own = source('leeds');
  const odd = {
    ...own,
    organisation: { ...own.organisation, name: '<script>alert("x")</script> & Sons\u202e' },
  };
  const page = htmlOf(odd);
  expect(page).not.toMatch(/<script|\ssrc=|\shref=|url\(/);
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Sons');
  expect(page).not.toContain('\u202e');
});
