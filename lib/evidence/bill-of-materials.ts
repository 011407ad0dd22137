/**
 * A CycloneDX bill of materials, from the project’s lockfile: what synthesises the templates and what is bundled into the
 * functions that they deploy.
 * @see https://cyclonedx.org/docs/1.6/json/
 */
import { Enums, Models, Serialize, SPDX, Spec } from '@cyclonedx/cyclonedx-library';
import type { Evidence } from './model';
import { momentOf, uuidOf } from './uuid';

/** The parts of a lockfile of npm, version 3, that are read. */
export interface Lockfile {
  readonly name: string;
  readonly version: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The bill as JSON, in version 1.6. What only builds and tests Concordat is not in it. */
export function billOfMaterials(lockfile: Lockfile, { asOf }: Pick<Evidence, 'asOf'>): string {
  const { name, version, packages } = lockfile;
  const root = new Models.Component(Enums.ComponentType.Application, name, {
    version,
    bomRef: `pkg:npm/${name}@${version}`,
    purl: `pkg:npm/${name}@${version}`,
  });
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component: root, timestamp: new Date(momentOf(asOf)) }),
    serialNumber: `urn:uuid:${uuidOf('bill-of-materials', asOf, JSON.stringify(packages))}`,
  });
  for (const [path, locked] of Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (path === '' || locked.dev === true || locked.version === undefined) continue;
    const component = componentOf(path, locked, locked.version);
    bom.components.add(component);
    const direct = Object.hasOwn(packages['']?.dependencies ?? {}, path.replace(/^node_modules\//, ''));
    if (direct) root.dependencies.add(component.bomRef);
  }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function componentOf(path: string, { integrity, license }: LockedPackage, version: string): Models.Component {
  const whole = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const [, scope, name = whole] = /^(@[^/]+)\/(.+)$/.exec(whole) ?? [];
  const purl = `pkg:npm/${scope === undefined ? '' : `${encodeURIComponent(scope)}/`}${name}@${version}`;
  const component = new Models.Component(Enums.ComponentType.Library, name, {
    ...(scope !== undefined && { group: scope }),
    version,
    purl,
    // The same package may lie in two places, in one version or in two.
    bomRef: path === `node_modules/${whole}` ? purl : `${purl}#${path}`,
  });
  const [, sha512] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  if (sha512 !== undefined)
    component.hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(sha512, 'base64').toString('hex'));
  if (license !== undefined) component.licenses.add(licenceOf(license));
  return component;
}

function licenceOf(text: string): Models.NamedLicense | Models.SpdxLicense | Models.LicenseExpression {
  if (SPDX.isSupportedSpdxId(text)) return new Models.SpdxLicense(text);
  return / (?:OR|AND|WITH) /.test(text) ? new Models.LicenseExpression(text) : new Models.NamedLicense(text);
}
