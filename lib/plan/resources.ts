/**
 * Resources that hold data or are known to others by name, and that a deployment would replace, delete, let go of, or fail on,
 * as far as templates tell.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html no replacement under
 *   the same custom name
 */
import { type AssemblyStack, resolved, type TemplateResource } from '../assembly';

/** One resource that is not simply changed in place. */
export interface ResourceFate {
  /** `Organisation-leeds/ExchangeBucketD38FE645`. */
  readonly place: string;
  /** `bucket`. */
  readonly noun: string;
  /** Its name in AWS, where the template gives one. */
  readonly name?: string;
  /**
   * `replaced`: CloudFormation makes another and ends the old one. `refused`: CloudFormation refuses the update. `moved`: the
   * same name is made at another place. `gone`: no template makes it any more.
   */
  readonly fate: 'replaced' | 'refused' | 'moved' | 'gone';
  /** Whether the old one stays in AWS, where no stack looks after it. */
  readonly kept: boolean;
  /** The properties that decide it, as they were and are. */
  readonly properties: readonly {
    readonly name: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
  /** Where the same name is made now. */
  readonly to?: string;
}

interface Kind {
  readonly noun: string;
  /** The property that gives the name. */
  readonly name?: string;
  /** A change of any of these means another resource. */
  readonly replacing: readonly string[];
  /** A change of any of these is refused. */
  readonly refused?: readonly string[];
  /** Ends with its share, which is told there. */
  readonly endsWithShare?: true;
}

/** Each with its page, under https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ */
const KINDS: Readonly<Record<string, Kind>> = {
  // aws-resource-s3-bucket.html
  'AWS::S3::Bucket': { noun: 'bucket', name: 'BucketName', replacing: ['BucketName'] },
  // aws-resource-kms-key.html: the update fails, regardless of UpdateReplacePolicy
  'AWS::KMS::Key': {
    noun: 'key',
    replacing: [],
    refused: ['KeySpec', 'KeyUsage', 'Origin', 'MultiRegion'],
  },
  // aws-resource-dynamodb-table.html
  'AWS::DynamoDB::Table': { noun: 'table', name: 'TableName', replacing: ['TableName', 'KeySchema'] },
  // aws-resource-s3-accesspoint.html
  'AWS::S3::AccessPoint': {
    noun: 'access point',
    name: 'Name',
    replacing: ['Name', 'Bucket', 'BucketAccountId', 'VpcConfiguration'],
    endsWithShare: true,
  },
  // aws-resource-iam-role.html
  'AWS::IAM::Role': { noun: 'role', name: 'RoleName', replacing: ['RoleName', 'Path'], endsWithShare: true },
};

interface Made {
  readonly place: string;
  readonly account: string;
  readonly region: string;
  readonly type: string;
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
  return madeIn(before).flatMap((was): ResourceFate[] => {
    const kind = KINDS[was.type];
    if (kind === undefined) return [];
    const same = places.get(`${was.type} ${was.place}`);
    const is = same?.account === was.account && same.region === was.region ? same : undefined;
    const fate = is === undefined ? fateOfGone(was, kind, now) : fateOfChanged(was, is, kind);
    if (fate === undefined) return [];
    const name = nameOf(was, kind);
    return [{ place: was.place, noun: kind.noun, ...(name !== undefined && { name }), ...fate }];
  });
}

type Fate = Omit<ResourceFate, 'place' | 'noun' | 'name'>;

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
  if (other !== undefined) return { fate: 'moved', kept, properties: [], to: other.place };
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
  const replacing = differing(kind.replacing);
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
    Object.entries(stack.resources).map(([id, resource]) => ({
      place: `${stack.name}/${id}`,
      account: stack.account,
      region: stack.region,
      type: resource.Type,
      resource,
      properties: resolved(
        Object.fromEntries(
          Object.entries(resource.Properties ?? {}).filter(([name]) =>
            [KINDS[resource.Type]?.replacing, KINDS[resource.Type]?.refused].some((list) =>
              list?.includes(name),
            ),
          ),
        ),
        stack,
      ) as Made['properties'],
    })),
  );
}
