/** How a deleted stack is made again, in words: what to look up, and the commands in order. */
import type { AssemblyStack } from '../../assembly';
import { KEY_PURPOSE_TAG } from '../../names';
import { count, plural } from '../../words';
import type { KeptKey, Outliving } from './taking-in';

/** The name of the change set by which a stack takes in what outlived it. */
const CHANGE_SET = 'concordat-takes-in';
const WAIT = 'aws cloudformation wait';

/** What is printed before the ids of its keys are known: what outlives the stack, and where each id stands. Lines without their ends. */
export function lookupLines({ name, account, region }: AssemblyStack, { kept, keys }: Outliving): string[] {
  return [
    `${plural(kept.length, 'resource')} of ${name} in ${account} ${kept.length === 1 ? 'outlives' : 'outlive'} it. The ${keys.length === 1 ? 'id of 1 key is' : `ids of ${plural(keys.length, 'key')} are`} to be looked up there:`,
    '',
    ...keys.flatMap((key) => [
      `${key.purpose}${key.encrypts ? `, as ${key.encrypts.is} names it` : ', by its tag; one that signs, by its public half too'}:`,
      `   ${lookup(key)} --region ${region} --output text`,
    ]),
    '',
    `Then the same command with --keys ${keys.map(({ purpose }) => `${purpose}=ID`).join(',')}`,
  ];
}

/**
 * The commands that bring a stack back, in order. An import looks at no setting of what it takes in, so that a key in another’s place
 * would be found by nobody: each has to say what it is for first. And a policy that somebody changed by hand is as the template has
 * it only once CloudFormation is told to look.
 * @param ids the id of each key, by its purpose
 * @param folder of the two files, as the caller names it
 * @param app the folder of the assembly, likewise
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
export function recoveryLines(
  { name, account, region }: AssemblyStack,
  { kept, keys }: Outliving,
  ids: ReadonlyMap<string, string>,
  folder: string,
  app: string,
): string[] {
  const of = `--region ${region} --stack-name ${name}`;
  return [
    `${name} is made again with ${count(kept.length)} resources that outlived it: ${kept.map(({ logicalId }) => logicalId).join(', ')}.`,
    '',
    `1. As an administrator of ${account}, with the guardrails off its unit (stage: nowhere). This must say that there is no such stack; what a deployment anew left of one is deleted first:`,
    `   aws cloudformation describe-stacks ${of}`,
    ...keys.flatMap(({ purpose }, at) => [
      ...(at === 0 ? ['2. Have each key say what it is for. An import would not notice a wrong one:'] : []),
      `   aws kms list-resource-tags --region ${region} --key-id ${ids.get(purpose)} --query "Tags[?TagKey=='${KEY_PURPOSE_TAG}'].TagValue" --output text    # ${purpose}`,
    ]),
    `${keys.length > 0 ? 3 : 2}. Take in what outlived it. The change set must have an Import for each of them and nothing else:`,
    `   aws cloudformation create-change-set ${of} --change-set-name ${CHANGE_SET} --change-set-type IMPORT --template-body file://${folder}/template.json --resources-to-import file://${folder}/resources.json`,
    `   ${WAIT} change-set-create-complete ${of} --change-set-name ${CHANGE_SET}`,
    `   aws cloudformation describe-change-set ${of} --change-set-name ${CHANGE_SET} --query "Changes[].ResourceChange.[Action,LogicalResourceId,PhysicalResourceId]" --output text`,
    `   aws cloudformation execute-change-set ${of} --change-set-name ${CHANGE_SET}`,
    `   ${WAIT} stack-import-complete ${of}`,
    `${keys.length > 0 ? 4 : 3}. Put the guardrails back. Then, with the deployers’ role, add all that went with it, and undo what was changed by hand meanwhile:`,
    `   npx cdk deploy --app ${app} --exclusively ${name} --revert-drift`,
  ];
}

/** Where the id of a key stands. What it encrypts names it; a tag alone may be on another, of a deployment that failed. */
function lookup({ purpose, encrypts }: KeptKey): string {
  switch (encrypts?.type) {
    case 'AWS::S3::Bucket':
      return `aws s3api get-bucket-encryption --bucket ${encrypts.is} --query "ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.KMSMasterKeyID"`;
    case 'AWS::Logs::LogGroup':
      return `aws logs describe-log-groups --log-group-name-prefix ${encrypts.is} --query "logGroups[0].kmsKeyId"`;
    case 'AWS::DynamoDB::Table':
      return `aws dynamodb describe-table --table-name ${encrypts.is} --query Table.SSEDescription.KMSMasterKeyArn`;
    default:
      return `aws resourcegroupstaggingapi get-resources --resource-type-filters kms:key --tag-filters Key=${KEY_PURPOSE_TAG},Values=${purpose} --query "ResourceTagMappingList[].ResourceARN"`;
  }
}
