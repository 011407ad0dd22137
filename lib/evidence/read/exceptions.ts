/** The exceptions of an assembly: every acknowledged finding, from the metadata that CDK leaves beside each template. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AssemblyStack, readJson } from '../../assembly/assembly';
import type { Exception } from '../model';

/** What `acknowledge` records on a resource. */
interface Acknowledged {
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  readonly review: string;
}

type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

/** Those that differ only in the resource, and in what on it they are about, are one. In the order of rules. @throws AssemblyError if metadata is not JSON */
export function exceptionsOf(folder: string, stacks: readonly AssemblyStack[], asOf: string): Exception[] {
  const groups = new Map<string, Exception>();
  for (const { file } of stacks) {
    const beside = file.replace(/\.template\.json$/, '.metadata.json');
    if (!existsSync(join(folder, beside))) continue;
    for (const [path, entries] of Object.entries(readJson<Metadata>(folder, beside).value))
      for (const { type, data } of entries) {
        if (type !== 'concordat:acknowledgement') continue;
        const { rule: whole, reason, owner, review } = data as Acknowledged;
        // `AwsSolutions::AwsSolutions-IAM5[Resource::...]`: the rule, and what on the resource it was about.
        const [, rule = whole, detail = ''] = /^([^[]+)(\[.*\])$/.exec(whole) ?? [];
        const key = JSON.stringify([rule, reason, owner, review]);
        const group = groups.get(key);
        const place = `${path.replace(/^\//, '')}${detail && ` ${detail}`}`;
        if (group === undefined)
          groups.set(key, { rule, reason, owner, review, past: review < asOf, resources: [place] });
        else group.resources.push(place);
      }
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
