/** That docs/dependencies.md has each package that is depended on, with its version and licence, and no other. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dependencies, devDependencies } from '../package.json';

const ROOT = resolve(__dirname, '..');

/** The rows of the tables, each with its packages and its other cells. */
const rows = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| package |') && !line.startsWith('| --- |'))
  .map((line) => {
    const [packages = '', licence = '', versions = '', why = ''] = line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim());
    return { packages: packages.split(', '), licence, versions: versions.split(', '), why };
  })
  .filter(({ packages }) => !packages.some((each) => each.includes('from PyPI')));

it('gives each dependency once, in the version that is locked, with the reason for it', () => {
  const told = rows.flatMap(({ packages, versions, why }) =>
    packages.map((name, index) => [name, versions[index] ?? versions[0], why !== '']),
  );
  const known = Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => [
    name,
    version,
    true,
  ]);
  expect(told.sort()).toEqual(known.sort());
});

it('gives the licence that each package names itself', () => {
  const licences = rows.flatMap(({ packages, licence }) => packages.map((name) => [name, licence]));
  const named = licences.map(([name = '']) => {
    const manifest: { license?: string } = JSON.parse(
      readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
    );
    return [name, manifest.license?.replaceAll(/[()]/g, '').replace(' OR ', ' or ')];
  });
  expect(licences).toEqual(named);
});
