/** An assembly with one thing changed that is no policy of its own: a setting, a resource, a stack, the manifest, a file. */
import type { Assembly, AssemblyStack, TemplateResource } from '../../../lib/assembly';
import { type Edits, withEdited } from '../../assembly/edited-copy';

/** What sort of thing is changed. */
export type WholeSort =
  | 'setting'
  | 'resource'
  | 'template'
  | 'manifest'
  | 'code or file'
  | 'guardrail'
  | 'baseline';

/** How it is changed: the resources of one stack in memory, or files by edits of what they hold. */
type WholeEdit =
  | { readonly in: 'stack'; readonly stack: string; readonly resources: () => AssemblyStack['resources'] }
  | { readonly in: 'files'; readonly edits: Edits }
  | { readonly in: 'asset'; readonly file: string };

/** A changed assembly. */
export interface WholeMutant {
  readonly sort: WholeSort;
  /** The type of the resource that is changed, and the path of what is changed in it, for the table of reasons. */
  readonly type: string;
  readonly path: string;
  /** `Organisation-leeds/CollectRole0EC148CA`, or a file. */
  readonly place: string;
  readonly kind: string;
  readonly how: string;
  /** Whose account it is in. */
  readonly account: string;
  readonly edit: WholeEdit;
}

/** Does something with the assembly as the mutant has it. */
export function withMutant<T>(source: Assembly, { edit }: WholeMutant, use: (changed: Assembly) => T): T {
  switch (edit.in) {
    case 'stack':
      return use({
        ...source,
        stacks: source.stacks.map((each) =>
          each.name === edit.stack ? { ...each, resources: edit.resources() } : each,
        ),
      });
    case 'asset':
      return use({
        ...source,
        file: (name) => {
          const text = source.file(name);
          return name === edit.file && text !== undefined ? `${text}\n` : text;
        },
      });
    default:
      return use(withEdited(source.folder, edit.edits));
  }
}

/** A stack’s resources with one in another’s place, added, or taken away. */
export function withResource(
  { resources }: AssemblyStack,
  id: string,
  resource: TemplateResource | undefined,
): AssemblyStack['resources'] {
  const { [id]: _, ...others } = resources;
  return resource === undefined ? others : { ...resources, [id]: resource };
}
