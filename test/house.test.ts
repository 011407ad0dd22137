/** That the house stands: a file imports only from its own room and from rooms below, and rooms keep to their purpose. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import * as names from '../lib/names';

const ROOT = resolve(__dirname, '..');

/** The floor of each room. Rooms on one floor do not import one another. */
const FLOORS: Readonly<Record<string, number>> = {
  bin: 7,
  'lib/commands': 6,
  'lib/stacks': 5,
  'lib/evidence': 5,
  'lib/joining': 5,
  'lib/rehearsal': 5,
  'lib/probe': 5,
  'lib/client': 5,
  'lib/rollout': 5,
  'lib/mailbox': 5,
  'lib/plan': 4,
  'lib/publication': 4,
  'lib/constructs': 4,
  'lib/agreements': 3,
  'lib/proof': 3,
  'lib/custody': 3,
  'lib/compliance': 3,
  'lib/assembly': 2,
  'lib/policy': 2,
  'lib/delivery': 2,
  'lib/register': 1,
  'lib/iam': 1,
  'lib/change-sets': 1,
  'lib/contracts': 1,
  'lib/ledger': 1,
  'lib/transfers': 1,
  'lib/messages': 1,
  'lib/signatures': 0,
  'lib/words': 0,
  'lib/names': 0,
  'lib/wire': 0,
  'lib/runtime': 0,
  'lib/disk': 0,
  'lib/start': 0,
};

/** What is kept out of which rooms, whoever wants it. */
const NEVER: readonly (readonly [what: string, rooms: RegExp, packages: RegExp])[] = [
  [
    'the CDK out of policies, of what reads assemblies, and of the ground floor',
    /^lib\/(?:policy|assembly|proof|custody|plan|delivery|client|register|iam|contracts|ledger|transfers|words|names|wire|runtime)$/,
    /^(?:aws-cdk-lib|constructs|cdk-nag)(?:\/|$)/,
  ],
  [
    'clients of AWS out of all that makes and judges templates',
    /^lib\/(?!(?:commands|rehearsal|probe|client|rollout)$)/,
    /^@aws-sdk\//,
  ],
  ['YAML out of all rooms but the register', /^(?:lib\/(?!register$)|bin$|lambda\/)/, /^yaml(?:\/|$)/],
  ['the CDK out of Lambda functions', /^lambda\//, /^(?:aws-cdk-lib|constructs|cdk-nag)(?:\/|$)/],
];

/** Files that may read from disk in the rooms that are given an assembly: their own style sheet and lockfile, and where a pack goes. */
const READS_ITS_OWN = ['lib/evidence/page/page.ts', 'lib/evidence/pack.ts', 'lib/evidence/write-pack.ts'];

/** Who may import from the own floor, and why. */
const SIDEWAYS: readonly (readonly [room: string, door: string])[] = [
  // A contract that cannot be compiled is a fault of the register, told with its line; and what compiles it runs without one.
  ['lib/register', 'lib/contracts/compile'],
  // The page signs in and reads AWS’s errors as the command line does: there is one reading of either.
  ['lib/mailbox', 'lib/client/in-browsers'],
];

/** Doors that a room has beside its index.ts, for those who want a part of it alone. */
const FURTHER_DOORS: readonly string[] = [
  // The CDK and cdk-nag, which those who judge what is synthesised do without.
  'lib/compliance/packs',
  // No more than the thread takes that validates templates: it must be at work soon.
  'lib/compliance/shapes',
  // For the register: without the engine.
  'lib/contracts/compile',
  // Each by itself: a command or a function takes one of them, and the others would be a burden to it.
  'lib/contracts/export',
  'lib/contracts/gss',
  'lib/contracts/infer',
  // For those who tell of an outcome that somebody else came to: without the engine.
  'lib/contracts/words',
  // For the stack that serves the page: without delivery itself, and all that it takes.
  'lib/delivery/page-places',
  // The disk and worker threads, which browsers do not have; and all else, for them.
  'lib/ledger/bundle',
  'lib/ledger/core',
  // What serves the page has Node in it; what the page takes has not.
  'lib/mailbox/folder',
  // What the page takes of the client runs in browsers; the rest has Node and AWS’s clients in it.
  'lib/client/in-browsers',
  // Neither zod nor yaml: command lines read days before there is a register.
  'lib/register/calendar',
  // Spans of time, for a proof, which reads an assembly and no register.
  'lib/register/duration',
  // What few commands need, and would make the other door too wide.
  'lib/register/changes',
  // By name alone: most commands look for settings, and find none.
  'lib/register/settings-file',
  // Without the CDK: a synth starts its validator first, and loads the CDK meanwhile.
  'lib/stacks/validator',
  // What approvers sign, for the few who read it.
  'lib/wire/approval',
  // Plans and outcomes of data contracts, for those who take nothing else of the messages.
  'lib/wire/contracts',
];

/** Rooms that are imported by the file that is wanted: commands and what loads them by bin alone, and the bundles of functions. */
const WITHOUT_DOOR: readonly string[] = ['lib/commands', 'lib/start'];

const LONGEST_FILE = 400;
/** Two screens. */
const LONGEST_DOOR = 100;

interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly room: string;
  readonly lines: number;
  /** Paths of files of this project, without their ending. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

const sources = ['bin', 'lib', 'lambda'].flatMap((folder) => filesBelow(join(ROOT, folder))).map(readSource);
/** The rooms that have a door. */
const doors = new Set(
  sources.filter(({ path }) => /^lib\/[^/]+\/index\.ts$/.test(path)).map(({ room }) => room),
);
const roomOfFile = new Map(sources.map(({ path, room }) => [withoutEnding(path), room]));

/** Every import that breaks a rule, as `file -> import`, so that a failed test names them all. */
const breaches = (test: (file: SourceFile, imported: string) => boolean, of: 'files' | 'packages') =>
  sources.flatMap((file) =>
    file[of].filter((imported) => test(file, imported)).map((imported) => `${file.path} -> ${imported}`),
  );

it('has files in every room that is built so far, and imports among them', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.flatMap(({ files }) => files).length).toBeGreaterThan(100);
  expect(sources.flatMap(({ packages }) => packages)).toEqual(expect.arrayContaining(['aws-cdk-lib', 'zod']));
});

