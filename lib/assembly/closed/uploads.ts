/**
 * What the CDK uploads before it deploys a stack, from where, to where and as whom. Each file goes under its own name into the
 * bucket of the stack’s own account, as the role that is there to upload; no program is run, and no image is made.
 * @see https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloud-assembly-schema/lib/assets/schema.ts
 */
import {
  type Account,
  type BootstrapRole,
  bootstrapRoleArn,
  stagingBucketName,
  VERSION_PARAMETER,
} from '../../names';
import type { Assembly } from '../assembly';
import { MANIFEST_FILE } from '../layout';
import { jsonIn } from '../parsed-files';
import { isGroup } from '../stack';

const OF_MANIFEST = ['version', 'files', 'dockerImages'];
const OF_FILE = ['displayName', 'source', 'destinations'];
const OF_ARTIFACT = ['file', 'requiresBootstrapStackVersion', 'bootstrapStackVersionSsmParameter'];

/** Where a stack is deployed. */
interface Place {
  readonly account: Account;
  readonly region: string;
}

type Group = Readonly<Record<string, unknown>>;

/** Everything of it that is otherwise, each with its place and what to do. */
export function unclaimedUploads(assembly: Assembly): string[] {
  const manifest = jsonIn(assembly, MANIFEST_FILE);
  if (!isGroup(manifest) || !isGroup(manifest.artifacts)) return [];
  const { artifacts } = manifest;
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (!isGroup(artifact) || !isGroup(artifact.properties)) return [];
    if (artifact.type === 'cdk:asset-manifest')
      return ofUploads(assembly, artifacts, id, artifact.properties);
    return artifact.type === 'aws:cloudformation:stack'
      ? ofStack(artifacts, id, artifact, artifact.properties)
      : [];
  });
}

function told(where: string, what: string): string {
  return `${where} ${what}, which is not judged: synthesise the assembly again`;
}

function ofStack(artifacts: Group, id: string, artifact: Group, properties: Group): string[] {
  const where = `${MANIFEST_FILE}: ${id}`;
  const { bootstrapStackVersionSsmParameter: parameter, lookupRole } = properties;
  const place = placeOf(artifact);
  const isUploaded = properties.stackTemplateAssetObjectUrl !== undefined;
  return [
    ...(parameter === undefined || parameter === VERSION_PARAMETER
      ? []
      : [told(where, `asks for its bootstrap in ${String(parameter)}`)]),
    ...(lookupRole === undefined || isRole(lookupRole, 'lookup', place)
      ? []
      : [told(where, 'is looked up as another role')]),
    ...(isUploaded && !(`${id}.assets` in artifacts)
      ? [told(where, 'uploads nothing of what it needs')]
      : []),
  ];
}

function isRole(lookup: unknown, role: BootstrapRole, place: Place | undefined): boolean {
  if (!isGroup(lookup) || place === undefined) return false;
  const { arn, requiresBootstrapStackVersion: _, bootstrapStackVersionSsmParameter, ...others } = lookup;
  return (
    Object.keys(others).length === 0 &&
    bootstrapStackVersionSsmParameter === VERSION_PARAMETER &&
    isRoleOf(arn, role, place)
  );
}

function ofUploads(assembly: Assembly, artifacts: Group, id: string, properties: Group): string[] {
  const where = `${MANIFEST_FILE}: ${id}`;
  const [, stack = ''] = /^(.+)\.assets$/.exec(id) ?? [];
  const of = artifacts[stack];
  const place = isGroup(of) ? placeOf(of) : undefined;
  const file = `${stack}.assets.json`;
  if (place === undefined || properties.file !== file)
    return [told(where, 'uploads for no stack by its name')];
  const { bootstrapStackVersionSsmParameter: parameter } = properties;
  return [
    ...unknown(where, properties, OF_ARTIFACT),
    ...(parameter === VERSION_PARAMETER
      ? []
      : [told(where, `asks for its bootstrap in ${String(parameter)}`)]),
    ...inFile(assembly, file, place),
  ];
}

function inFile(assembly: Assembly, name: string, place: Place): string[] {
  const uploads = jsonIn(assembly, name);
  if (!isGroup(uploads) || !isGroup(uploads.files)) return [told(name, 'is missing')];
  return [
    ...unknown(name, uploads, OF_MANIFEST),
    ...(isGroup(uploads.dockerImages) && Object.keys(uploads.dockerImages).length > 0
      ? [told(name, 'makes images')]
      : []),
    ...Object.entries(uploads.files).flatMap(([digest, file]) =>
      isGroup(file)
        ? ofFile(`${name}: ${digest}`, digest, file, place)
        : [told(`${name}: ${digest}`, 'is no file')],
    ),
  ];
}

function ofFile(where: string, digest: string, file: Group, place: Place): string[] {
  const { source, destinations } = file;
  const all = isGroup(destinations) ? Object.values(destinations) : [];
  const [to, ...more] = all;
  if (!isGroup(source) || !isGroup(to) || more.length > 0) return [told(where, 'does not go to one place')];
  const { path, packaging, ...beside } = source;
  const isFolder = path === `asset.${digest}` && packaging === 'zip';
  const isFile = /^[\w.-]+\.json$/.test(String(path)) && packaging === 'file';
  const { bucketName, objectKey, region, assumeRoleArn, ...others } = to;
  const isRight =
    bucketName === stagingBucketName(place.account, place) &&
    objectKey === `${digest}.${isFolder ? 'zip' : 'json'}` &&
    region === place.region &&
    isRoleOf(assumeRoleArn, 'file-publishing', place);
  return [
    ...unknown(where, file, OF_FILE),
    ...((isFolder || isFile) && Object.keys(beside).length === 0
      ? []
      : [told(where, `is made from ${String(path ?? 'a program')} in another way`)]),
    ...(isRight && Object.keys(others).length === 0
      ? []
      : [told(where, 'goes elsewhere, under another name, or is uploaded by others')]),
  ];
}

function unknown(where: string, group: Group, known: readonly string[]): string[] {
  return Object.keys(group)
    .filter((each) => !known.includes(each))
    .map((each) => told(where, `says ${each}`));
}

function placeOf({ environment }: Group): Place | undefined {
  const [, account, region] = /^aws:\/\/(\d{12})\/([\w-]+)$/.exec(String(environment)) ?? [];
  return account === undefined || region === undefined ? undefined : { account: account as Account, region };
}

/** Whether a role is that of the place, as the CDK writes it. */
function isRoleOf(arn: unknown, role: BootstrapRole, { account, region }: Place): boolean {
  return String(arn).replace(/\$\{AWS::Partition\}/g, 'aws') === bootstrapRoleArn(role, account, { region });
}
