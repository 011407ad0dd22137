/**
 * That the bill of materials says what is used, what needs what as npm has it, and who supplied it.
 *
 * @jest-environment node
 */
import './idn-email-format';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { billOfMaterials } from '../../lib/evidence/bill-of-materials';
import type { Lockfile } from '../../lib/evidence/lockfile';
import { makerIn } from '../../lib/evidence/package-maker';

const ROOT = resolve(__dirname, '../..');
const lockfile = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lockfile;

interface Component {
  readonly 'bom-ref': string;
  readonly purl: string;
  readonly scope: string;
  readonly supplier?: { readonly name: string };
}

interface Bom {
  readonly metadata: { readonly component: Component; readonly authors: object[]; readonly tools: object };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const text = billOfMaterials(lockfile, { asOf: '2026-11-20', operator: 'Operator' }, (path) => {
  const file = join(ROOT, path, 'package.json');
  return existsSync(file) ? makerIn(readFileSync(file, 'utf8')) : undefined;
});
const bom = JSON.parse(text) as Bom;

/** Edges by name and version, since references are named otherwise. */
function edgesOf({ metadata, components, dependencies }: Bom): Map<string, Set<string>> {
  const called = new Map(
    [metadata.component, ...components].map((each) => [
      each['bom-ref'],
      decodeURIComponent(each.purl.replace('pkg:npm/', '')),
    ]),
  );
  const edges = new Map<string, Set<string>>();
  for (const { ref, dependsOn = [] } of dependencies) {
    const from = called.get(ref) ?? ref;
    const to = edges.get(from) ?? new Set();
    for (const each of dependsOn) to.add(called.get(each) ?? each);
    edges.set(from, to);
  }
  return edges;
}

it('keeps to CycloneDX 1.6, by its own validator', async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(text)).toBeNull();
  expect(
    await validator.validate('{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{}]}'),
  ).not.toBeNull();
});

it('lists what runs and is deployed, and nothing that only builds and tests', () => {
  const purls = bom.components.map(({ purl }) => purl);
  expect(purls).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^pkg:npm\/aws-cdk-lib@/),
      expect.stringMatching(/^pkg:npm\/%40aws-sdk\/client-kms@/),
    ]),
  );
  expect(purls.filter((each) => /\/(?:jest|typescript|fast-check)@/.test(each))).toEqual([]);
});

it('has the dependencies and scopes that npm’s own bill has', () => {
  // Of everything: asked to leave out what only builds and tests, npm also leaves out what one package needs to run and
  // another to be built, such as zod.
  const npm = JSON.parse(
    execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, npm_config_offline: 'true' },
    }),
  ) as Bom;
  const ours = edgesOf(bom);
  const root = `${lockfile.name}@${lockfile.version}`;
  const listed = ([name, needs]: [string, Set<string>]) =>
    [name, [...needs].filter((each) => ours.has(each)).sort()] as const;
  const all = [...edgesOf(npm)].filter(([name]) => ours.has(name) && name !== root).map(listed);
  const told = [...ours].filter(([name]) => name !== root).map(listed);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(all));
  expect([...(ours.get(root) ?? [])].map((each) => each.replace(/@[^@]*$/, '')).sort()).toEqual(
    Object.keys(lockfile.packages['']?.dependencies ?? {}).sort(),
  );
  // What lies in several places npm tells once, with the scope of the first, which may be for building alone.
  const places = Object.entries(lockfile.packages).filter(([path, { dev }]) => path !== '' && dev === true);
  const alsoBuilds = new Set(
    places.map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
  );
  const scopes = new Map(npm.components.map(({ purl, scope }) => [purl, scope]));
  expect(
    bom.components
      .filter(({ purl }) => !alsoBuilds.has(decodeURIComponent(purl.replace('pkg:npm/', ''))))
      .filter(({ purl, scope }) => scopes.get(purl) !== scope),
  ).toEqual([]);
  expect(new Set(bom.components.map(({ scope }) => scope))).toEqual(new Set(['required', 'optional']));
});

it('leads to every component from the project', () => {
  const edges = edgesOf(bom);
  const reached = new Set<string>();
  const next = [decodeURIComponent(bom.metadata.component.purl.replace('pkg:npm/', ''))];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    next.push(...(edges.get(at) ?? []));
  }
  expect([...edges.keys()].filter((each) => !reached.has(each))).toEqual([]);
});

it('calls optional what is not installed here', () => {
  const missing = Object.entries(lockfile.packages)
    .filter(([path, { dev }]) => dev !== true && !existsSync(join(ROOT, path, 'package.json')))
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`);
  const optional = bom.components
    .filter(({ scope }) => scope === 'optional')
    .map(({ purl }) => decodeURIComponent(purl.replace('pkg:npm/', '')));
  expect(missing.filter((each) => !optional.includes(each))).toEqual([]);
});

it('says who supplied each component, who made the bill and with what', () => {
  const supplier = (name: string) =>
    bom.components.find(({ purl }) => purl.startsWith(`pkg:npm/${name}@`))?.supplier?.name;
  expect(bom.components.filter((each) => (each.supplier?.name ?? '') === '')).toEqual([]);
  expect(supplier('aws-cdk-lib')).toBe('Amazon Web Services');
  expect(supplier('fsevents')).toBe('npm registry');
  expect(bom.metadata.authors).toEqual([{ name: 'Operator' }]);
  expect(bom.metadata.tools).toEqual({
    components: [expect.objectContaining({ name: 'concordat', version: lockfile.version })],
  });
});

describe('the maker of a package', () => {
  const makerOf = (metadata: object) => makerIn(JSON.stringify(metadata));

  it.each([
    [{ author: 'Ada Example <ada@a.example> (https://a.example)' }, 'Ada Example', 'https://a.example'],
    [{ author: { name: 'Ada Example', url: 'https://a.example' } }, 'Ada Example', 'https://a.example'],
    [{ author: 'Ada Example <ada@a.example>' }, 'Ada Example', undefined],
    [{ author: { name: 'Ada Example', url: 'no address' } }, 'Ada Example', undefined],
    [{ maintainers: ['Grace'], contributors: ['Joan'] }, 'Grace', undefined],
    [{ author: '', repository: 'bodies/thing' }, 'bodies', 'https://github.com/bodies'],
    [
      { repository: { url: 'git+https://github.com/bodies/thing.git' } },
      'bodies',
      'https://github.com/bodies',
    ],
    [{ author: 7, repository: 'git@github.com:bodies/thing.git' }, 'bodies', 'https://github.com/bodies'],
  ])('of %j is %s', (metadata, name, url) => {
    expect(makerOf(metadata)).toEqual(url === undefined ? { name } : { name, url });
  });

  it('is nobody where nothing is said', () => {
    expect(makerOf({ name: 'a', author: { email: 'a@a.example' } })).toBeUndefined();
  });
});