it('is the house of CONTRIBUTING.md, floor by floor', () => {
  const rows = [
    ...readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| (\d) \| `([a-z/-]+)\/` \|/gm),
  ];
  const told = rows.map(([, floor, room]) => `${floor} ${room}`);
  const built = Object.entries(FLOORS).filter(([room]) => existsSync(join(ROOT, room)));
  expect(told.sort()).toEqual(built.map(([room, floor]) => `${floor} ${room}`).sort());
});

it('has no room without a floor', () => {
  const unknown = sources.filter(({ room }) => !room.startsWith('lambda/') && FLOORS[room] === undefined);
  expect(unknown.map(({ path }) => path)).toEqual([]);
});

it('imports from the same room or from rooms below', () => {
  const upwards = breaches((file, imported) => {
    const to = roomOfFile.get(imported) ?? roomOf(imported);
    if (to === file.room || SIDEWAYS.some(([room, door]) => room === file.room && door === imported))
      return false;
    const from = file.room.startsWith('lambda/') ? 2 : (FLOORS[file.room] ?? 0);
    return (FLOORS[to] ?? Number.POSITIVE_INFINITY) >= from;
  }, 'files');
  expect(upwards).toEqual([]);
});

it('has no change of a register that knows of the questions asked ahead of it', () => {
  const changes = 'lib/register/changes/';
  const interview = `${changes}interview/`;
  const asking = breaches(
    (file, imported) =>
      file.path.startsWith(changes) && !file.path.startsWith(interview) && imported.startsWith(interview),
    'files',
  );
  expect(asking.filter((each) => !each.startsWith(`${changes}index.ts `))).toEqual([]);
  expect(asking).not.toEqual([]);
});

it('imports a room by its door alone', () => {
  const past = breaches((file, imported) => {
    const to = roomOf(imported);
    if (to === file.room || !doors.has(to) || FURTHER_DOORS.includes(imported)) return false;
    return imported !== to;
  }, 'files');
  expect(past).toEqual([]);
});

it('has a door of two screens at most to every room, further ones that are there, and a README behind each', () => {
  const rooms = new Set(sources.map(({ room }) => room).filter((room) => room.startsWith('lib/')));
  const open = [...rooms].filter((room) => !doors.has(room) && !WITHOUT_DOOR.includes(room));
  expect(open).toEqual([]);
  const long = sources
    .filter(({ path, lines }) => /^lib\/.*\/index\.ts$/.test(path) && lines > LONGEST_DOOR)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
  expect(long).toEqual([]);
  expect(FURTHER_DOORS.filter((door) => moduleAt(door) === undefined)).toEqual([]);
  const all = new Set(sources.map(({ room }) => room).filter((room) => room !== 'bin'));
  expect([...all].filter((room) => !existsSync(join(ROOT, room, 'README.md')))).toEqual([]);
});

