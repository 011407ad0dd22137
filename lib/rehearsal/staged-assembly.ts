/**
 * A copy of a cloud assembly as the endpoint can take it. Only what is listed is changed: whole types are left out, locks are
 * short, stacks are not protected from deletion, and functions are told where the endpoint is.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Assembly,
  type AssemblyStack,
  artifactOf,
  besideTemplate,
  MANIFEST_FILE,
  openAssembly,
  type Template,
  type TemplateResource,
  templateIn,
} from '../assembly';
import { copyFolder } from '../disk';
import { isSetAside } from './set-aside';

/** What a function needs beside its own settings. */
export interface FunctionSettings {
  /** The address of its port. */
  readonly endpoint: string;
  /** Where CloudFormation of the endpoint is asked, and takes answers. */
  readonly cloudFormation: string;
  readonly clockFile: string;
}

/** The changes to what is deployed, in words; the same for each resource that they touch. */
export const REHEARSAL_SETTINGS: readonly string[] = [
  'Types that the endpoint can’t take are left out; the lists say which.',
  'The alarm that asks metrics by a query is left out: the endpoint knows alarms on one metric alone.',
  'Object Lock: governance mode for one day, so that everything can be deleted afterwards.',
  'Stacks are not protected from deletion.',
  'Functions get the address of the endpoint, read their file from the assembly and not from a layer below /opt, and follow the clock of the rehearsal.',
];

type Json = Record<string, unknown>;
type StagedTemplate = Json & { Resources: Record<string, TemplateResource & Json> };

/** Writes the copy into a folder, and gives its stacks. */
export function stageAssembly(
  from: Assembly,
  to: string,
  settingsOf: (functionArn: string) => FunctionSettings | undefined,
): readonly AssemblyStack[] {
  copyFolder(from.folder, to);
  const manifest = from.file(MANIFEST_FILE) ?? '';
  writeFileSync(
    join(to, MANIFEST_FILE),
    manifest.replaceAll('"terminationProtection": true', '"terminationProtection": false'),
  );
  for (const stack of from.stacks) {
    const template = structuredClone(templateIn(from, stack.file)) as StagedTemplate;
    adapt(template, stack, to, settingsOf);
    replaceTemplate(openAssembly(to), stack, template);
  }
  return openAssembly(to).stacks;
}

/**
 * Puts another template in the place of a stack’s, in the assembly’s folder. A template is uploaded under its digest;
 * another content must have another.
 */
export function replaceTemplate(assembly: Assembly, stack: AssemblyStack, template: Template): void {
  const { folder } = assembly;
  const after = `${JSON.stringify(template, null, 1)}\n`;
  writeFileSync(join(folder, stack.file), after);
  const old = uploadedAs(assembly, stack);
  if (old === undefined) return;
  const digest = createHash('sha256').update(after).digest('hex');
  for (const file of [besideTemplate(stack.file, 'assets'), MANIFEST_FILE])
    writeFileSync(join(folder, file), (assembly.file(file) ?? '').replaceAll(old, digest));
}

/** The digest under which a template is uploaded; a stack without bootstrap has none. */
function uploadedAs(assembly: Assembly, stack: AssemblyStack): string | undefined {
  const { stackTemplateAssetObjectUrl: url = '' } = artifactOf(assembly, stack)?.properties ?? {};
  return /\/([0-9a-f]{64})\.json$/.exec(url)?.[1];
}

function adapt(
  template: StagedTemplate,
  stack: AssemblyStack,
  folder: string,
  settingsOf: (functionArn: string) => FunctionSettings | undefined,
): void {
  const { Resources } = template;
  const gone = new Set(
    Object.entries(Resources).flatMap(([id, resource]) => (isSetAside(resource) ? [id] : [])),
  );
  for (const id of gone) delete Resources[id];
  for (const resource of Object.values(Resources) as (Json & TemplateResource)[]) {
    const { DependsOn } = resource;
    if (DependsOn !== undefined)
      Object.assign(resource, { DependsOn: [DependsOn].flat().filter((id) => !gone.has(id)) });
    const properties = resource.Properties as Json | undefined;
    if (properties === undefined) continue;
    if (resource.Type === 'AWS::S3::Bucket') loosenLock(properties);
    if (resource.Type === 'AWS::Lambda::Function') {
      const arn = `arn:aws:lambda:${stack.region}:${stack.account}:function:${String(properties.FunctionName)}`;
      const settings = settingsOf(arn);
      if (settings) tell(properties, settings, fileOf(properties, stack, folder));
    }
  }
}

function loosenLock(properties: Json): void {
  const lock = properties.ObjectLockConfiguration as { Rule?: { DefaultRetention?: unknown } } | undefined;
  if (lock?.Rule?.DefaultRetention !== undefined)
    lock.Rule.DefaultRetention = { Mode: 'GOVERNANCE', Days: 1 };
}

/** The folder of the file that comes with the function as a layer. */
function fileOf(properties: Json, stack: AssemblyStack, folder: string): string | undefined {
  const [layer] = (properties.Layers ?? []) as { Ref?: string }[];
  const content = stack.resources[layer?.Ref ?? '']?.Properties?.Content as { S3Key?: unknown } | undefined;
  return typeof content?.S3Key === 'string'
    ? join(folder, `asset.${content.S3Key.replace(/\.zip$/, '')}`)
    : undefined;
}

function tell(
  properties: Json,
  { endpoint, cloudFormation, clockFile }: FunctionSettings,
  file: string | undefined,
): void {
  const variables = ((properties.Environment as Json | undefined)?.Variables ?? {}) as Json;
  const own = Object.entries(variables).map(([name, value]) => [
    name,
    typeof value === 'string' && value.startsWith('/opt/') && file !== undefined
      ? join(file, value.slice('/opt/'.length))
      : value,
  ]);
  properties.Environment = {
    Variables: {
      ...Object.fromEntries(own),
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ENDPOINT_URL_S3_CONTROL: endpoint,
      AWS_ENDPOINT_URL_SSM: endpoint,
      AWS_ENDPOINT_URL_IAM: endpoint,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation,
      NODE_OPTIONS: `--require ${join(__dirname, 'function-clock.cjs')}`,
      REHEARSAL_CLOCK: clockFile,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  };
}
