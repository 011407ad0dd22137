/** That the copy which is deployed differs from the assembly in what is listed, and in nothing else. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AssemblyStack, openAssembly, type TemplateResource } from '../../lib/assembly';
import { SET_ASIDE } from '../../lib/rehearsal/set-aside';
import { stageAssembly } from '../../lib/rehearsal/staged-assembly';
import { synthesised, temporaryFolder } from '../stacks/sample-assembly';

const fileOrFolder = (name: string, path: string) => (name === 'CONTRACTS_FOLDER' ? dirname(path) : path);
const sample = synthesised();
const to = join(temporaryFolder(), 'staged');
const told: string[] = [];
const staged = stageAssembly(openAssembly(sample.folder), to, (arn) => {
  told.push(arn);
  return { endpoint: 'http://127.0.0.1:9', cloudFormation: 'http://127.0.0.1:8', clockFile: '/tmp/clock' };
});
const before = (name: string) => sample.stacks.find((each) => each.name === name) as AssemblyStack;

/** A resource without what the rehearsal may change. */
function comparable({ Properties, DependsOn: _depends, ...rest }: TemplateResource): unknown {
  const { Environment: _environment, ObjectLockConfiguration: _lock, ...properties } = Properties ?? {};
  return { ...rest, properties };
}

/** By name, so that no other alarm goes missing unseen. */
const ALARMS_BY_QUERY = ['concordat-audit-many-refusals'];

it('leaves out the types that are set aside and the alarm by a query, and no other resource', () => {
  for (const { name, resources } of staged) {
    const all = before(name).resources;
    const expected = Object.keys(all).filter(
      (id) =>
        !((all[id]?.Type ?? '') in SET_ASIDE) &&
        !ALARMS_BY_QUERY.includes(String(all[id]?.Properties?.AlarmName)),
    );
    expect(Object.keys(resources)).toEqual(expected);
    const waits = Object.values(resources).flatMap(({ DependsOn = [] }) => [DependsOn].flat());
    expect(waits.filter((id) => !(id in resources))).toEqual([]);
  }
});

it('keeps every other property as it is', () => {
  for (const { name, resources } of staged)
    for (const [id, resource] of Object.entries(resources))
      expect(comparable(resource)).toEqual(comparable(before(name).resources[id] as TemplateResource));
});

it('locks for a day, in governance mode', () => {
  const locks = staged.flatMap(({ resources }) =>
    Object.values(resources).flatMap(({ Properties }) => Properties?.ObjectLockConfiguration ?? []),
  );
  expect(locks).toHaveLength(2);
  for (const lock of locks)
    expect(lock).toMatchObject({ Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } });
});

it('tells every function where to ask, and keeps its own settings but for the file, which is there', () => {
  const functions = staged.flatMap(({ name, resources }) =>
    Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
      Type === 'AWS::Lambda::Function'
        ? [[Properties?.Environment, before(name).resources[id]?.Properties?.Environment] as const]
        : [],
    ),
  ) as unknown as readonly (readonly [
    { Variables: Record<string, unknown> },
    { Variables: Record<string, unknown> },
  ])[];
  expect(told).toHaveLength(functions.length);
  for (const [now, then] of functions) {
    expect(now.Variables).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      REHEARSAL_CLOCK: '/tmp/clock',
    });
    for (const [name, value] of Object.entries(then.Variables)) {
      // A gate whose agreements have no contract has no folder of plans; the file beside it is there.
      if (typeof value === 'string' && value.startsWith('/opt/'))
        expect(existsSync(fileOrFolder(name, String(now.Variables[name])))).toBe(true);
      else expect(now.Variables[name]).toEqual(value);
    }
  }
});

it('names each template by the digest of what it now is, and protects no stack', () => {
  const manifest = readFileSync(join(to, 'manifest.json'), 'utf8');
  expect(manifest).not.toContain('"terminationProtection": true');
  const { file } = openAssembly(to).stacks.find(({ name }) => name === 'Zone') as AssemblyStack;
  const digest = createHash('sha256')
    .update(readFileSync(join(to, file)))
    .digest('hex');
  expect(manifest).toContain(`/${digest}.json`);
  expect(readFileSync(join(to, 'Zone.assets.json'), 'utf8')).toContain(`${digest}.json`);
});

it('changes nothing in the assembly itself, not even where that was named by a link', () => {
  const link = join(temporaryFolder(), 'link');
  symlinkSync(sample.folder, link);
  const digests = () =>
    sample.stacks.map(({ file }) =>
      createHash('sha256')
        .update(readFileSync(join(sample.folder, file)))
        .digest('hex'),
    );
  const asMade = digests();
  stageAssembly(openAssembly(link), join(temporaryFolder(), 'staged'), () => undefined);
  expect(digests()).toEqual(asMade);
});
