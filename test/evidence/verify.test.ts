/** That verify.mjs, which needs nothing but Node, finds whatever is not as the pack says. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { digestOfFiles, sha256 } from '../../lib/evidence/hashes';
import type { Evidence } from '../../lib/evidence/model';
import { packFiles } from '../../lib/evidence/pack';
import { writePack } from '../../lib/evidence/write-pack';
import { temporaryFolder } from '../stacks/sample-assembly';
import { custodyIn, minimalEvidence, type SampleEvidence, sampleEvidence } from './sample-evidence';

const ROOT = resolve(__dirname, '../..');
/** What is small is looked through sooner, and most of this is the same of any pack. */
let small: SampleEvidence;
let pack: string;
beforeAll(async () => {
  small = minimalEvidence();
  pack = await packOf(small);
});

async function packOf({ evidence: whole, folder }: SampleEvidence): Promise<string> {
  const made = join(temporaryFolder(), 'pack');
  // As with --no-proof, which is how another process makes it below.
  const { readings: _, ...evidence } = whole;
  writePack(made, await packFiles(evidence, custodyIn(folder)));
  return made;
}

function verify(folder = pack, assembly = small.folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'verify.mjs'), assembly], {
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

/** A copy of the assembly with one file changed. */
function assemblyWith(file: string, change: (content: Buffer) => Buffer | string): string {
  const copy = temporaryFolder();
  cpSync(small.folder, copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file))));
  return copy;
}

/** A copy of the pack with another evidence, whose hash its list gives: as a careful liar would leave it. */
function packWith(change: (evidence: Evidence) => void): string {
  const copy = temporaryFolder();
  cpSync(pack, copy, { recursive: true });
  const evidence = JSON.parse(readFileSync(join(copy, 'evidence.json'), 'utf8')) as Evidence;
  change(evidence);
  const text = JSON.stringify(evidence);
  writeFileSync(join(copy, 'evidence.json'), text);
  const sums = readFileSync(join(copy, 'SHA256SUMS'), 'utf8');
  writeFileSync(join(copy, 'SHA256SUMS'), sums.replace(/^\w+(?= {2}evidence\.json$)/m, sha256(text)));
  return copy;
}

const goalsOf = (principles: Evidence['principles']) =>
  principles.flatMap(({ parts }) => parts.flatMap((part) => part.goals));

it('finds nothing wrong with a pack and its assembly, and says how much it looked at', async () => {
  const sample = sampleEvidence();
  expect(verify(await packOf(sample), sample.folder)).toEqual({
    status: 0,
    out: expect.stringMatching(
      /^\d+ files of the assembly, \d+ of the pack, \d,\d{3} pointers and 131 goals are as the pack says\.\nassembly [0-9a-f]{64}\npack {5}[0-9a-f]{64}\n$/,
    ),
    err: '',
  });
});

