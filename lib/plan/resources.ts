/**
 * Resources that hold data or are known to others by name, and that a deployment would replace, delete, let go of, or fail on,
 * as far as templates tell.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html no replacement under
 *   the same custom name
 */
import { type AssemblyStack, baselinesIn, resolved, type TemplateResource } from '../assembly';
import { replacingOf } from './replacing';

/** One resource that is not simply changed in place. */
export interface ResourceFate {
  readonly stack: string;
  /** `Organisation-leeds/ExchangeBucketD38FE645`. */
  readonly place: string;
  readonly type: ResourceType;
  /** Its name in AWS, where the template gives one. */
  readonly name?: string;
  /**
   * `replaced`: CloudFormation makes another and ends the old one. `refused`: CloudFormation refuses the update. `moved`: the
   * same name is made at another place. `gone`: no template makes it any more. `leaves units`: a StackSet has units no longer, and
   * with each of them the stacks of all accounts in it are deleted.
   */
  readonly fate: 'replaced' | 'refused' | 'moved' | 'gone' | 'leaves units';
  /** Whether the old one stays in AWS, where no stack looks after it. */
  readonly kept: boolean;
  /** The properties that decide it, as they were and are. */
  readonly properties: readonly {
    readonly name: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
  /** Where the same name is made now. */
  readonly to?: { readonly stack: string; readonly place: string };
}

/** The types of resource that a plan tells the fate of. */
export type ResourceType =
  | 'AWS::S3::Bucket'
  | 'AWS::KMS::Key'
  | 'AWS::DynamoDB::Table'
  | 'AWS::S3::AccessPoint'
  | 'AWS::IAM::Role'
  | 'AWS::CloudFormation::StackSet'
  | 'AWS::Logs::LogGroup'
  | 'AWS::SQS::Queue';

interface Kind {
  /** The property that gives the name. */
  readonly name?: string;
  /** A change of any of these is refused. */
  readonly refused?: readonly string[];
  /** Ends with its share, which is told there. */
  readonly endsWithShare?: true;
  /** Goes with its stack without a word: of that it is told already. */
  readonly endsWithStack?: true;
}

const KINDS: Readonly<Record<ResourceType, Kind>> = {
  'AWS::S3::Bucket': { name: 'BucketName' },
  // aws-resource-kms-key.html: the update fails, regardless of UpdateReplacePolicy
  'AWS::KMS::Key': { refused: ['KeySpec', 'KeyUsage', 'Origin', 'MultiRegion'] },
  'AWS::DynamoDB::Table': { name: 'TableName' },
  'AWS::S3::AccessPoint': { name: 'Name', endsWithShare: true },
  'AWS::IAM::Role': { name: 'RoleName', endsWithShare: true },
  'AWS::CloudFormation::StackSet': { name: 'StackSetName' },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', endsWithStack: true },
  'AWS::SQS::Queue': { name: 'QueueName', endsWithStack: true },
};

/** All of them. @internal The tests ask about each. */
export const RESOURCE_TYPES = Object.keys(KINDS) as ResourceType[];

interface Made {
  readonly stack: string;
  readonly place: string;
  readonly account: string;
  readonly region: string;
  readonly type: ResourceType;
  readonly resource: TemplateResource;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What becomes of each such resource of the first stacks. What is new loses nothing and is not told. */
export function resourceFates(
  before: readonly AssemblyStack[],
  after: readonly AssemblyStack[],
): ResourceFate[] {
  const now = madeIn(after);
  const places = new Map(now.map((each) => [`${each.type} ${each.place}`, each]));
  const staying = new Set(after.map(({ name }) => name));
  const ofUnits = unitsLeft(before, after);
  const others = madeIn(before).flatMap((was): ResourceFate[] => {
    const kind = KINDS[was.type];
    const same = places.get(`${was.type} ${was.place}`);
    const is = same?.account === was.account && same.region === was.region ? same : undefined;
    const fate = is === undefined ? fateOfGone(was, kind, now) : fateOfChanged(was, is, kind);
    if (fate === undefined) return [];
    if (fate.fate === 'gone' && kind.endsWithStack && !staying.has(was.stack)) return [];
    const name = nameOf(was, kind);
    const { stack, place, type } = was;
    return [{ stack, place, type, ...(name !== undefined && { name }), ...fate }];
  });
  return [...ofUnits, ...others];
}

/**
 * The StackSets that leave units. What CloudFormation says of accounts that leave a unit holds for no unit that leaves: it deletes their
 * stacks, before it makes anything in the units that are new.
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-cloudformation UpdateHandler, RequestTranslator
 */
function unitsLeft(before: readonly AssemblyStack[], after: readonly AssemblyStack[]): ResourceFate[] {
  const now = new Map(baselinesIn(after).map((each) => [each.place, each.units]));
  return baselinesIn(before).flatMap(({ name, place, units, retains }): ResourceFate[] => {
    const still = now.get(place);
    // Of one that retains nothing, nobody expects anything else.
    if (still === undefined || !retains || units.every((each) => still.includes(each))) return [];
    const [stack = ''] = place.split('/');
    const left = units.filter((each) => !still.includes(each));
    return [
      {
        stack,
        place,
        type: 'AWS::CloudFormation::StackSet',
        name,
        fate: 'leaves units',
        kept: false,
        properties: [{ name: 'OrganizationalUnitIds', before: left, after: still }],
      },
    ];
  });
}

type Fate = Omit<ResourceFate, 'stack' | 'place' | 'type' | 'name'>;

function fateOfGone(was: Made, kind: Kind, now: readonly Made[]): Fate | undefined {
  const name = nameOf(was, kind);
  const kept = isKept(was.resource, 'DeletionPolicy');
  const other = now.find(
    (each) =>
      name !== undefined &&
      each.type === was.type &&
      each.account === was.account &&
      nameOf(each, kind) === name,
  );
  if (other !== undefined)
    return { fate: 'moved', kept, properties: [], to: { stack: other.stack, place: other.place } };
  return kind.endsWithShare ? undefined : { fate: 'gone', kept, properties: [] };
}

function fateOfChanged(was: Made, is: Made, kind: Kind): Fate | undefined {
  const differing = (names: readonly string[]) =>
    names.flatMap((name) => {
      const [before, after] = [was.properties[name], is.properties[name]];
      return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ name, before, after }];
    });
  const kept = isKept(was.resource, 'UpdateReplacePolicy');
  const refused = differing(kind.refused ?? []);
  if (refused.length > 0) return { fate: 'refused', kept, properties: refused };
  const replacing = differing(replacingOf(was.type));
  if (replacing.length === 0) return undefined;
  const name = nameOf(was, kind);
  const refuses = name !== undefined && name === nameOf(is, kind);
  return { fate: refuses ? 'refused' : 'replaced', kept, properties: replacing };
}

function isKept(resource: TemplateResource, policy: 'DeletionPolicy' | 'UpdateReplacePolicy'): boolean {
  return /^Retain/.test(String((resource as unknown as Record<string, unknown>)[policy]));
}

function nameOf({ properties }: Made, { name }: Kind): string | undefined {
  const value = name === undefined ? undefined : properties[name];
  return typeof value === 'string' ? value : undefined;
}

function madeIn(stacks: readonly AssemblyStack[]): Made[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources).flatMap(([id, resource]): Made[] => {
      const type = RESOURCE_TYPES.find((each) => each === resource.Type);
      if (type === undefined) return [];
      const { name: named, refused = [] } = KINDS[type];
      const telling = Object.entries(resource.Properties ?? {}).filter(
        ([name]) => name === named || replacingOf(type).includes(name) || refused.includes(name),
      );
      return [
        {
          stack: stack.name,
          place: `${stack.name}/${id}`,
          account: stack.account,
          region: stack.region,
          type,
          resource,
          properties: resolved(Object.fromEntries(telling), stack) as Made['properties'],
        },
      ];
    }),
  );
}
