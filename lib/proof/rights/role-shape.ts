/**
 * The shape of a role: everything that its rights follow from, with names replaced by the order in which they occur. Where nothing is
 * wrong with one role, nothing is wrong with any other of its shape; why, says docs/proof.md.
 */
import type { MadeRole } from '../../assembly';
import type { Policy } from '../../iam';
import { Shape } from '../shape';
import type { Speller } from '../spelling';
import type { Claim } from './claims';
import { instanceOf } from './requests';

/** What the rights of a role follow from. */
export interface RoleAsked {
  readonly role: MadeRole;
  /** All that it is there for. */
  readonly claims: readonly Claim[];
  /** Whether it is to be able to do that. */
  readonly mayAct: boolean;
  /** ARNs of what the proof asks about by itself. */
  readonly asked: ReadonlySet<string>;
}

/** The shape, or undefined if it has none that others could share: then the role is asked about by itself. */
export function shapeOfRole(
  { role, claims, mayAct, asked }: RoleAsked,
  speller: Speller,
): string | undefined {
  const { arn, identity, boundary } = role;
  const shape = new Shape(speller);
  shape.say(mayAct, identity.length);
  shape.text(arn);
  shape.document(claims);
  for (const each of [...identity, boundary]) shape.policy(each, '');
  // What else there is in the world, no name tells.
  for (const each of identity) shape.say(...resourcesIn(each).map((resource) => howAsked(resource, asked)));
  return shape.end();
}

/** Whether a resource is asked about by itself, or the bucket that it is in. */
function howAsked(resource: string, asked: ReadonlySet<string>): 0 | 1 | 2 {
  const one = instanceOf(resource);
  if (asked.has(one)) return 1;
  const slash = one.indexOf('/');
  return slash >= 0 && asked.has(one.slice(0, slash)) ? 2 : 0;
}

/** The resources that statements of a policy name, as it is written: it need not be compiled for this. */
function resourcesIn({ document }: Policy): string[] {
  const { Statement } = (document ?? {}) as { readonly Statement?: unknown };
  return [Statement]
    .flat()
    .flatMap((each) => [(each as { readonly Resource?: unknown } | null)?.Resource].flat())
    .filter((each) => typeof each === 'string');
}
