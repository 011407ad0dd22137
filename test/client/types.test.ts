/** The types that lie beside `concordat-client.mjs`: they are those of the module, and a program compiles against them alone. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as client from '../../lib/client';
import { clientTypes } from '../../lib/start/client';

type Told = typeof import('../../lib/client/concordat-client.mjs', { with: { 'resolution-mode': 'import' }});
type Real = typeof client;
type Given<F extends (...given: never[]) => unknown, N extends number> = Parameters<F>[N];
type Result<F extends (...given: never[]) => unknown> = Awaited<ReturnType<F>>;

/** What compiles only where the first may stand for the second: what comes of the module, as it is told; what is given, as it is taken. */
type Fits<A extends B, B> = [A, B];
type Checked = [
  Fits<Result<Real['openClient']>, Result<Told['openClient']>>,
  Fits<Given<Told['openClient'], 0>, Given<Real['openClient'], 0>>,
  Fits<Result<Real['deposit']>, Result<Told['deposit']>>,
  Fits<Given<Told['deposit'], 1>, Given<Real['deposit'], 1>>,
  Fits<Given<Told['deposit'], 2>, Given<Real['deposit'], 2>>,
  Fits<Result<Real['waitForVerdicts']>, Result<Told['waitForVerdicts']>>,
  Fits<Given<Told['waitForVerdicts'], 1>, Given<Real['waitForVerdicts'], 1>>,
  Fits<Given<Told['waitForVerdicts'], 2>, Given<Real['waitForVerdicts'], 2>>,
  Fits<Result<Real['abandonDeposits']>, Result<Told['abandonDeposits']>>,
  Fits<Given<Told['abandonDeposits'], 1>, Given<Real['abandonDeposits'], 1>>,
  Fits<Result<Real['statePlace']>, Result<Told['statePlace']>>,
  Fits<Given<Told['statePlace'], 0>, Given<Real['statePlace'], 0>>,
  Fits<Result<Real['collect']>, Result<Told['collect']>>,
  Fits<Given<Told['collect'], 1>, Given<Real['collect'], 1>>,
  Fits<NonNullable<Given<Told['collect'], 2>>, NonNullable<Given<Real['collect'], 2>>>,
  Fits<Result<Real['openCollecting']>, Result<Told['openCollecting']>>,
  Fits<Exclude<Result<Real['refusalOf']>, undefined>, Exclude<Result<Told['refusalOf']>, undefined>>,
];

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-types-')));
  writeFileSync(join(folder, clientTypes().name), clientTypes().text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a program in a folder that has the types and nothing else. */
function compiled(program: string): string {
  writeFileSync(join(folder, 'program.mts'), program);
  const tsc = resolve(__dirname, '../../node_modules/.bin/tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2023,dom', '--types', ''];
  return spawnSync(tsc, [...options, 'program.mts'], { cwd: folder, encoding: 'utf8' }).stdout;
}

const PROGRAM = `import { collect, deposit, openClient, refusalOf, waitForVerdicts } from './concordat-client.mjs';

const client = openClient({ cwd: '.', env: {}, signal: new AbortController().signal });
try {
  const request = { agreement: 'rates', files: ['rates.csv'], cwd: '.', state: '.state' };
  const { files } = await deposit(client, request, { now: () => performance.now() });
  for (const { file, verdict } of await waitForVerdicts(client, files, Date.now() + 60_000, () => undefined))
    if (verdict.state === 'not-clean') console.log(file.key.toUpperCase(), verdict.scan, verdict.status.length);
  const { collected, held } = await collect(client, 'in', { since: 0 }, {
    tell: (event) => {
      if (event.event === 'collected') console.log(event.noted.names.join('/'), event.noted.checksum.algorithm);
    },
  });
  console.log(collected + held);
} catch (error) {
  if (refusalOf(error)?.refused !== 'stopped') throw error;
}
`;

test('a program compiles against them, and one that takes what is not there does not', () => {
  expect(compiled(PROGRAM)).toBe('');
  expect(compiled(PROGRAM.replace('verdict.status.length', 'verdict.report.length'))).toContain(
    "Property 'report' does not exist",
  );
  expect(compiled(PROGRAM.replace("files: ['rates.csv']", "file: 'rates.csv'"))).toContain("'files'");
});

test('what they tell is what the module takes and gives, by the compiler', () => {
  const held: readonly Checked[] = [];
  expect(held).toEqual([]);
});

test('each function that they tell of is there', () => {
  const told = [...clientTypes().text.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
  expect(told.length).toBe(8);
  expect(Object.keys(client)).toEqual(expect.arrayContaining(told));
});
