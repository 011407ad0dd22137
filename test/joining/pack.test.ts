/** That a joining pack says what is so of each sample organisation, in few pages, and names nobody whom it need not. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAssembly, type TemplateResource, type World, worldOf } from '../../lib/assembly';
import { CLIENT_COMMANDS } from '../../lib/commands/client-commands';
import { packFrom } from '../../lib/commands/organisations/onboard-templates';
import { checkFile } from '../../lib/contracts';
import { mediaTypeFor } from '../../lib/delivery';
import { decide } from '../../lib/iam/decide';
import { requestOf } from '../../lib/iam/request';
import { packHtml } from '../../lib/joining/html';
import { ownRoles } from '../../lib/joining/own-roles';
import { packSections } from '../../lib/joining/pack';
import { refusedRequests } from '../../lib/joining/refused-requests';
import { actionWords, rolesInWords } from '../../lib/joining/role-words';
import { sharesToTry } from '../../lib/joining/shares-to-try';
import type { PackSource } from '../../lib/joining/source';
import { testFileOf } from '../../lib/joining/test-file';
import { type RoleAsks, testRuns } from '../../lib/joining/test-steps';
import { costsOf } from '../../lib/plan/cost/cost';
import { contractPlansOf } from '../../lib/register';
import { isLive, sharesOf } from '../../lib/register/share';
import { markedText } from '../../lib/words';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { sourceOf } from '../contracts/sources';
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
    const withRoles = ownRoles(own).length > 0 ? 1 : 0;
    expect(templates).toHaveLength(3 + withRoles + own.stacks.length + (broughtKey ? 1 : 0));
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

/** About how many pages a pack takes: A4 takes 60 lines of 105 characters; each part begins a line and leaves some space. */
function pagesOf(own: (typeof sources)[number]): number {
  const parts = htmlOf(own)
    .replace(/<style>[\s\S]*<\/style>/, '')
    .split(/<\/(?:p|li|tr|pre|h\d)>/);
  const lines = parts.reduce(
    (sum, part) => sum + 0.6 + Math.ceil(part.replace(/<[^>]*>/g, '').trim().length / 105),
    0,
  );
  return lines / 60;
}

test('every pack prints on fewer than ten pages', () => {
  for (const own of sources) {
    expect(pagesOf(own)).toBeLessThan(9.5);
    expect(pagesOf(own)).toBeGreaterThan(1);
  }
});

(BROWSER === undefined && !BROWSER_REQUIRED ? test.skip : test)(
  'the longest pack does so in a browser',
  () => {
    const [longest] = [...sources].sort((a, b) => pagesOf(b) - pagesOf(a));
    const folder = mkdtempSync(join(tmpdir(), 'concordat-print-'));
    try {
      const [page, print] = [join(folder, 'page.html'), join(folder, 'print.pdf')];
      writeFileSync(page, longest === undefined ? '' : htmlOf(longest));
      const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--no-pdf-header-footer'];
      const words = [...quiet, `--user-data-dir=${join(folder, 'browser')}`, `--print-to-pdf=${print}`, page];
      execFileSync(BROWSER ?? '', words, { stdio: 'ignore', timeout: 60_000 });
      const pages = readFileSync(print, 'latin1').match(/\/Type\s*\/Page\b/g) ?? [];
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.length).toBeLessThan(10);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  90_000,
);

test('a pack opens with what is done, in fewer than ten steps, and each link leads to its place', () => {
  for (const own of sources) {
    const page = htmlOf(own);
    const [first = ''] = [...page.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, words]) => words);
    expect(first).toBe('What you do');
    const [steps = ''] = /<tbody>[\s\S]*?<\/tbody>/.exec(page.slice(page.indexOf('What you do'))) ?? [];
    const rows = steps.match(/<tr>/g) ?? [];
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.length).toBeLessThan(10);
    const places = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(places).size).toBe(places.length);
    for (const [, to] of page.matchAll(/ href="#([^"]*)"/g)) expect(places).toContain(to);
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

