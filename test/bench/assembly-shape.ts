/** Reads how many resources of which types and sizes an assembly has, stack by stack, for the bare app to copy. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource without what it says. */
export interface ResourceShape {
  readonly type: string;
  /** The bytes of its properties as JSON. */
  readonly bytes: number;
  /** The values in its properties that are neither lists nor maps. */
  readonly leaves: number;
}

/** A stack without what it says. */
export interface StackShape {
  readonly account: string;
  readonly resources: readonly ResourceShape[];
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { type: string; environment?: string; properties?: { templateFile?: string } }>
  >;
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

if (require.main === module) {
  const [assembly, file] = process.argv.slice(2);
  if (assembly === undefined || file === undefined) {
    throw new Error('usage: assembly-shape.ts ASSEMBLY FILE');
  }
  writeFileSync(file, JSON.stringify(shapeOf(assembly)));
}

function shapeOf(assembly: string): StackShape[] {
  const read = <T>(name: string) => JSON.parse(readFileSync(join(assembly, name), 'utf8')) as T;
  return Object.values(read<Manifest>('manifest.json').artifacts).flatMap(
    ({ type, environment = '', properties }) => {
      if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
      const resources = Object.values(read<Template>(properties.templateFile).Resources);
      const account = environment.replace(/^aws:\/\/|\/.*$/g, '');
      return [{ account, resources: resources.map((each) => resourceShape(each.Type, each.Properties)) }];
    },
  );
}

function resourceShape(type: string, properties: unknown = {}): ResourceShape {
  return { type, bytes: JSON.stringify(properties).length, leaves: leavesIn(properties) };
}

function leavesIn(value: unknown): number {
  if (value === null || typeof value !== 'object') return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + leavesIn(each), 0);
}
