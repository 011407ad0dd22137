/** What a custody statement is read from: the templates, and the files that lie beside them in a cloud assembly. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AssemblyStack, readAssembly, readJson } from './assembly';

/** A cloud assembly as far as custody is concerned. */
export interface CustodySource {
  readonly stacks: readonly AssemblyStack[];
  /** What a stack’s template says of itself, by the stack’s name. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** The roles that deploy a stack, by the stack’s name. */
  readonly deployers: ReadonlyMap<string, Deployers>;
  /** The day that the assembly was made for, and the digest of the register; absent in an assembly of another making. */
  readonly origin: { readonly asOf: string; readonly registerDigest: string } | undefined;
  /** The text of the asset under this name in S3, if the stack has it and it holds such a file. */
  readonly assetFile: (stack: AssemblyStack, s3Key: string, file: string) => string | undefined;
  /** The text of a file beside the templates, if there is one. */
  readonly file: (name: string) => string | undefined;
}

/** The roles through which CloudFormation is asked to deploy, and deploys. */
export interface Deployers {
  readonly asks?: string;
  readonly deploys?: string;
}

interface Manifest {
  readonly artifacts?: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly properties?: {
          readonly stackName?: string;
          readonly assumeRoleArn?: string;
          readonly cloudFormationExecutionRoleArn?: string;
        };
      }
    >
  >;
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source?: { readonly path?: string };
        readonly destinations?: Readonly<Record<string, { readonly objectKey?: string }>>;
      }
    >
  >;
}

/** Where the policy is that an organisation is asked to set on a key that it brought. */
export function askedPolicyFile(organisation: string): string {
  return `key-policy-${organisation}.json`;
}

/** Reads an assembly from its folder. @throws AssemblyError if it cannot be read */
export function readCustodySource(folder: string): CustodySource {
  const stacks = readAssembly(folder);
  const { artifacts = {} } = readJson<Manifest>(folder, 'manifest.json').value;
  const text = (name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined;
  return {
    stacks,
    descriptions: new Map(
      stacks.map(({ name, file }) => [
        name,
        readJson<{ Description?: string }>(folder, file).value.Description ?? '',
      ]),
    ),
    deployers: new Map(
      Object.entries(artifacts).flatMap(([id, { type, properties = {} }]) =>
        type === 'aws:cloudformation:stack'
          ? [[properties.stackName ?? id, deployersOf(properties)] as const]
          : [],
      ),
    ),
    origin:
      text('concordat.json') === undefined
        ? undefined
        : readJson<NonNullable<CustodySource['origin']>>(folder, 'concordat.json').value,
    assetFile: (stack, s3Key, file) => {
      const manifest = stack.file.replace(/\.template\.json$/, '.assets.json');
      if (text(manifest) === undefined) return undefined;
      const { files = {} } = readJson<AssetManifest>(folder, manifest).value;
      const asset = Object.values(files).find(({ destinations = {} }) =>
        Object.values(destinations).some(({ objectKey }) => objectKey === s3Key),
      );
      return asset?.source?.path === undefined ? undefined : text(join(asset.source.path, file));
    },
    file: text,
  };
}

function deployersOf({
  assumeRoleArn,
  cloudFormationExecutionRoleArn,
}: {
  readonly assumeRoleArn?: string;
  readonly cloudFormationExecutionRoleArn?: string;
}): Deployers {
  const plain = (arn: string) => arn.replaceAll(`\${AWS::Partition}`, 'aws');
  return {
    ...(assumeRoleArn !== undefined && { asks: plain(assumeRoleArn) }),
    ...(cloudFormationExecutionRoleArn !== undefined && { deploys: plain(cloudFormationExecutionRoleArn) }),
  };
}
