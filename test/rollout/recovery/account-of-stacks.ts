/**
 * A model of CloudFormation in one account, with the templates as they are deployed: names are taken once, what is kept outlives its
 * stack, and an import has AWS’s rules. It knows nothing of what resources do.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
import type { Template, TemplateResource } from '../../../lib/assembly';
import type { TakingIn } from '../../../lib/rollout/recovery/taking-in';

/** What CloudFormation knows of a stack. */
interface Deployed {
  readonly status: 'CREATE_COMPLETE' | 'UPDATE_COMPLETE' | 'IMPORT_COMPLETE' | 'ROLLBACK_COMPLETE';
  /** By logical id, what there is of it. */
  readonly made: ReadonlyMap<string, string>;
}

/** The properties that are names; an account has one thing of a type and its names. */
const NAMES = [
  'BucketName',
  'QueueName',
  'LogGroupName',
  'TableName',
  'RoleName',
  'FunctionName',
  'TopicName',
  'StateMachineName',
  'AlarmName',
  'AliasName',
  'Bucket',
  'Name',
] as const;

const KEPT = ['Retain', 'RetainExceptOnCreate'];

/** What CloudFormation answers where it does not do it. */
export class Refused extends Error {}

/** One account. */
export class AccountOfStacks {
  readonly stacks = new Map<string, Deployed>();
  /** What there is, and its type: by its name, or by an id that AWS gave it. */
  readonly there = new Map<string, string>();
  #ids = 0;

  /** Makes a stack, or changes it. One that cannot be made leaves nothing, and stands in the way until it is deleted. */
  deploy(name: string, { Resources = {} }: Template): void {
    const known = this.stacks.get(name);
    if (known?.status === 'ROLLBACK_COMPLETE') throw new Refused(`${name} is in ROLLBACK_COMPLETE`);
    const made = new Map(known?.made);
    const fresh: string[] = [];
    for (const [logicalId, resource] of Object.entries(Resources)) {
      if (made.has(logicalId)) continue;
      const id = this.#physical(resource);
      if (this.there.has(id)) {
        for (const each of fresh) this.there.delete(each);
        if (known === undefined) this.stacks.set(name, { status: 'ROLLBACK_COMPLETE', made: new Map() });
        throw new Refused(`${logicalId}: ${id} already exists`);
      }
      this.there.set(id, resource.Type);
      fresh.push(id);
      made.set(logicalId, id);
    }
    this.stacks.set(name, { status: known ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE', made });
  }

  /** Deletes a stack, but for what is kept. */
  delete(name: string, { Resources = {} }: Template): void {
    for (const [logicalId, id] of this.stacks.get(name)?.made ?? [])
      if (!KEPT.includes(String(Resources[logicalId]?.DeletionPolicy))) this.there.delete(id);
    this.stacks.delete(name);
  }

  /** Makes a stack of what is there already. */
  take(name: string, { template, resources }: TakingIn): void {
    if (this.stacks.has(name)) throw new Refused(`${name} is there`);
    const wanted = Object.entries(template.Resources ?? {});
    const owned = new Set([...this.stacks.values()].flatMap(({ made }) => [...made.values()]));
    if (Object.keys(template).some((part) => part !== 'Resources'))
      throw new Refused('an import takes no outputs');
    if (wanted.length !== resources.length) throw new Refused('an import makes nothing');
    const made = new Map<string, string>();
    for (const [logicalId, resource] of wanted) {
      const asked = resources.find(({ LogicalResourceId }) => LogicalResourceId === logicalId);
      const [value = ''] = Object.values(asked?.ResourceIdentifier ?? {});
      const id = resource.Type === 'AWS::KMS::Key' ? value : this.#physical(resource);
      if (resource.DeletionPolicy === undefined) throw new Refused(`${logicalId} has no DeletionPolicy`);
      if (this.there.get(id) !== resource.Type || asked?.ResourceType !== resource.Type)
        throw new Refused(`${logicalId}: there is no ${resource.Type} ${value}`);
      if (!id.endsWith(value.split('/').at(-1) ?? '')) throw new Refused(`${logicalId} is not ${value}`);
      if (owned.has(id)) throw new Refused(`${id} is of another stack`);
      for (const other of referred(resource.Properties))
        if (template.Resources?.[other] === undefined) throw new Refused(`there is no ${other} to refer to`);
      made.set(logicalId, id);
    }
    this.stacks.set(name, { status: 'IMPORT_COMPLETE', made });
  }

  #physical({ Type, Properties = {} }: TemplateResource): string {
    const names = NAMES.map((each) => Properties[each]).filter((each) => typeof each === 'string');
    // Several of one name are of different types: a bucket and its policy. An alias has its function’s name and its own.
    if (names.length > 0) return `${Type} ${names.join(' ')}`;
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }
}

/** The logical ids to which a value refers. */
function referred(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referred);
  return Object.entries(value).flatMap(([name, each]) => {
    if (name === 'Ref') return String(each).startsWith('AWS::') ? [] : [String(each)];
    return name === 'Fn::GetAtt' ? [String([each].flat()[0])] : referred(each);
  });
}
