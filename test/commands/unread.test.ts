/** That whatever command is told of a file or folder that is unfit says why in words: no code of a system, and no fault of ours. */
import fs, { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../../lib/commands/command';
import { COMMANDS } from '../../lib/commands/commands';
import { EXIT } from '../../lib/commands/terminal';
import { goldenIn } from '../golden';
import { folderWithRegister, type Given, run, typed } from './captured-terminal';

const ROOT = join(__dirname, '../..');
const folder = folderWithRegister();

/** What stands where something else should: below a file, nothing, a folder, a link in a circle, and what nobody may read. */
const UNFIT = ['file/in-it', 'nowhere/in-it', 'a-folder', 'a-loop', 'locked'];

/** As it is before each command: some make what was not there. */
function layOut(): void {
  for (const each of ['file', 'nowhere', 'a-folder', 'a-loop', 'locked'])
    rmSync(join(folder, each), { recursive: true, force: true });
  for (const each of ['file', 'locked']) writeFileSync(join(folder, each), 'something\n');
  mkdirSync(join(folder, 'a-folder'));
  symlinkSync('a-loop', join(folder, 'a-loop'));
}

const HOUSING = { agreement: 'housing-benefit-awards' };
const SIGNED = { ...HOUSING, as: 'leeds' };
const LEEDS = { organisation: 'leeds' };
const RATES = { agreement: 'benefit-rates' };

/** What commands are given besides, without which they would not come to read anything. */
const BESIDES: Readonly<Record<string, Given>> = {
  'custody import': { organisation: 'leeds-hospitals' },
  'probe record': { assumption: 's3-policy-by-cloudformation', outcome: 'seen', saw: 'it came up' },
  plan: { before: 'a-folder' },
  rollout: { plan: 'a-folder', before: 'a-folder', 'dry-run': true },
  recover: { stack: 'Organisation-dwp' },
  why: { reader: 'leeds', owner: 'dwp' },
  'who reads': RATES,
  'who decrypts': LEEDS,
  what: { ...LEEDS, reads: 'reads' },
  profile: LEEDS,
  deposit: { agreement: 'housing-benefit-extract', file: 'file' },
  recall: { transfer: 'a/b' },
  receipt: { transfer: 'a/b' },
  'end-sessions': { ...LEEDS, reason: 'a test' },
  suspend: { ...RATES, reason: 'a test' },
  onboard: { ...LEEDS, 'pack-only': true },
  approve: SIGNED,
  withdraw: SIGNED,
  dispose: SIGNED,
  'agreement certificate': { ...HOUSING, of: 'leeds' },
  'agreement document': HOUSING,
  'agreement compare': { ...HOUSING, with: 'a-folder' },
  'processing-record': LEEDS,
  publish: { out: 'public', ledger: 'copy' },
  'agreement change': { ...RATES, 'breach-mailbox': 'incidents@dwp.example' },
  'agreement renew': RATES,
  'agreement end': { ...RATES, on: '2027-06-30' },
  'agreement resume': { ...RATES, on: '2027-06-30' },
  pause: { ...LEEDS, from: '2027-05-01', reason: 'a test' },
  resume: { ...LEEDS, on: '2027-05-01' },
  leave: { organisation: 'camden', on: '2027-06-30' },
  succeed: { from: 'camden', to: 'leeds', on: '2027-04-01' },
  'contract test': { contract: 'housing-benefit-awards', file: 'file', as: 'csv' },
  'contract infer': { as: 'csv' },
  'contract export': { contract: 'housing-benefit-awards', to: 'csvw' },
  'mailbox page': { folder: 'mailbox' },
  'mailbox publish': LEEDS,
  'mailbox verify': { where: 'a-folder' },
  'ledger sample': { bundle: 'sample' },
  'ledger cosign': {
    bundle: 'copy',
    key: 'ledger.pem',
    'private-key': 'file',
    name: 'n',
    seen: 'seen',
  },
  verify: { bundle: 'copy' },
};

/** Words and options that are places, though nothing but their help says so. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  init: ['folder'],
  reproduce: ['assembly'],
  plan: ['before', 'after'],
  rollout: ['plan', 'before', 'after'],
  deposit: ['file'],
  receipt: ['transfer'],
  'identity new': ['file'],
  'agreement import': ['file'],
  'agreement compare': ['with'],
  'contract test': ['contract', 'file'],
  'contract infer': ['file'],
  'contract export': ['contract'],
  'mailbox page': ['folder'],
  'mailbox verify': ['where'],
  'ledger sample': ['bundle'],
  'ledger cosign': ['bundle'],
  verify: ['bundle'],
};

/** What is only written, or only looked at once all of it is made: test/commands/unwritten.test.ts has those that are looked at first. */
const WRITTEN = ['output', 'evidence-pack', 'out', 'to', 'receipts', 'page', 'order', 'later', 'state'];

const CODES = new RegExp(`\\b(?:${Object.keys(constants.errno).join('|')}|ERR_[A-Z_]+)\\b`);

const places = (name: string, { options }: Command) => [
  ...(PLACES[name] ?? []),
  ...Object.entries(options).flatMap(([option, { takes = '' }]) =>
    /^(?:DIR|FILE|FOLDER)$/.test(takes) && !WRITTEN.includes(option) ? [option] : [],
  ),
];

/** Whoever runs the tests may read everything, often; so what is called locked is refused here as the system refuses it. */
function locked<T extends object>(of: T, name: keyof T & string): void {
  const real = of[name] as (...given: unknown[]) => unknown;
  jest.spyOn(of, name as never).mockImplementation(((path: unknown, ...rest: unknown[]) => {
    if (!String(path).endsWith('/locked')) return real(path, ...rest);
    throw Object.assign(new Error(`EACCES: permission denied, open '${path}'`), {
      code: 'EACCES',
      syscall: 'open',
      path,
    });
  }) as never);
}

it('every command says of every place why it is unfit, in words', async () => {
  for (const each of [
    ['profile', 'leeds', '--as-of', '2026-12-01'],
    ['ledger', 'sample', 'copy'],
  ])
    expect((await run(each, folder)).code).toBe(EXIT.clean);
  cpSync(
    join(
      folder,
      'copy/keys',
      String(fs.readdirSync(join(folder, 'copy/keys')).find((each) => each.endsWith('.pem'))),
    ),
    join(folder, 'ledger.pem'),
  );
  const commands = Object.entries(COMMANDS).map(([name, { load }]) => [name, load()] as const);
  for (const name of ['readFileSync', 'openSync', 'readdirSync', 'opendirSync'] as const) locked(fs, name);
  for (const name of ['open', 'readFile', 'readdir'] as const) locked(promises, name);
  const bare: string[] = [];
  const told = new Map<string, string[]>();
  for (const [name, command] of commands)
    for (const place of places(name, command))
      for (const way of UNFIT) {
        layOut();
        const asOf: Given = Object.hasOwn(command.options, 'as-of') ? { 'as-of': '2026-12-01' } : {};
        const given = typed(command, { ...asOf, ...BESIDES[name], [place]: way });
        const { code, err } = await run([...name.split(' '), ...given], folder);
        const [first = ''] = err.split('\n');
        if (code === EXIT.internal || CODES.test(err)) bare.push(`${name} ${place} ${way}: ${first}`);
        const line = `${code} ${first.replaceAll(`${folder}/`, '').replaceAll(way, 'PLACE')}`;
        if (first.includes(way)) told.set(line, [...(told.get(line) ?? []), `${name} (${place})`]);
      }
  expect(bare).toEqual([]);
  const lines = [...told].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = lines.map(([line, by]) => `${line}\n    ${[...new Set(by)].join(', ')}\n`).join('');
  // Where a file stands in the place of a folder, Node 22 and later name the file or find nothing below it.
  if (process.version.startsWith('v20.')) goldenIn(__dirname)('unread.txt', text);
});

it('no message is made with a code of the system as it is', () => {
  const sources = ['lib', 'bin', 'lambda'].flatMap((each) =>
    fs
      .readdirSync(join(ROOT, each), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:ts|mts|mjs)$/.test(path) && path !== 'words/system.ts')
      .map((path) => join(each, path)),
  );
  const bare = sources.flatMap((path) => {
    const source = fs.readFileSync(join(ROOT, path), 'utf8');
    if (!/ErrnoException|systemCode/.test(source)) return [];
    return [...source.matchAll(/\$\{(?:[^{}]*\.)?code(?: \?\?[^{}]*)?\}/g)].map(
      ([found]) => `${path}: ${found}`,
    );
  });
  expect(sources.length).toBeGreaterThan(500);
  expect(bare).toEqual([]);
});
