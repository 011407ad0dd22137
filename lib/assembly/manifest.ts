/**
 * The CDK’s manifests: what an assembly holds, and where the assets of a stack go. Only what is asked here is looked at.
 * @see https://github.com/aws/aws-cdk/tree/main/packages/%40aws-cdk/cloud-assembly-schema
 */
import { z } from 'zod';
import { AssemblyError } from './errors';

const text = z.string().optional();

const manifestSchema = z.object({
  artifacts: z
    .record(
      z.string(),
      z.object({
        type: z.string(),
        /** `aws://123456789012/eu-west-2` */
        environment: text,
        /** What `cdk deploy` calls a stack. */
        displayName: text,
        dependencies: z.array(z.string()).optional(),
        properties: z
          .object({
            /** Of a stack. */
            templateFile: text,
            stackName: text,
            stackTemplateAssetObjectUrl: text,
            terminationProtection: z.boolean().optional(),
            assumeRoleArn: text,
            cloudFormationExecutionRoleArn: text,
            bootstrapStackVersionSsmParameter: text,
            /** Of an asset manifest. */
            file: text,
          })
          .optional(),
      }),
    )
    .default({}),
});

const assetManifestSchema = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: text }).optional(),
        destinations: z
          .record(z.string(), z.object({ bucketName: text, objectKey: text, assumeRoleArn: text }))
          .default({}),
      }),
    )
    .default({}),
});

/** `manifest.json`, as far as it is asked. */
export type Manifest = z.infer<typeof manifestSchema>;
/** An entry of it. */
type Artifact = Manifest['artifacts'][string];
/** `<stack>.assets.json`, as far as it is asked. */
export type AssetManifest = z.infer<typeof assetManifestSchema>;

/** Reads a manifest. @throws AssemblyError if it has another form */
export function manifestOf(value: unknown, file: string, folder: string): Manifest {
  return parsed(manifestSchema, value, file, folder);
}

/** Reads the manifest of a stack’s assets. @throws AssemblyError if it has another form */
export function assetManifestOf(value: unknown, file: string, folder: string): AssetManifest {
  return parsed(assetManifestSchema, value, file, folder);
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, file: string, folder: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AssemblyError(
    `${file} in ${folder} is not as the CDK writes it, at /${issue?.path.map(String).join('/')} (${issue?.message}): synthesise the assembly again`,
    { cause: result.error },
  );
}

/** A stack of the manifest. */
export interface StackArtifact {
  /** Its key among the artefacts. */
  readonly id: string;
  /** The stack’s name. */
  readonly name: string;
  /** What `cdk deploy` calls it. */
  readonly called: string;
  readonly environment: string | undefined;
  readonly properties: NonNullable<Artifact['properties']>;
  /** The names of the stacks that are deployed before it. */
  readonly waitsFor: readonly string[];
}

/** Every stack, in the order of the manifest. */
export function stackArtifacts({ artifacts }: Manifest): StackArtifact[] {
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const nameOf = new Map(stacks.map(([id, { properties }]) => [id, properties?.stackName ?? id]));
  return stacks.map(([id, { environment, displayName = id, dependencies = [], properties = {} }]) => ({
    id,
    name: nameOf.get(id) ?? id,
    called: displayName,
    environment,
    properties,
    waitsFor: dependencies.flatMap((each) => nameOf.get(each) ?? []),
  }));
}

const byTemplate = new WeakMap<Manifest, ReadonlyMap<string | undefined, StackArtifact>>();

/** What the manifest says of a stack. */
export function artifactOf(
  { manifest }: { readonly manifest: Manifest },
  { file }: { readonly file: string },
): StackArtifact | undefined {
  const known =
    byTemplate.get(manifest) ??
    new Map(stackArtifacts(manifest).map((each) => [each.properties.templateFile, each]));
  byTemplate.set(manifest, known);
  return known.get(file);
}

/** The roles through which CloudFormation is asked to deploy, and deploys. */
export interface Deployers {
  readonly asks?: string;
  readonly deploys?: string;
}

/** The roles that deploy a stack. */
export function deployersOf({ properties }: StackArtifact): Deployers {
  const { assumeRoleArn, cloudFormationExecutionRoleArn } = properties;
  return {
    ...(assumeRoleArn !== undefined && { asks: inPartition(assumeRoleArn) }),
    ...(cloudFormationExecutionRoleArn !== undefined && {
      deploys: inPartition(cloudFormationExecutionRoleArn),
    }),
  };
}

/** An ARN of the manifest, in the partition that stacks are deployed to. */
export function inPartition(arn: string): string {
  return arn.replaceAll(`\${AWS::Partition}`, 'aws');
}
