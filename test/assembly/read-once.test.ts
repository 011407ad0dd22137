/** That no command reads a file of an assembly twice, by whatever way to the disk. */
import fs, { cpSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { emptyFolder, folderWithRegister, run } from '../commands/captured-terminal';
import { CLEAN_REPORT } from '../evidence/sample-evidence';
import { afterFolder, beforeFolder } from '../plan/pair';
import { MINIMAL } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

afterEach(() => jest.restoreAllMocks());

/** Counts what this project’s code, not the CDK’s, reads back below a folder, by the name of the file. */
function readsBelow(folder: string): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (path: unknown) => {
    if (typeof path !== 'string' || !path.startsWith(folder + sep)) return;
    const name = path.slice(folder.length + 1);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  // Node’s own functions call one another: only what is called from outside counts.
  let depth = 0;
  const spy = (on: object, way: string) => {
    const original = Reflect.get(on, way) as (...given: unknown[]) => unknown;
    jest.spyOn(on as { [way]: typeof original }, way).mockImplementation((...given) => {
      const isOurs = depth === 0 && !isStillWritten();
      depth++;
      try {
        const read = original.apply(on, given);
        if (isOurs) count(given[0]);
        return read;
      } finally {
        depth--;
      }
    });
  };
  for (const way of ['readFileSync', 'openSync', 'readFile', 'open', 'createReadStream']) spy(fs, way);
  for (const way of ['readFile', 'open']) spy(fs.promises, way);
  return counts;
}

/** Whether the first caller outside this file and Jest is the CDK, or what puts a template into ASCII as the CDK writes it. */
function isStillWritten(): boolean {
  const callers = (new Error('who reads').stack ?? '').split('\n').slice(1);
  const first = callers.find((line) => !line.includes('jest-mock') && !line.includes(__filename)) ?? '';
  return first.includes('aws-cdk') || first.includes('rewrittenInAscii');
}

const twice = (counts: ReadonlyMap<string, number>) => [...counts].filter(([, count]) => count > 1);
const templates = (counts: ReadonlyMap<string, number>) =>
  [...counts.keys()].filter((name) => name.endsWith('.template.json'));
const templatesIn = (folder: string) =>
  fs.readdirSync(folder).filter((name) => name.endsWith('.template.json'));

it('reads each file once for the evidence pack, with its proof, checks, custody and hashes', async () => {
  const { folder } = synthesised({ files: MINIMAL, own: true });
  fs.writeFileSync(join(folder, 'validation-report.json'), JSON.stringify(CLEAN_REPORT));
  const reads = readsBelow(folder);
  const { code } = await run(['evidence', '--assembly', folder], emptyFolder());
  expect(code).toBe(EXIT.clean);
  expect(twice(reads)).toEqual([]);
  expect(templates(reads).sort()).toEqual(templatesIn(folder).sort());
  expect([...reads.keys()].map((name) => basename(name))).toEqual(
    expect.arrayContaining([
      'manifest.json',
      'register.json',
      'concordat.json',
      'grants.json',
      'Zone.metadata.json',
    ]),
  );
});

it.each([['custody'], ['prove'], ['why', 'leeds', 'dwp']])(
  'reads each file once for %s',
  async (...words) => {
    const folder = emptyFolder();
    cpSync(beforeFolder(), folder, { recursive: true });
    const reads = readsBelow(folder);
    await run([...words, '--assembly', folder], emptyFolder());
    expect(twice(reads)).toEqual([]);
    expect(templates(reads).sort()).toEqual(templatesIn(folder).sort());
  },
);

it('reads each file of both assemblies once for a plan', async () => {
  const workshop = emptyFolder();
  cpSync(beforeFolder(), join(workshop, 'last-deployed'), { recursive: true });
  cpSync(afterFolder(), join(workshop, 'cdk.out'), { recursive: true });
  const reads = readsBelow(workshop);
  await run(['plan', 'last-deployed'], workshop);
  expect(twice(reads)).toEqual([]);
  for (const side of ['last-deployed', 'cdk.out'])
    expect(templates(reads).filter((name) => name.startsWith(side + sep))).toHaveLength(
      templatesIn(join(workshop, side)).length,
    );
});

it('reads back each template once at a synth, for its checks, its pack and its summary together', async () => {
  const folder = folderWithRegister(MINIMAL);
  const all = readsBelow(folder);
  const { code } = await run(['synth', '--as-of', '2026-12-01', '--evidence-pack', 'pack'], folder);
  expect(code).toBe(EXIT.clean);
  // It is made beside its place, and read on there.
  const reads = new Map<string, number>();
  for (const [path, count] of all) {
    const [, name] = /^\.?cdk\.out(?:\.\d+\.new)?[\\/](.*)$/.exec(path) ?? [];
    if (name !== undefined) reads.set(name, count + (reads.get(name) ?? 0));
  }
  expect(twice(reads)).toEqual([]);
  expect(templates(reads).sort()).toEqual(templatesIn(join(folder, 'cdk.out')).sort());
});
