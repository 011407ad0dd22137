/** What a zone’s own folder holds beside its register: settings, which Concordat it is for, and what its pipeline does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegisterFile, SETTINGS_FILE, settingsText } from '../../register';
import { packageJson } from '../../start/program';
import { USUAL } from '../places';

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

/**
 * Every file, by its path in the zone’s folder.
 * @param zone the zone’s account
 * @param prefix the zone’s prefix of names, for the name of its package
 */
export function ownFiles({ zone, prefix }: { zone: string; prefix: string }): readonly RegisterFile[] {
  const { register, assembly, evidence, joining } = USUAL;
  const settings = { zone, register, assembly, evidence, joining } as Parameters<typeof settingsText>[0];
  const texts: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
      Object.entries(FROM_PACKAGE).map(([path, name]) => [path, readFileSync(join(__dirname, name), 'utf8')]),
    ),
    'package.json': json({
      name: `${prefix}-zone`,
      private: true,
      dependencies: { concordat: `file:${tarballPath()}` },
      devDependencies: { 'aws-cdk': packageJson().dependencies['aws-cdk'] },
    }),
    // The plan is what is reviewed; nobody sits before a pipeline to say yes.
    'cdk.json': json({ app: assembly, requireApproval: 'never', versionReporting: false, notices: false }),
    [SETTINGS_FILE]: settingsText(settings),
  };
  return Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
