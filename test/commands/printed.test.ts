/**
 * That every command which a command prints works as it stands and means the zone at hand: in a zone’s own folder without being
 * told which, and elsewhere by the options that are printed with it.
 */
import '../plan/sides-once';
import '../proof/proved-once';
import './reproduced-once';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { summaryText } from '../../lib/commands/assembly/summary';
import { COMMANDS } from '../../lib/commands/commands';
import { placesFrom } from '../../lib/commands/home';
import { main } from '../../lib/commands/main';
import { onboardCommand } from '../../lib/commands/organisations/onboard';
import { EXIT, type Terminal } from '../../lib/commands/terminal';
import { dateOf } from '../../lib/register/calendar';
import { disk } from '../../lib/register/changes/commit';
import { readRegisterFolder } from '../../lib/register/folder';
import { MINIMAL } from '../register/samples';
import { keptAssembly } from '../stacks/kept-assemblies';
import { folderWithRegister, type Outcome } from './captured-terminal';
import { INIT_BY_FLAGS } from './own-zone';

const DAY = dateOf('2026-12-01');
const AS_OF = ['--as-of', DAY];
const NAMES = Object.keys(COMMANDS).sort((a, b) => b.length - a.length);

/** Not called here, with what runs them instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  synth: 'first-hour.test.ts; its summary is called here',
  rehearse: 'the tests of the rehearsal, which have Python',
  probe: 'test/probe',
  'probe record': 'test/probe',
  deposit: 'test/client, as all of delivery: it needs a profile and S3',
  collect: 'test/client',
  inbox: 'test/client',
  outbox: 'test/client',
  receipt: 'test/client',
  recall: 'test/client',
  signin: 'test/client',
  signout: 'test/client',
  'identity new': 'test/client',
  'end-sessions': 'end-sessions.test.ts, with a broker',
  'contract test': 'contract.test.ts',
  'contract infer': 'contract.test.ts',
  'contract export': 'contract.test.ts',
  recover: 'recover.test.ts: it prints commands of AWS',
  reproduce: 'reproduce.test.ts: it synthesises',
  evidence: 'evidence.test.ts: the pack has its own commands',
  'ledger cosign': 'test/ledger',
  'agreement compare': 'agreement-document.test.ts',
  'agreement import': 'agreement-document.test.ts',
  'agreement document': 'agreement-document.test.ts',
  rollout: 'rollout.test.ts',
  'rollout engine': 'rollout-engine.test.ts',
  'agreement certificate': 'dispose.test.ts',
  approve: 'approve.test.ts',
  dispose: 'dispose.test.ts',
  withdraw: 'approve.test.ts',
  publish: 'publish.test.ts',
  'mailbox page': 'test/mailbox',
  'mailbox publish': 'test/mailbox',
  'mailbox serve': 'test/mailbox',
  'mailbox verify': 'test/mailbox',
};

/** Where somebody types, and how they name its register and its assembly there. */
interface Place {
  readonly cwd: string;
  readonly register: readonly string[];
  readonly assembly: readonly string[];
  readonly output: string;
}

const changed: readonly (readonly string[])[] = [
  ['pause', 'dwp', '--from', '2026-12-05', '--reason', 'A move'],
  // Begun that day.
  ['pause', 'leeds', '--from', '2026-12-01', '--reason', 'A move'],
  ['pause', 'leeds', '--from', '2026-12-02', '--reason', 'Again'],
  ['suspend', '--all-of', 'leeds'],
  ['resume', 'leeds', '--on', '2026-12-03'],
  ['agreement', 'new', '--id', 'benefit-awards'],
  ['agreement', 'change', 'benefit-awards'],
  ['agreement', 'change', 'benefit-awards', '--ends', '2031-01-01'],
  ['agreement', 'change', 'benefit-awards', '--owner', 'leeds'],
  ['agreement', 'end', 'benefit-awards', '--on', '2030-03-31'],
  ['agreement', 'end', 'benefit-awards', '--on', '2027-06-30'],
  ['suspend', 'benefit-awards'],
  ['suspend', 'benefit-awards', '--lift'],
  ['agreement', 'resume', 'benefit-awards', '--on', '2026-12-03'],
  [
    ...['agreement', 'renew', 'benefit-awards', '--as', 'benefit-awards-2', '--ends', '2034-03-31'],
    ...['--review', '2032-03-31', '--dpia-reference', 'DPIA-2026-099', '--dpia-date', '2026-11-02'],
  ],
  ['succeed', '--from', 'leeds', '--to', 'nobody', '--on', '2027-04-01'],
  ['succeed', '--from', 'leeds', '--on', '2027-04-01'],
  ['leave', 'leeds', '--on', '2027-03-31'],
  ['onboard', '--id', 'leeds'],
];
const asked: readonly (readonly string[])[] = [
  ['custody'],
  ['custody', 'dwp'],
  ['prove'],
  ['why', 'leeds', 'dwp'],
  ['why', '--finding', 'P12'],
  ['who', 'reads', 'benefit-awards'],
  ['who', 'decrypts', 'dwp'],
  ['what', 'leeds'],
  ['cost'],
];
const judged: readonly (readonly string[])[] = [
  ['check'],
  ['status'],
  ['calendar'],
  ['acknowledgements'],
  ['profile', 'leeds'],
  ['processing-record', 'leeds'],
];

