/**
 * How a stack that was deleted is made again with what outlived it: CloudFormation takes that in first, by an import into a stack of
 * nothing else, and the deployment of before adds the rest. Made anew instead, the stack would fail at the first name that is taken;
 * and where CloudFormation takes in by itself what has a name, it makes another key, under which nothing that lies there can be read.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
import { type AssemblyStack, referencesIn, type Template, type TemplateResource } from '../../assembly';
import { KEY_PURPOSE_TAG } from '../../names';

/** The longest template that goes without a bucket to lie in, in bytes. */
export const MOST_INLINE_BYTES = 51_200;

/** What outlives the stack, and by what it is known: by a name of the template’s, or by an id that AWS gave it. */
interface Kept {
  readonly logicalId: string;
  readonly type: string;
  /** The property by which CloudFormation knows it. */
  readonly by: string;
  /** Its value; absent of keys, whose ids no template has. */
  readonly is?: string;
}

/** A key that outlives the stack, and where its id stands. */
export interface KeptKey {
  readonly logicalId: string;
  /** What it is for, as its tag says: `shared-data`. One of its kind in a stack. */
  readonly purpose: string;
  /** Something that is encrypted with it, and outlives the stack too. */
  readonly encrypts?: Kept;
}

/** All of a stack that outlives it. */
export interface Outliving {
  readonly kept: readonly Kept[];
  readonly keys: readonly KeptKey[];
}

/** What an import needs: the two files. */
export interface TakingIn {
  readonly template: Template;
  readonly resources: readonly {
    readonly ResourceType: string;
    readonly LogicalResourceId: string;
    readonly ResourceIdentifier: Readonly<Record<string, string>>;
  }[];
}

/** By what CloudFormation knows each kind that we keep: `primaryIdentifier` in the registry’s schema of it. */
const KNOWN_BY: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::KMS::Key': 'KeyId',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::SQS::Queue': 'QueueUrl',
};

/** @throws RangeError where something is kept that CloudFormation would not know again */
export function outlivingOf(stack: AssemblyStack): Outliving {
  const kept = Object.entries(keptIn(stack)).map(([logicalId, resource]) =>
    keptAs(logicalId, resource, stack),
  );
  const keys = kept.flatMap(({ logicalId, is }) => {
    if (is !== undefined) return [];
    const encrypts = kept.find(
      (each) =>
        each.is !== undefined &&
        referencesIn(stack.resources[each.logicalId]?.Properties).includes(logicalId),
    );
    const purpose = purposeOf(stack.resources[logicalId]) ?? logicalId;
    return [{ logicalId, purpose, ...(encrypts && { encrypts }) }];
  });
  return { kept, keys };
}

/**
 * What an import is asked for. Its template has what is kept and nothing else, each as the stack’s own has it: an import changes nothing,
 * and the deployment after it finds nothing of it to change.
 * @param ids the id of each key, by its purpose
 * @throws RangeError where an id is missing, or what is kept refers to what is gone
 */
export function takingIn(stack: AssemblyStack, ids: ReadonlyMap<string, string>): TakingIn {
  const { kept, keys } = outlivingOf(stack);
  const purposes = new Map(keys.map(({ logicalId, purpose }) => [logicalId, purpose]));
  const names = new Set(kept.map(({ logicalId }) => logicalId));
  const Resources = Object.fromEntries(
    Object.entries(keptIn(stack)).map(([logicalId, resource]) => {
      const gone = referencesIn(resource.Properties).find(
        (each) => !names.has(each) && Object.hasOwn(stack.resources, each),
      );
      if (gone !== undefined)
        throw new RangeError(`${logicalId} refers to ${gone}, which went with ${stack.name}`);
      const { DependsOn, ...rest } = resource;
      // An order in which things are made; what went with the stack has none.
      const after = [DependsOn ?? []].flat().filter((each) => names.has(each));
      return [logicalId, { ...rest, ...(after.length > 0 && { DependsOn: after }) }];
    }),
  );
  return {
    template: { Resources },
    resources: kept.map(({ logicalId, type, by, is }) => {
      const value = is ?? ids.get(purposes.get(logicalId) ?? '');
      if (value === undefined) throw new RangeError(`nobody gave the id of ${logicalId}`);
      return { ResourceType: type, LogicalResourceId: logicalId, ResourceIdentifier: { [by]: value } };
    }),
  };
}

function keptIn({ resources }: AssemblyStack): Record<string, TemplateResource> {
  return Object.fromEntries(
    Object.entries(resources).filter(
      ([, { DeletionPolicy }]) => DeletionPolicy === 'Retain' || DeletionPolicy === 'RetainExceptOnCreate',
    ),
  );
}

function keptAs(
  logicalId: string,
  { Type, Properties = {} }: TemplateResource,
  { name, account, region }: AssemblyStack,
): Kept {
  const by = KNOWN_BY[Type];
  if (by === undefined)
    throw new RangeError(`${logicalId} of ${name} is kept, and nobody has said by what ${Type} is known`);
  const about = { logicalId, type: Type, by };
  if (Type === 'AWS::KMS::Key') return about;
  const text = Properties[Type === 'AWS::SQS::Queue' ? 'QueueName' : by];
  if (typeof text !== 'string') throw new RangeError(`${logicalId} of ${name} is kept, and has no name`);
  return {
    ...about,
    is: Type === 'AWS::SQS::Queue' ? `https://sqs.${region}.amazonaws.com/${account}/${text}` : text,
  };
}

function purposeOf(resource: TemplateResource | undefined): string | undefined {
  const tags = (resource?.Properties?.Tags ?? []) as readonly { Key?: unknown; Value?: unknown }[];
  const value = tags.find(({ Key }) => Key === KEY_PURPOSE_TAG)?.Value;
  return typeof value === 'string' ? value : undefined;
}
