/** What a manifest has deployed besides the stacks that are read: nothing of it is passed over. */
import type { Assembly } from '../assembly';
import { assetManifestIn } from '../assets';
import { besideTemplate, MANIFEST_FILE } from '../layout';
import { jsonIn } from '../parsed-files';
import { isGroup } from '../stack';

/** What the manifest itself says; how it is read follows from the first two. */
const OF_MANIFEST = new Set(['version', 'artifacts', 'minimumCliVersion', 'runtime']);
/** Types of artefact that are read, and one that only tells which flags the CDK was run with. */
const OF_STACK = 'aws:cloudformation:stack';
const READ = new Set([OF_STACK, 'cdk:asset-manifest', 'cdk:feature-flag-report']);
/**
 * What an artefact of a stack may say: each is read, or says only how the CDK is to look for its bootstrap. Parameters,
 * tags that every resource would get, topics that are told of each event, and further ways to take on a role are not among them.
 * @see https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloud-assembly-schema/lib/cloud-assembly/artifact-schema.ts
 */
const OF_STACKS = new Set([
  'additionalDependencies',
  'assumeRoleArn',
  'bootstrapStackVersionSsmParameter',
  'cloudFormationExecutionRoleArn',
  'lookupRole',
  'requiresBootstrapStackVersion',
  'stackName',
  'stackTemplateAssetObjectUrl',
  'templateFile',
  'terminationProtection',
  'validateOnSynth',
]);

/** Of each artefact: how it is read, in which order, and what it is called at a desk. */
const OF_ARTIFACTS = new Set([
  'additionalMetadataFile',
  'dependencies',
  'displayName',
  'environment',
  'properties',
  'type',
]);
/** Everything that nothing here reads, each with its place and what to do. */
export function unclaimedArtifacts(assembly: Assembly): string[] {
  const manifest = jsonIn(assembly, MANIFEST_FILE);
  if (!isGroup(manifest) || !isGroup(manifest.artifacts)) return [];
  return [
    ...Object.keys(manifest)
      .filter((name) => !OF_MANIFEST.has(name) && !isEmpty(manifest[name]))
      .map((name) => `${MANIFEST_FILE} says ${name}, which is not judged: take it out`),
    ...Object.entries(manifest.artifacts).flatMap(([id, artifact]) =>
      isGroup(artifact) ? ofArtifact(assembly, id, artifact) : [],
    ),
  ];
}

function ofArtifact(assembly: Assembly, id: string, artifact: Readonly<Record<string, unknown>>): string[] {
  const type = String(artifact.type);
  const where = `${MANIFEST_FILE}: ${id}`;
  if (!READ.has(type))
    return [
      `${where} is of type ${type}, and what that would deploy is not judged: take it out, or synthesise its stacks into this assembly`,
    ];
  const beside = Object.keys(artifact)
    .filter((name) => !OF_ARTIFACTS.has(name))
    .map((name) => `${where} says ${name}, which is not judged: take it out`);
  if (type !== OF_STACK || !isGroup(artifact.properties)) return beside;
  const { properties } = artifact;
  return [
    ...beside,
    ...Object.keys(properties)
      .filter((name) => !OF_STACKS.has(name))
      .map((name) => `${where} has ${name}, which changes what is deployed and is not judged: take it out`),
    // The CDK acts on what is noted there; what lies beside the template is read.
    ...(isNotedBeside(artifact)
      ? []
      : [
          `${where} has its notes in ${String(artifact.additionalMetadataFile)}, which are not judged: synthesise the assembly again`,
        ]),
    // By another name it would be a second stack beside the one that is deployed.
    ...(properties.stackName === undefined || properties.stackName === id
      ? []
      : [
          `${where} is deployed as the stack ${String(properties.stackName)}, which is not judged: take stackName out`,
        ]),
    ...ofTemplate(assembly, where, properties),
  ];
}

function isNotedBeside({
  additionalMetadataFile: notes,
  properties,
}: Readonly<Record<string, unknown>>): boolean {
  const { templateFile } = properties as { readonly templateFile?: unknown };
  return notes === undefined || notes === besideTemplate(String(templateFile), 'metadata');
}

/** The CDK deploys what lies at the address, which must be the template that is read. */
function ofTemplate(
  assembly: Assembly,
  where: string,
  { templateFile, stackTemplateAssetObjectUrl: url }: Readonly<Record<string, unknown>>,
): string[] {
  if (url === undefined || typeof templateFile !== 'string') return [];
  const uploads = Object.values(assetManifestIn(assembly, { file: templateFile }).files).flatMap(
    ({ source, destinations }) =>
      source?.path === templateFile
        ? Object.values(destinations).map(({ bucketName, objectKey }) => `s3://${bucketName}/${objectKey}`)
        : [],
  );
  if (uploads.some((each) => each === url)) return [];
  return [
    `${where} is deployed from ${String(url)}, where no asset of it puts ${templateFile}: what lies there is not judged; synthesise the assembly again`,
  ];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