/** Every command there is, as it is typed there; each is called with what is wrong in what it printed. */
function typedAt(
  place: Place,
): { readonly words: readonly string[]; readonly cwd?: string; readonly run: () => Promise<Outcome> }[] {
  const to = (words: readonly string[], below?: string) => {
    const options = optionsOf(words.join(' '));
    const more = [
      ...('register' in options ? place.register : []),
      ...('assembly' in options ? place.assembly : []),
      ...('as-of' in options ? AS_OF : []),
    ];
    return {
      words,
      ...(below !== undefined && { cwd: join(place.cwd, below) }),
      run: () => runAt([...words, ...more], place.cwd),
    };
  };
  const called = (name: string, call: (terminal: Terminal) => unknown) => ({
    words: [name],
    run: async () => {
      const written = { out: '', err: '' };
      await call(terminalAt(place.cwd, written));
      return { code: EXIT.clean, ...written };
    },
  });
  return [
    ...[...judged, ...asked].map((words) => to(words)),
    // Made without checks, so it is not to be deployed.
    to(['plan', place.output, 'bare']),
    to(['ledger', 'sample', '--output', 'ledger']),
    to(['verify', 'ledger']),
    to(['suspend', '--all-of', 'dwp', '--ledger', 'ledger']),
    to(['resume', 'dwp', '--on', DAY]),
    to(['schema']),
    to(['custody', 'import', 'leeds']),
    to(['init', 'new-zone', ...INIT_BY_FLAGS.slice(2)], 'new-zone'),
    to(['init', 'new-zone']),
    ...changed.map((words) => to(words)),
    called('synth', (terminal) => {
      const { register } = placesFrom(terminal);
      terminal.out(
        summaryText({ ...SUMMARY, output: place.output, folder: place.register[1] ?? register }, terminal),
      );
    }),
    called('onboard', (terminal) =>
      onboardCommand(disk, JOINED).call([...BRADFORD, ...place.register, ...AS_OF, '--no-input'], terminal),
    ),
  ];
}

/** Another organisation, by options. */
const BRADFORD = INIT_BY_FLAGS.slice(INIT_BY_FLAGS.indexOf('--id')).map((each) =>
  each
    .replaceAll('100000000022', '100000000077')
    .replace('E08000035', 'E08000032')
    .replace(/^leeds$/, 'bradford'),
);

function optionsOf(command: string) {
  return COMMANDS[nameIn(command) ?? '']?.load().options ?? {};
}

const SUMMARY: Omit<Parameters<typeof summaryText>[0], 'output' | 'folder'> = {
  asOf: DAY,
  organisations: {},
  external: 0,
  agreements: 1,
  shares: {},
  custody: {},
  stops: { members: 0, stop: 0, lift: 0, zone: false },
  stacks: 1,
  resources: 1,
  headroom: [],
  cost: { priced: false, region: 'eu-west-1' } as never,
  assumptions: { seen: 0, documented: 0, assumed: 0, refuted: 0 },
  findings: { open: [], acknowledged: 0 } as never,
  checks: [],
  seconds: 1,
};
const JOINED: Parameters<typeof onboardCommand>[1] = () => ({
  effect: {
    newStacks: [],
    changedStacks: [],
    informedStacks: [],
    goneStacks: [],
    reads: [],
    proven: true,
    asked: 1,
  },
  pack: [],
  cost: { priced: false, region: 'eu-west-1' } as never,
});

