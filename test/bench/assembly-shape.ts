/**
 * Reads how many resources of which types and sizes an assembly has, and which assets, stack by stack, for the bare app to
 * copy; and writes files as large as those of the assets.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource without what it says. */
interface ResourceShape {
  readonly type: string;
  /** The bytes of its properties as JSON. */
  readonly bytes: number;
  /** The values in its properties that are neither lists nor maps. */
  readonly leaves: number;
}

/** A stack without what it says. */
interface StackShape {
  readonly account: string;
  readonly resources: readonly ResourceShape[];
  /** Its assets, by the names of their folders: what two stacks share has one name in both. */
  readonly assets: readonly string[];
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { type: string; environment?: string; properties?: { templateFile?: string } }>
  >;
}

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string; packaging: string } }>>;
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

if (require.main === module) {
  const [assembly, file, sources] = process.argv.slice(2);
  if (assembly === undefined || file === undefined || sources === undefined) {
    throw new Error('usage: assembly-shape.ts ASSEMBLY FILE SOURCES');
  }
  const stacks = shapeOf(assembly);
  for (const asset of new Set(stacks.flatMap(({ assets }) => assets))) fill(assembly, sources, asset);
  writeFileSync(file, JSON.stringify(stacks));
}

function shapeOf(assembly: string): StackShape[] {
  const read = <T>(name: string) => JSON.parse(readFileSync(join(assembly, name), 'utf8')) as T;
  return Object.values(read<Manifest>('manifest.json').artifacts).flatMap(
    ({ type, environment = '', properties }) => {
      if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
      const resources = Object.values(read<Template>(properties.templateFile).Resources);
      const account = environment.replace(/^aws:\/\/|\/.*$/g, '');
      const assets = properties.templateFile.replace(/\.template\.json$/, '.assets.json');
      // A stack that needs no bootstrapped account has none.
      const { files } = existsSync(join(assembly, assets)) ? read<AssetManifest>(assets) : { files: {} };
      return [
        {
          account,
          resources: resources.map((each) => resourceShape(each.Type, each.Properties)),
          // What is no archive is the stack’s own template.
          assets: Object.values(files).flatMap(({ source }) =>
            source.packaging === 'zip' ? [source.path] : [],
          ),
        },
      ];
    },
  );
}

/** Writes files with the names and sizes of an asset’s, whose content no other asset has. */
function fill(assembly: string, sources: string, asset: string): void {
  mkdirSync(join(sources, asset), { recursive: true });
  for (const name of readdirSync(join(assembly, asset))) {
    const { size } = statSync(join(assembly, asset, name));
    writeFileSync(join(sources, asset, name), asset.repeat(Math.ceil(size / asset.length)).slice(0, size));
  }
}

function resourceShape(type: string, properties: unknown = {}): ResourceShape {
  return { type, bytes: JSON.stringify(properties).length, leaves: leavesIn(properties) };
}

function leavesIn(value: unknown): number {
  if (value === null || typeof value !== 'object') return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + leavesIn(each), 0);
}
