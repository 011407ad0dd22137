/** Policies that no deployment sets: organisations are asked to set them on the keys that they brought. */
import { askedPolicyFile } from '../assembly';
import type { Side } from './side';

/** A policy that an organisation is to set, since it is new or not what it was, or the key is another. */
export interface AskedPolicy {
  readonly organisation: string;
  readonly name: string;
  /** The ARN of the key. */
  readonly key: string;
  /** In the later assembly. */
  readonly file: string;
  readonly change: 'new' | 'changed' | 'another key';
}

/** What organisations are to set by hand. */
export function askedPolicies(before: Side, after: Side): AskedPolicy[] {
  const was = asked(before);
  return [...asked(after).values()].flatMap(({ text, ...now }): AskedPolicy[] => {
    const old = was.get(now.organisation);
    if (old === undefined) return [{ ...now, change: 'new' }];
    if (old.key !== now.key) return [{ ...now, change: 'another key' }];
    return old.text === text ? [] : [{ ...now, change: 'changed' }];
  });
}

function asked({ source, world }: Side) {
  const found = world.register.organisations.flatMap(({ id, name }) => {
    const file = askedPolicyFile(id);
    const key = world.keys.find(({ place }) => place === file);
    return key === undefined
      ? []
      : [[id, { organisation: id, name, file, key: key.arn, text: source.file(file) }] as const];
  });
  return new Map(found);
}
