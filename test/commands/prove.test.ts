/** `concordat prove` and `concordat why`, run as they are typed. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Explained, toldTogether } from '../../lib/commands/access/told-together';
import { main } from '../../lib/commands/main';
import { beforeFolder } from '../plan/pair';
import { synthesised, temporaryFolder } from '../stacks/sample-assembly';

let folder: string;
beforeAll(() => {
  folder = synthesised().folder;
});

async function run(...words: string[]) {
  let out = '';
  let err = '';
  const code = await main(words, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    colour: false,
    cwd: folder,
  });
  return { code, out, err };
}

/** A copy of the sample, or of another assembly, with one file spoilt. */
function spoilt(file: string, change: (text: string) => string | undefined, from = folder): string {
  const copy = temporaryFolder();
  cpSync(from, copy, { recursive: true });
  const text = change(readFileSync(join(copy, file), 'utf8'));
  if (text === undefined) rmSync(join(copy, file));
  else writeFileSync(join(copy, file), text);
  return copy;
}

test('prove says what it asked, what that stands for and what it does not judge', async () => {
  const { code, out, err } = await run('prove', '--assembly', folder);
  expect(out).toMatch(
    /14 organisations, 182 ordered pairs, \d+ shares in force or to come, as of 1 December 2026/,
  );
  expect(out).toMatch(/[\d,]+ requests asked, which stand for [\d,]+\./);
  expect(out).toMatch(/Not judged:\n- /);
  expect(err).toMatch(/Proven/);
  expect(code).toBe(0);
});

test('prove writes its findings as data, and ends with 1', async () => {
  // A small one, since the whole of it is proven.
  const copy = spoilt(
    'Organisation-dwp.template.json',
    (text) => text.replace(/"DateLessThan"/, '"DateGreaterThan"'),
    beforeFolder(),
  );
  const { code, out } = await run('prove', '--assembly', copy, '--json');
  const { holds, findings } = JSON.parse(out) as { holds: boolean; findings: { owner: string }[] };
  expect(holds).toBe(false);
  expect(findings.map(({ owner }) => owner)).toContain('dwp');
  expect(code).toBe(1);
});

test('what a role lacks on several things is told once, with the first of them; as data each is there', async () => {
  const copy = spoilt(
    'Baseline.template.json',
    (text) => text.replace(",'s3:PutBucketVersioning'", ''),
    beforeFolder(),
  );
  const { out, err } = await run('prove', '--assembly', copy);
  const { findings } = JSON.parse((await run('prove', '--assembly', copy, '--json')).out) as {
    findings: readonly { readonly because: readonly string[] }[];
  };
  const lacking = findings.filter(({ because: [head = ''] }) => head.includes('s3:PutBucketVersioning'));
  const heads = new Set(lacking.map(({ because: [head] }) => head));
  expect(lacking.length).toBeGreaterThan(heads.size);
  expect(out.match(/^missing: .*s3:PutBucketVersioning/gm)).toHaveLength(heads.size);
  expect(out.match(/^ {2}(?:and )?on arn:aws:s3:::/gm)).toHaveLength(lacking.length);
  expect(err).toContain(`Not proven: ${findings.length} findings.`);
});

test('more things than are named are counted', () => {
  const right = (resource: string) => ({
    kind: 'right',
    what: 'missing',
    role: 'r',
    place: 'p',
    action: 'a',
    resource,
    context: {},
  });
  const all = ['one', 'two', 'three', 'four', 'five'].map((each) => ({
    finding: right(each) as unknown as Explained['finding'],
    command: `why ${each}`,
  }));
  const other = {
    finding: { ...right('six'), action: 'b' } as unknown as Explained['finding'],
    command: 'why six',
  };
  expect(toldTogether([...all, other]).map(({ lines, count }) => [lines.slice(1), count])).toEqual([
    [
      [
        '  on one',
        '  and on two',
        '  and on three',
        '  and on 2 others',
        '  nothing allows it in p: synthesise the assembly again',
        '  why one',
      ],
      5,
    ],
    [['  on six', '  nothing allows it in p: synthesise the assembly again', '  why six'], 1],
  ]);
});

const list = () => {
  const { files } = JSON.parse(readFileSync(join(folder, 'Organisation-dwp.assets.json'), 'utf8')) as {
    files: Record<string, { source: { path: string } }>;
  };
  const paths = Object.values(files).map(({ source }) => `${source.path}/grants.json`);
  return paths.find((each) => {
    try {
      return readFileSync(join(folder, each)).length > 0;
    } catch {
      return false;
    }
  }) as string;
};

test.each<[string, () => string, (text: string) => string | undefined, RegExp]>([
  ['a manifest cut short', () => 'manifest.json', (text) => text.slice(0, 500), /manifest\.json/],
  [
    'a template cut short',
    () => 'Organisation-leeds.template.json',
    (text) => text.slice(0, 500),
    /Organisation-leeds\.template\.json/,
  ],
  [
    'a template that is missing',
    () => 'Organisation-leeds.template.json',
    () => undefined,
    /Organisation-leeds\.template\.json/,
  ],
  [
    'a register that is not the one named',
    () => 'register.json',
    (text) => text.replace('leeds', 'leedz'),
    /register\.json/,
  ],
  ['a register that is not JSON', () => 'register.json', (text) => text.slice(0, 500), /register\.json/],
  [
    'a function that is not known',
    () => 'Organisation-dwp.template.json',
    (text) => text.replace('"Resource": "*"', '"Resource": {"Fn::ImportValue": "Somebody"}'),
    /Organisation-dwp\.template\.json: EncryptionKey.*Fn::ImportValue/,
  ],
  [
    'a policy that is not JSON',
    () => 'key-policy-hmcts.json',
    (text) => text.slice(0, 500),
    /key-policy-hmcts\.json.*not JSON/,
  ],
  ['a key’s policy that is missing', () => 'key-policy-hmcts.json', () => undefined, /Organisation-hmcts/],
  ['a list of grants that is not JSON', list, (text) => text.slice(0, 500), /grants\.json is not JSON/],
  ['a list of grants that is missing', list, () => undefined, /the list of grants is missing/],
])('%s is one clear error that names the file, and ends with 3', async (_what, file, change, message) => {
  const { code, out, err } = await run('prove', '--assembly', spoilt(file(), change));
  expect(err).toMatch(message);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(out).toBe('');
  expect(code).toBe(3);
});
