/** What S3 comes to delete by itself of what owners shared under agreements that are over, and on which day. */
import { type AssemblyStack, deletionsIn, isOfCopies, resolved } from '../assembly';
import { byName, type Change, changesOf } from './change';

/** What goes of one agreement, and from the beginning of which day in UTC. */
export interface Copies {
  readonly stack: string;
  readonly bucket: string;
  readonly agreement: string;
  readonly from: string;
}

/** Those that have a day now, have another, or have none any more. */
export function copiesChanges(
  before: readonly AssemblyStack[],
  after: readonly AssemblyStack[],
): Change<Copies>[] {
  const named = (stacks: readonly AssemblyStack[]) =>
    byName(copiesIn(stacks), ({ bucket, agreement }) => `${bucket} ${agreement}`);
  return changesOf(named(before), named(after));
}

function copiesIn(stacks: readonly AssemblyStack[]): Copies[] {
  return stacks.flatMap((stack) =>
    Object.values(stack.resources).flatMap(({ Type, Properties = {} }) => {
      if (Type !== 'AWS::S3::Bucket') return [];
      const properties = resolved(Properties, stack) as Readonly<Record<string, unknown>>;
      return deletionsIn(properties)
        .filter(isOfCopies)
        .map(({ agreement, from }) => ({
          stack: stack.name,
          bucket: String(properties.BucketName),
          agreement,
          from,
        }));
    }),
  );
}
