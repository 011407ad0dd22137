/**
 * A CycloneDX bill of materials, from the project’s lockfile: what synthesises the templates and what is bundled into the
 * functions that they deploy, and which of it needs which.
 * @see https://cyclonedx.org/docs/1.6/json/
 */
// By part: the whole library loads validators that are not asked for.
import * as Enums from '@cyclonedx/cyclonedx-library/Enums';
import * as Models from '@cyclonedx/cyclonedx-library/Models';
import * as Serialize from '@cyclonedx/cyclonedx-library/Serialize';
import * as SPDX from '@cyclonedx/cyclonedx-library/SPDX';
import * as Spec from '@cyclonedx/cyclonedx-library/Spec';
import { type LockedPackage, type Lockfile, neededBy, packageNameAt } from './lockfile';
import type { Evidence } from './model';
import { momentOf, uuidOf } from './uuid';

/**
 * What the own metadata of a package says of who made it.
 * @param path the package’s place in the lockfile, `node_modules/yauzl`
 * @returns undefined where it says nothing, or the package is not here
 */
export type MakerOf = (path: string) => Maker | undefined;

/** Who made a package. */
export interface Maker {
  readonly name: string;
  /** Where more is to be found of the maker, if the metadata says. */
  readonly url?: string;
}

const NPM_REGISTRY = 'npm registry';

/**
 * The bill as JSON, in version 1.6. What only builds and tests Concordat is not in it. What is for some platforms alone, and
 * so may not be installed, is of the scope `optional`.
 *
 * Each component has a supplier, which the minimum elements of the NTIA ask for: whoever its own metadata names, and else the
 * registry that gave it out, since CycloneDX takes a distributor for a supplier as well.
 * @see https://www.ntia.gov/report/2021/minimum-elements-software-bill-materials-sbom
 */
export function billOfMaterials(
  lockfile: Lockfile,
  { asOf, operator }: Pick<Evidence, 'asOf' | 'operator'>,
  makerOf: MakerOf,
): string {
  const { name, version, packages } = lockfile;
  const root = new Models.Component(Enums.ComponentType.Application, name, {
    version,
    bomRef: `pkg:npm/${name}@${version}`,
    purl: `pkg:npm/${name}@${version}`,
    supplier: new Models.OrganizationalEntity({ name: 'The authors of Concordat' }),
  });
  const bom = new Models.Bom({
    metadata: new Models.Metadata({
      component: root,
      timestamp: new Date(momentOf(asOf)),
      authors: new Models.OrganizationalContactRepository([
        new Models.OrganizationalContact({ name: operator }),
      ]),
      tools: new Models.Tools({
        components: new Models.ComponentRepository([
          new Models.Component(Enums.ComponentType.Application, name, { version }),
        ]),
      }),
    }),
    serialNumber: `urn:uuid:${uuidOf('bill-of-materials', asOf, JSON.stringify(packages))}`,
  });
  const components = new Map([['', root]]);
  for (const [path, locked] of Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (path !== '' && locked.dev !== true && locked.version !== undefined) {
      const component = componentOf(path, locked, locked.version, makerOf);
      components.set(path, component);
      bom.components.add(component);
    }
  for (const [path, component] of components)
    for (const needed of neededBy(path, packages)) {
      const other = components.get(needed);
      if (other !== undefined) component.dependencies.add(other.bomRef);
    }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function componentOf(
  path: string,
  locked: LockedPackage,
  version: string,
  makerOf: MakerOf,
): Models.Component {
  const { integrity, license, optional, devOptional } = locked;
  const whole = packageNameAt(path);
  const [, scope, name = whole] = /^(@[^/]+)\/(.+)$/.exec(whole) ?? [];
  const purl = `pkg:npm/${scope === undefined ? '' : `${encodeURIComponent(scope)}/`}${name}@${version}`;
  // Which packages of other platforms lie here differs from desk to desk, and the bill must not.
  const maker = locked.os === undefined && locked.cpu === undefined ? makerOf(path) : undefined;
  const component = new Models.Component(Enums.ComponentType.Library, name, {
    ...(scope !== undefined && { group: scope }),
    version,
    purl,
    ...(maker !== undefined && { author: maker.name }),
    supplier: supplierOf(maker, whole),
    scope:
      optional === true || devOptional === true
        ? Enums.ComponentScope.Optional
        : Enums.ComponentScope.Required,
    // The same package may lie in two places, in one version or in two.
    bomRef: path === `node_modules/${whole}` ? purl : `${purl}#${path}`,
  });
  const [, sha512] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  if (sha512 !== undefined)
    component.hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(sha512, 'base64').toString('hex'));
  if (license !== undefined) component.licenses.add(licenceOf(license));
  return component;
}

function supplierOf(maker: Maker | undefined, name: string): Models.OrganizationalEntity {
  if (maker === undefined)
    return new Models.OrganizationalEntity({
      name: NPM_REGISTRY,
      url: new Set([`https://www.npmjs.com/package/${name}`]),
    });
  return new Models.OrganizationalEntity({
    name: maker.name,
    ...(maker.url !== undefined && { url: new Set([maker.url]) }),
  });
}

function licenceOf(text: string): Models.NamedLicense | Models.SpdxLicense | Models.LicenseExpression {
  if (SPDX.isSupportedSpdxId(text)) return new Models.SpdxLicense(text);
  return / (?:OR|AND|WITH) /.test(text) ? new Models.LicenseExpression(text) : new Models.NamedLicense(text);
}