it('uses Node’s own modules and nothing else', () => {
  const script = readFileSync(join(pack, 'verify.mjs'), 'utf8');
  const imported = [...script.matchAll(/\b(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
    ([, name]) => name,
  );
  expect(imported.length).toBeGreaterThan(2);
  expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
});

it('finds one byte that was flipped, in whichever template, and names the template', () => {
  const templates = readdirSync(small.folder).filter((file) => file.endsWith('.template.json'));
  // Spread over templates and places; nobody needs luck to find them again.
  for (const draw of [0, 2, 4]) {
    const file = templates[(draw * 7) % templates.length] ?? '';
    const changed = assemblyWith(file, (content) => {
      const at = Math.floor((content.length * (2 * draw + 1)) / 11);
      content[at] = (content[at] ?? 0) ^ 1;
      return content;
    });
    const { status, out } = verify(pack, changed);
    expect([file, status]).toEqual([file, 1]);
    expect(out).toContain(`${file} is not what the pack was made from\n`);
  }
});

it.each<[string, string, (content: Buffer) => Buffer | string, RegExp]>([
  [
    'the register',
    'register.json',
    (content) => `${content} `,
    /^register\.json is not what the pack was made from$/m,
  ],
  [
    'a template that is no JSON any more',
    'Zone.template.json',
    () => '{"Resources": ',
    /^Zone\.template\.json is not what the pack was made from\nZone\.template\.json of the assembly cannot be read: .*\n$/,
  ],
  [
    'a manifest that is no JSON any more',
    'manifest.json',
    () => '{',
    /^manifest\.json is not what the pack was made from$/m,
  ],
  [
    'a stack that was added',
    'manifest.json',
    (content) => {
      const manifest = JSON.parse(content.toString());
      manifest.artifacts.Extra = {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: 'Extra.json' },
      };
      return JSON.stringify(manifest);
    },
    /^stack Extra has a template that the pack does not list: Extra\.json$/m,
  ],
])('finds a change of %s', (_what, file, change, expected) => {
  const { status, out } = verify(pack, assemblyWith(file, change));
  expect(out).toMatch(expected);
  expect(status).toBe(1);
});

it('finds a file of the pack that was changed', () => {
  const copy = temporaryFolder();
  cpSync(pack, copy, { recursive: true });
  writeFileSync(join(copy, 'csv', 'goals.csv'), 'goal,state\r\nall,shown\r\n');
  expect(verify(copy)).toMatchObject({ status: 1, out: 'csv/goals.csv of this pack was changed\n' });
});

it('finds a file that was put into the pack, and one that its list no longer has', () => {
  const copy = temporaryFolder();
  cpSync(pack, copy, { recursive: true });
  writeFileSync(join(copy, 'more.html'), 'All is well.');
  const sums = readFileSync(join(copy, 'SHA256SUMS'), 'utf8');
  writeFileSync(join(copy, 'SHA256SUMS'), sums.replace(/^\w+ {2}index\.html\n/m, ''));
  const { status, out } = verify(copy);
  expect(out).toMatch(/^index\.html lies in this pack, but SHA256SUMS does not list it$/m);
  expect(out).toMatch(/^more\.html lies in this pack, but SHA256SUMS does not list it$/m);
  expect(status).toBe(1);
});

it('says 3 where the pack has no list of its files', () => {
  const copy = temporaryFolder();
  cpSync(pack, copy, { recursive: true });
  rmSync(join(copy, 'SHA256SUMS'));
  expect(verify(copy)).toMatchObject({
    status: 3,
    err: expect.stringContaining('there is no SHA256SUMS in'),
  });
});

it.each<[string, (evidence: Evidence) => void, RegExp]>([
  [
    'a pointer that leads nowhere',
    ({ checks }) => {
      const judged = checks.find(({ passed }) => passed > 0)?.judgements[0];
      if (judged) judged.pointer = '/Resources/Nothing';
    },
    /^check \S+: \S+ has nothing at \/Resources\/Nothing$/m,
  ],
  [
    'a count that is not that of the judgements',
    ({ checks }) => {
      if (checks[0]) checks[0].passed += 1;
    },
    /counts other judgements than it lists/,
  ],
  [
    'a goal that is claimed without a check',
    ({ principles }) => {
      const goal = goalsOf(principles).find(({ checks }) => checks.length === 0);
      if (goal) goal.state = 'shown';
    },
    /^goal \S+ is claimed without a check that passed$/m,
  ],
  [
    'a goal that is called shown though it rests on an exception',
    ({ principles }) => {
      const goal = goalsOf(principles).find(({ accepted }) => accepted > 0);
      if (goal) goal.state = 'shown';
    },
    /^goal \S+ is called shown, though it rests on an exception$/m,
  ],
  [
    'a goal of a data sharing principle that is claimed without a check',
    ({ sharingPrinciples }) => {
      const [goal] = sharingPrinciples[0]?.goals ?? [];
      if (goal) goal.state = 'partly';
    },
    /^goal dsp-1_goal\.1 is claimed without a check that passed$/m,
  ],
  [
    'a goal of a state that there is not',
    ({ principles }) => {
      const goal = goalsOf(principles)[0];
      if (goal) goal.state = 'proven' as 'shown';
    },
    /^goal \S+ has the state 'proven', which there is not$/m,
  ],
  [
    'a goal that counts more judgements than its checks',
    ({ principles }) => {
      const goal = goalsOf(principles).find(({ passed }) => passed > 0);
      if (goal) goal.passed += 1;
    },
    /^goal \S+ counts other judgements than its checks$/m,
  ],
  [
    'a list of grants that is left out of the list, with a digest to match',
    (evidence) => {
      evidence.files = evidence.files.filter(({ file }) => !file.endsWith('/grants.json'));
      evidence.assemblyDigest = digestOfFiles(evidence.files);
    },
    /^\S+ uploads a file that the pack does not list: \S+\/grants\.json$/m,
  ],
  [
    'a file that is left out of the list',
    (evidence) => {
      evidence.files = evidence.files.filter(({ file }) => file !== 'Zone.template.json');
    },
    /Zone has a template that the pack does not list[\s\S]*the digest of the assembly is not that of its files/,
  ],
])('finds %s, though every hash of the pack agrees', (_what, change, expected) => {
  const { status, out } = verify(packWith(change));
  expect(out).toMatch(expected);
  expect(status).toBe(1);
});

it('says 3 where there is no assembly', () => {
  expect(verify(pack, temporaryFolder())).toMatchObject({
    status: 3,
    err: expect.stringContaining('there is no assembly in'),
  });
});

it('comes out the same byte for byte in another process, on another day', () => {
  const out = join(temporaryFolder(), 'again');
  mkdirSync(out);
  execFileSync(
    process.execPath,
    [
      ...['--require', join(__dirname, 'late-clock.cjs'), join(ROOT, 'bin/concordat.js')],
      ...['evidence', '--no-proof', '--assembly', small.folder, '--output', out],
    ],
    { stdio: 'pipe' },
  );
  const files = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort();
  expect(files(out)).toEqual(files(pack));
  expect(files(out).length).toBeGreaterThan(15);
  const hash = (folder: string) =>
    files(folder).map((file) => [file, sha256(readFileSync(join(folder, file)))]);
  expect(hash(out)).toEqual(hash(pack));
});