it('reads assemblies in their one room: what is given one has no way to the disk', () => {
  const given = /^lib\/(?:proof|custody|compliance|plan|joining|evidence)$/;
  const readers = sources.filter(
    ({ path, room }) =>
      given.test(room) &&
      !READS_ITS_OWN.includes(path) &&
      path.endsWith('.ts') &&
      /['"](?:node:)?fs(?:\/promises)?['"]/.test(readFileSync(join(ROOT, path), 'utf8')),
  );
  expect(readers.map(({ path }) => path)).toEqual([]);
});

it('imports files that exist', () => {
  expect(
    breaches(
      (_file, imported) => moduleAt(imported) === undefined && !existsSync(join(ROOT, imported)),
      'files',
    ),
  ).toEqual([]);
});

it('goes in no circles', () => {
  const graph = new Map(sources.map(({ path, files }) => [withoutEnding(path), files]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    else if (!done.has(file)) {
      for (const next of graph.get(file) ?? []) visit(moduleAt(next) ?? next, [...trail, file]);
      done.add(file);
    }
  };
  for (const file of graph.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

it.each(NEVER)('keeps %s', (_what, rooms, packages) => {
  expect(breaches(({ room }, imported) => rooms.test(room) && packages.test(imported), 'packages')).toEqual(
    [],
  );
});

it('has libraries that know nothing of this project: its name stands in that of the receipts alone', () => {
  const named = sources
    .filter(
      ({ path, room }) => /^lib\/(?:iam|ledger)$/.test(room) && !FURTHER_DOORS.includes(withoutEnding(path)),
    )
    .flatMap(({ path }) =>
      (readFileSync(join(ROOT, path), 'utf8').match(/.*concordat.*/gi) ?? []).map(
        (line) => `${path}: ${line}`,
      ),
    );
  expect(named).toEqual(["lib/ledger/core/receipt.ts: const FORMAT = 'concordat-receipt/v1';"]);
});

it('has a bin without logic: it imports, and calls', () => {
  for (const { path, lines } of sources.filter(({ room }) => room === 'bin'))
    expect([path, lines < 20]).toEqual([path, true]);
});

it('has files that can be held in the head', () => {
  const long = sources
    .filter(({ lines }) => lines > LONGEST_FILE)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
  expect(long).toEqual([]);
});

it('has no room for odds and ends', () => {
  const folders = new Set(sources.flatMap(({ path }) => dirname(path).split('/')));
  for (const name of [
    'util',
    'utils',
    'helper',
    'helpers',
    'common',
    'shared',
    'misc',
    'manager',
    'managers',
  ])
    expect([...folders]).not.toContain(name);
  const files = sources
    .map(({ path }) => posix.basename(path))
    .filter((name) => /^(?:utils?|helpers?|common|misc|manager)\b/.test(name));
  expect(files).toEqual([]);
});

it('has no code outside its rooms: at the top lies the setting of Jest alone', () => {
  const code = readdirSync(ROOT).filter((name) => /\.(?:[cm]?[jt]s|py|sh)$/.test(name));
  expect(code).toEqual(['jest.config.cjs']);
});

it('begins every file with what it is for', () => {
  const bare = sources.filter(
    ({ path }) => !/^(?:#!.*\n)?(?:\/\*\*|\/\/) ?/.test(readFileSync(join(ROOT, path), 'utf8')),
  );
  expect(bare.map(({ path }) => path)).toEqual([]);
});

it('spells the Region once, so that an exception to it holds everywhere', () => {
  const spelt = sources.flatMap(({ path }) =>
    readFileSync(join(ROOT, path), 'utf8')
      .split('\n')
      .filter((line) => line.includes('eu-west-2') && !/such as|`aws:\/\//.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  // The setting itself.
  expect(spelt.map((each) => each.split(':')[0])).toEqual(['lib/names/region.ts']);
});

it('spells the names in AWS in their one room, but for the proof, which checks them', () => {
  // The compiler holds the names of functions; the prefix of names is the name of the project as well.
  const known = Object.values(names).filter(
    (each) =>
      typeof each === 'string' &&
      /concordat[-:]|\/concordat/.test(each) &&
      ![...names.MEMBER_FUNCTIONS, ...names.zoneFunctions({ notify: true })].some((one) => one === each),
  );
  expect(known).toEqual(expect.arrayContaining([names.STAGING_TABLE, names.ORGANISATION_TAG]));
  const role = `role${names.ROLE_PATH}`;
  const others = sources.filter(({ room }) => !['lib/names', 'lib/proof', 'bin'].includes(room));
  const spelt = others.flatMap(({ path }) => {
    const code = withoutComments(readFileSync(join(ROOT, path), 'utf8'));
    // A key of a table is held to its list by the compiler.
    return [...known.flatMap((each) => [`'${each}'`, `/${each}\``]), `${role}concordat-`].flatMap((each) =>
      code.includes(each) && !code.includes(`${each}:`) ? [`${path}: ${each}`] : [],
    );
  });
  expect(spelt).toEqual([]);
});

it('silences no checker', () => {
  const silencer = /(?:biome|eslint)-(?:ignore|disable)|@ts-(?:ignore|nocheck|expect-error)/;
  const silent = sources.filter(({ path }) => silencer.test(readFileSync(join(ROOT, path), 'utf8')));
  expect(silent.map(({ path }) => path)).toEqual([]);
});

/**
 * Fields and values that hold text for people. What code must know stands beside them as a value with a type; a Sentence
 * has no methods of a string in the first place, so this is for the strings.
 */
const FOR_PEOPLE =
  '(?:messages?|words|sentences?|because|reasons?|says|said|told|headings?|titles?|why|descriptions?|detail|explanation|remedy|fix|summary|hint|verdict|phrase)';
const READING = '(?:match|matchAll|includes|split|startsWith|endsWith|replace|replaceAll|search|indexOf)';
const READ_BACK: readonly RegExp[] = [
  // words.includes(...), each.message?.split(...)
  new RegExp(`\\b${FOR_PEOPLE}\\??\\.${READING}\\(`),
  // /.../.test(each.words)
  new RegExp(`\\.(?:test|exec)\\((?:\\w+\\??\\.)*${FOR_PEOPLE}\\b(?:\\)| \\?\\?)`),
  // plainText(...).includes(...)
  new RegExp(
    `\\b(?:plainText|markedText|document(?:Text|Markdown)|\\w+Words|tell\\w+|describe)\\([^;\\n]*?\\)\\.${READING}\\(`,
  ),
];

it('reads nothing back that was made for people', () => {
  // The renderers are what text for people is for.
  const others = sources.filter(({ room }) => room !== 'lib/words');
  const reading = others.flatMap(({ path }) =>
    withoutComments(readFileSync(join(ROOT, path), 'utf8'))
      .split('\n')
      .flatMap((line, index) =>
        READ_BACK.some((each) => each.test(line)) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
  expect(reading).toEqual([]);
});

it.each([
  "if (each.words.includes('anybody')) open();",
  'const open = who.some((each) => /^anybody/.test(each.words));',
  "throw new UsageError(error.message.replace('--out', '--evidence'));",
  'const [first] = finding.because?.split(", ");',
  "if (markedText(whoWords(who, accounts)).startsWith('anybody')) open();",
])('would see it: %s', (line) => {
  expect(READ_BACK.some((each) => each.test(line))).toBe(true);
});

it('works out what is so without what puts it into words', () => {
  const words = /(?:^|\/)(?:words\/[\w-]+|in-words)$/;
  const facts = sources.filter(
    ({ path, room }) =>
      /^lib\/(?:iam|proof|custody|plan)$/.test(room) &&
      !words.test(withoutEnding(path)) &&
      path !== `${room}/index.ts`,
  );
  expect(facts.filter(({ room }) => room === 'lib/custody').length).toBeGreaterThan(10);
  const wordy = facts.flatMap(({ path, room, files }) =>
    files.filter((file) => roomOf(file) === room && words.test(file)).map((file) => `${path} -> ${file}`),
  );
  expect(wordy).toEqual([]);
});

/** Comments and empty lines in their place, so that lines keep their numbers. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ''));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'));
}

function readSource(file: string): SourceFile {
  const path = relative(ROOT, file).split(sep).join('/');
  const text = readFileSync(file, 'utf8');
  // Statements and calls alike; type imports count, since a type is knowledge too.
  const named = [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
    ([, name = '']) => name,
  );
  const own = named.filter((name) => name.startsWith('.'));
  return {
    path,
    room: roomOf(path),
    lines: text.split('\n').length - 1,
    files: own.map((name) => withoutEnding(posix.join(posix.dirname(path), name))),
    packages: named.filter((name) => !name.startsWith('.') && !name.startsWith('node:')),
  };
}

/** `lib/policy` of `lib/policy/names.ts`, `lambda/seal` of `lambda/seal/index.ts`, `bin` of `bin/concordat.ts`. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'bin' ? first : `${first}/${second}`;
}

/** The file that an import of this path loads, without its ending: itself, or a folder’s index. */
function moduleAt(path: string): string | undefined {
  return [path, `${path}/index`].find((each) =>
    ['ts', 'cjs'].some((ending) => existsSync(join(ROOT, `${each}.${ending}`))),
  );
}

function withoutEnding(path: string): string {
  return path.replace(/\.[cm]?[jt]s$/, '');
}
