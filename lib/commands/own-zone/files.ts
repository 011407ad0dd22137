/** What a zone’s own folder holds beside its register: settings, which Concordat it is for, and what its pipeline does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegisterFile, settingsText } from '../../register';
import { SETTINGS_FILE } from '../../register/settings-file';
import { lockfilePath, packageJson } from '../../start/program';
import { USUAL } from '../places';
import { zoneLockfile } from './lockfile';

/** Where the tarball of Concordat lies in a zone’s folder: beside the register, since no registry holds it. */
export function tarballPath(): string {
  return `vendor/concordat-${packageJson().version}.tgz`;
}

/** Of files that the package holds under other names, since npm packs none of their own. */
const FROM_PACKAGE: Readonly<Record<string, string>> = {
  '.gitignore': 'gitignore.txt',
  '.npmrc': 'npmrc.txt',
  '.github/workflows/concordat.yml': 'github.yml',
  '.gitlab-ci.yml': 'gitlab.yml',
};

/** The settings and the pipeline, by their paths in the zone’s folder. @param zone the zone’s account */
export function ownFiles(zone: string): readonly RegisterFile[] {
  const { register, assembly, evidence, joining } = USUAL;
  const settings = { zone, register, assembly, evidence, joining } as Parameters<typeof settingsText>[0];
  const texts: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
      Object.entries(FROM_PACKAGE).map(([path, name]) => [path, readFileSync(join(__dirname, name), 'utf8')]),
    ),
    // The plan is what is reviewed; nobody sits before a pipeline to say yes.
    'cdk.json': json({ app: assembly, requireApproval: 'never', versionReporting: false, notices: false }),
    [SETTINGS_FILE]: settingsText(settings),
  };
  return filesOf(texts);
}

/**
 * package.json, by which npm takes Concordat from beside the register, and the lockfile with every digest.
 * @param prefix the zone’s prefix of names, for the name of its package
 * @param tarball Concordat’s tarball, where it is there already
 */
export function packageFiles(prefix: string, tarball: Uint8Array | undefined): readonly RegisterFile[] {
  const wanted = {
    name: `${prefix}-zone`,
    dependencies: { concordat: `file:${tarballPath()}` },
    // Also Concordat’s own, but what it needs itself has no place among a folder’s commands where npm lays it elsewhere.
    devDependencies: { 'aws-cdk': packageJson().dependencies['aws-cdk'] ?? '' },
  };
  return filesOf({
    'package.json': json({ ...wanted, private: true }),
    'package-lock.json': zoneLockfile(readFileSync(lockfilePath(), 'utf8'), wanted, tarball),
  });
}

function filesOf(texts: Readonly<Record<string, string>>): RegisterFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