function terminalAt(cwd: string, written: { out: string; err: string }): Terminal {
  const terminal: Terminal = {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    colour: false,
    cwd,
    places: () => placesFrom(terminal),
  };
  return terminal;
}

async function runAt(words: readonly string[], cwd: string): Promise<Outcome> {
  const written = { out: '', err: '' };
  const code = await main(words, terminalAt(cwd, written));
  return { code, ...written };
}

function nameIn(text: string): string | undefined {
  return NAMES.find((name) => text === name || text.startsWith(`${name} `));
}

/** What stands in a printed command for something that its reader knows. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  BEFORE: 'bare',
  DATE: '2027-06-30',
  LEDGER: 'ledger',
  REGISTER: 'zone1',
};

/** The commands in what was said: a whole line, or as much in a sentence as can be part of one. */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/npx concordat ([^\n`]*)/g)].flatMap(([, rest = '']) => {
    if (rest.startsWith('--help')) return [];
    const name = nameIn(rest.replace(/[.,;:)]+(?= |$)/g, ' ').trimEnd());
    if (name === undefined) return [`?? ${rest}`];
    const words = rest.slice(name.length).split(/\s{2,}/)[0] ?? '';
    const taken: string[] = [];
    for (const raw of words.split(' ').filter(Boolean)) {
      const word = raw.replace(/[.,;:)]+$/, '');
      const isOption = word.startsWith('--');
      const isValue = taken.at(-1)?.startsWith('--') === true;
      const isThing =
        /^(?:[A-Z]+|leeds|dwp|bradford|nobody|benefit-awards(?:-2)?|[\w./]*out1|ledger|bare|new-zone|zone1)$/.test(
          word,
        );
      if (!isOption && !isValue && !isThing) break;
      if (isValue && !isThing && !isOption && !/^[\w./-]+$/.test(word)) break;
      taken.push(word);
      if (word !== raw) break;
    }
    return [[name, ...taken].join(' ')];
  });
}

/** Why a printed command does not do what it says, or nothing. */
async function wrongWith(command: string, place: Place): Promise<string[]> {
  const name = nameIn(command);
  if (name === undefined) return ['names no command'];
  const options = optionsOf(command);
  const words = command
    .split(' ')
    .map((each) => STANDS_FOR[each] ?? each)
    // By AWS; without it, the register is asked.
    .filter((each) => each !== '--live');
  if (words.includes('--lift'))
    words.splice(
      0,
      words.length,
      'check',
      ...words.slice(-2).filter((each) => /^(?:--register|zone1)$/.test(each)),
    );
  const unknown = words.find((each) => /^[A-Z]{3,}$/.test(each));
  if (unknown !== undefined) return [`${unknown} stands for nothing known`];
  // Dear, or by AWS and Python: their options, and what they mean.
  if (['synth', 'rehearse', 'probe', 'evidence'].includes(name)) {
    const meantBy = (option: string) => words[words.indexOf(`--${option}`) + 1];
    const stray = words.filter((each) => each.startsWith('--') && !Object.hasOwn(options, each.slice(2)));
    const isAtHome = place.register.length === 0 || place.cwd.endsWith('/new-zone') || name === 'probe';
    const isMeant =
      name === 'synth' ? meantBy('register') === place.register[1] : meantBy('assembly') === place.output;
    return [
      ...stray.map((each) => `takes no ${each}`),
      ...(isAtHome || isMeant ? [] : ['means another zone']),
    ];
  }
  const added = [
    ...('as-of' in options && !words.includes('--as-of') ? AS_OF : []),
    ...('dry-run' in options && !words.includes('--dry-run') ? ['--dry-run'] : []),
    ...(name === 'init' ? ['--help'] : []),
  ];
  if (name === 'plan') {
    const folders = words.filter((each) => !each.startsWith('--')).slice(1);
    return folders.flatMap((each) =>
      existsSync(join(place.cwd, each, 'manifest.json')) ? [] : [`${each} is no assembly`],
    );
  }
  const registers = [place.register[1] ?? '../register'].map((each) => join(place.cwd, each));
  const before = registers.filter(existsSync).map((each) => [each, readRegisterFolder(each)] as const);
  const { code, err } = await runAt([...words, ...added, '--no-input'], place.cwd);
  // As if it had not been typed.
  for (const [folder, files] of before) {
    rmSync(folder, { recursive: true });
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
  }
  // What asks says what is missing; that it found the register, it says before that.
  if (/ needs (?:--|[A-Z])|--\w[\w-]* [A-Z]+ is missing|what is to change\?|reason is missing/.test(err))
    return [];
  if (SETTLED.test(err)) return [];
  return code === EXIT.clean || (code === EXIT.findings && !/error:/.test(err)) ? [] : [`${code}: ${err}`];
}

/** Refusals by the register at hand, of what was changed meanwhile. */
const SETTLED = /^error: (?:leeds|dwp|benefit-awards\S*) (?:was not|does not)|not everything is settled/m;

function zone(): { own: Place; elsewhere: Place } {
  const { folder } = keptAssembly(MINIMAL, DAY, true);
  const bare = keptAssembly(MINIMAL, DAY, false).folder;
  const home = folderWithRegister(MINIMAL);
  writeFileSync(
    join(home, 'concordat.yaml'),
    'zone: "100000000002"\nregister: register\nassembly: cdk.out\nevidence: evidence\njoining: joining\n',
  );
  cpSync(folder, join(home, 'cdk.out'), { recursive: true });
  const below = join(home, 'notes');
  mkdirSync(below);
  cpSync(bare, join(below, 'bare'), { recursive: true });
  // Here another register and another assembly, both faulty, are what is meant where none is named.
  const elsewhere = folderWithRegister(MINIMAL);
  renameSync(join(elsewhere, 'register'), join(elsewhere, 'zone1'));
  mkdirSync(join(elsewhere, 'register'));
  writeFileSync(join(elsewhere, 'register/zone.yaml'), 'not: ours\n');
  mkdirSync(join(elsewhere, 'cdk.out'));
  writeFileSync(join(elsewhere, 'cdk.out/manifest.json'), '{}');
  cpSync(folder, join(elsewhere, 'out1'), { recursive: true });
  cpSync(bare, join(elsewhere, 'bare'), { recursive: true });
  return {
    own: { cwd: below, register: [], assembly: [], output: '../cdk.out' },
    elsewhere: {
      cwd: elsewhere,
      register: ['--register', 'zone1'],
      assembly: ['--assembly', 'out1'],
      output: 'out1',
    },
  };
}

const places = zone();

it.each(['own', 'elsewhere'] as const)('%s: each printed command works as it stands', async (where) => {
  const place = places[where];
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { words, cwd, run } of typedAt(place)) {
    const { out, err } = await run();
    const text = `${out}\n${err}`;
    const fault = (what: string) => faults.push(`${words.slice(0, 4).join(' ')}\n  printed ${what}`);
    const asWell = /take( --register \S+) as well/.exec(text.replace(/\s+/g, ' '))?.[1] ?? '';
    for (const each of commandsIn(text)) {
      const isMeant = asWell !== '' && !each.includes('--register') && 'register' in optionsOf(each);
      const command = isMeant ? each + asWell : each;
      if (seen.has(command)) continue;
      seen.add(command);
      for (const wrong of await wrongWith(command, { ...place, ...(cwd !== undefined && { cwd }) }))
        fault(`${command}\n  ${wrong.split('\n')[0]}`);
    }
    for (const [, app = ''] of text.matchAll(/npx cdk (?:deploy|diff) --app (\S+)/g))
      if (!existsSync(join(place.cwd, app, 'manifest.json'))) fault(`cdk of ${app}, which is no assembly`);
    for (const [line] of text.matchAll(/npx cdk (?:deploy|diff)(?! --app| -c register=zone1).*/g))
      fault(`${line}, of no zone`);
  }
  expect(faults).toEqual([]);
  expect([...seen].length).toBeGreaterThan(20);
});

it('every command is called here, or where it says', () => {
  const here = typedAt(places.own).map(({ words }) => nameIn(words.join(' ')) ?? '');
  expect([...new Set([...here, ...Object.keys(ELSEWHERE)])].sort()).toEqual(Object.keys(COMMANDS).sort());
});