/** Whether S3 lets the role do it on that day, by the templates. */
function works(own: PackSource, { by, asks }: RoleAsks, on: string): boolean {
  const arn = `arn:aws:iam::${own.organisation.account}:role/concordat/concordat-${by}`;
  const role = world.roles.find((each) => each.arn === arn);
  const bucket = world.buckets.find(({ arn: each }) => `${asks.resource}/`.startsWith(`${each}/`));
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

const signingIn = {
  issuer: 'https://login.leeds.example',
  client: 'concordat-people',
  mayDeposit: { appRoles: ['depositor'] },
  mayCollect: { appRoles: ['collector'] },
  multiFactor: 'mfa',
};
/** Leeds, whose people sign in. */
function signedIn(signIn: Partial<typeof signingIn> = signingIn): PackSource {
  const own = source('leeds');
  return { ...own, organisation: { ...own.organisation, signIn } as PackSource['organisation'] };
}
const typed = (own: PackSource) => testRuns(own).map(({ steps }) => steps.flatMap(({ lines }) => lines));

describe('the test transfer', () => {
  test('takes an officer under ten steps, of which each rests on what the templates allow its role', () => {
    let asked = 0;
    for (const own of sources) {
      const runs = testRuns(own);
      for (const { steps } of runs) expect(steps.length).toBeLessThan(10);
      const steps = runs.flatMap((each) => each.steps);
      for (const { asks, on, lines } of steps)
        for (const each of asks) {
          asked++;
          expect([own.organisation.id, lines, each.asks.action, works(own, each, on)]).toEqual([
            own.organisation.id,
            lines,
            each.asks.action,
            true,
          ]);
        }
    }
    expect(asked).toBeGreaterThan(40);
  });

  test('is by the client alone, in forms that it takes, and with no command of AWS', () => {
    for (const own of [...sources, signedIn()])
      for (const lines of typed(own))
        for (const line of lines) {
          expect(line).not.toMatch(/^aws /);
          const [program, file, name] = line.split(' ');
          if (program !== 'node') continue;
          expect(file).toBe('concordat-client.mjs');
          expect([...Object.keys(CLIENT_COMMANDS), 'help']).toContain(name);
        }
    expect(typed(signedIn())).toEqual([
      [
        'node concordat-client.mjs help',
        'node concordat-client.mjs signin',
        '<test/>',
        'node concordat-client.mjs deposit housing-benefit-extract test.xml --wait',
        'node concordat-client.mjs receipt housing-benefit-extract/test.xml --wait 30',
        'node concordat-client.mjs recall housing-benefit-extract/test.xml',
        expect.stringMatching(/^node concordat-client.mjs inbox [\w-]+$/),
        expect.stringMatching(/^node concordat-client.mjs collect [\w-]+ --to collected$/),
        expect.stringMatching(/^node concordat-client.mjs receipt collected\/[\w-]+\/test\.\w+ --wait 30$/),
      ],
    ]);
  });

  test('is in one go where one sign-in does for both; else each who does a part has its own, whole', () => {
    const how = (own: PackSource) => typed(own).map((lines) => [lines[1], lines.at(-1)?.split(' ')[2]]);
    const [signin, aws] = ['node concordat-client.mjs signin', 'export AWS_PROFILE=YOURS'];
    expect(how(signedIn())).toEqual([[signin, 'receipt']]);
    const { mayCollect: _, ...deposits } = signingIn;
    const [recalls, collects] = [
      [signin, 'recall'],
      [aws, 'receipt'],
    ];
    expect(how(signedIn(deposits))).toEqual([recalls, collects]);
    const leeds = source('leeds');
    expect(how(leeds)).toEqual([[aws, 'recall'], collects]);
    const mayCollect = 'mayDeposit' in leeds.organisation ? leeds.organisation.mayDeposit : [];
    const same = { ...leeds, organisation: { ...leeds.organisation, mayCollect } };
    expect(how(same)).toEqual([[aws, 'receipt']]);
    expect(htmlOf(source('camden'))).toContain('role/benefits/awards-reader');
  });

  /** The sample, whose contracts ask for no rows. */
  function withoutRowCounts(): Sample['register'] {
    const eased = (contract: (typeof sample.register.contracts)[number]) => ({
      ...contract,
      schema: contract.schema?.map((object) => ({
        ...object,
        quality: object.quality?.filter((each) => !('metric' in each) || each.metric !== 'rowCount'),
      })),
    });
    const contracts = sample.register.contracts.map(eased);
    return { ...sample.register, contracts } as unknown as Sample['register'];
  }

  test('sends a file that the agreement takes: its media type, and its contract as the engine reads it', async () => {
    const held = new Map<string, number>();
    for (const register of [sample.register, withoutRowCounts()])
      for (const agreement of register.agreements) {
        const { name, type, content, isTrueData } = testFileOf(agreement, register);
        const chosen = mediaTypeFor(name, agreement.delivery.mediaTypes, type);
        expect([agreement.id, chosen]).toEqual([agreement.id, { mediaType: expect.any(String) }]);
        const plan = contractPlansOf(register).get(agreement.contract ?? '');
        if (plan === undefined) continue;
        const header = content ?? `${plan.columns.map((each) => each.name).join(',')}\n`;
        const checked = await checkFile(plan, 'csv', sourceOf(Buffer.from(header)), { largest: 1e6 });
        const result = isTrueData ? 'failed' : 'passed';
        expect([agreement.id, checked]).toMatchObject([agreement.id, { kind: 'done', outcome: { result } }]);
        held.set(result, (held.get(result) ?? 0) + 1);
      }
    expect([...held.keys()].sort()).toEqual(['failed', 'passed']);
  });

  test('is of true data only where no agreement does without, and then says so', () => {
    for (const own of sources) {
      const { own: sent } = sharesToTry(own);
      if (sent === undefined) continue;
      const file = testFileOf(sent.agreement, own.register);
      const others = sharesOf(own.register, own.asOf).filter(
        (each) =>
          isLive(each) && each.owner.id === own.organisation.id && each.agreement.sealed === undefined,
      );
      const harmless = others.filter(({ agreement }) => !testFileOf(agreement, own.register).isTrueData);
      if (sent.agreement.sealed === undefined) expect(file.isTrueData).toBe(harmless.length === 0);
      expect(htmlOf(own).includes('a transfer of true data')).toBe(file.isTrueData);
    }
    expect(htmlOf(source('belfast'))).toContain('a transfer of true data');
  });

  test('of media types that no line of text is, says what to make, or which type to give', () => {
    const [agreement] = sample.register.agreements;
    const of = (...mediaTypes: string[]) => {
      const delivery = { ...agreement?.delivery, mediaTypes };
      const { contract: _, ...bare } = { ...agreement, delivery };
      return testFileOf(bare as never, sample.register);
    };
    expect(of('application/pdf')).toMatchObject({ name: 'test.pdf', type: undefined });
    expect(of('application/zip')).toMatchObject({ name: 'test.zip', type: undefined });
    expect(of('application/x-unheard')).toMatchObject({ name: 'test', type: 'application/x-unheard' });
  });

  test('under a sealed agreement names the file as it lies there, and opens it with the secret key', () => {
    const own = sources.find((each) => sharesToTry(each).own?.agreement.sealed !== undefined);
    const agreement = own && sharesToTry(own).own?.agreement;
    if (agreement === undefined) throw new Error('the sample has nobody whose only agreement is sealed');
    const name = `${agreement.id}/${testFileOf(agreement, sample.register).name}`;
    const lines = (each: PackSource) => typed(each).flat().join('\n');
    expect(lines(own as PackSource)).toContain(`receipt ${name}.age `);
    const leeds = source('leeds');
    const { zone, organisations, contracts } = leeds.register;
    const organisation = leeds.register.organisation.bind(leeds.register);
    const alone = { zone, organisations, contracts, agreements: [agreement], organisation };
    const register = alone as unknown as PackSource['register'];
    const collecting = lines({ ...leeds, register });
    expect(collecting).toContain(`collect ${agreement.id} --to collected --identity your.key`);
    expect(collecting).toContain(`receipt collected/${name} `);
  });
});

describe('what must be refused', () => {
  test('is, by the policies of the templates', () => {
    let commands = 0;
    for (const own of sources)
      for (const { commands: all, on } of refusedRequests(own))
        for (const each of all) {
          commands++;
          expect([own.organisation.id, each.command, works(own, each, on)]).toEqual([
            own.organisation.id,
            each.command,
            false,
          ]);
        }
    expect(commands).toBeGreaterThan(20);
  });

  test('is tried of each role that somebody of the organisation may take on', () => {
    const kinds = (id: string) =>
      refusedRequests(source(id)).map(({ commands }) => [commands[0]?.by, commands.length]);
    expect(kinds('leeds')).toEqual([
      ['deposit', 3],
      ['collect', 2],
    ]);
    expect(kinds('example-routing')).toEqual([['collect', 2]]);
    expect(htmlOf(source('leeds'))).toContain('Each command must end with AccessDenied.');
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
  const page = htmlOf(signedIn());
  for (const each of [
    'node concordat-client.mjs signin',
    signingIn.issuer,
    signingIn.client,
    'http://127.0.0.1/signed-in',
  ])
    expect(page).toContain(`<code>${each}</code>`);
  expect(htmlOf(source('leeds'))).not.toContain('How to sign in');
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
  expect(page).not.toMatch(/<script|\ssrc=|\shref=(?!"#)|url\(/);
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Sons');
  expect(page).not.toContain('\u202e');
});
