/** The policies above accounts, and what each account begins with, as an assembly holds them. */
import { compile, type Policy } from '../iam';
import { AssemblyError } from './errors';
import { documentOf, placedIn, toldProperties } from './grounded';
import { policyIn } from './policies';
import { type AssemblyStack, isGroup, type TemplateResource } from './stack';
import { stackSetTemplate } from './stack-set-template';

/** One policy of AWS Organizations that allows or denies. */
export interface ControlPolicy {
  readonly name: string;
  /** `Guardrails/PoliciesResidency`. */
  readonly place: string;
  readonly policy: Policy;
  /** The units that it is attached to. */
  readonly units: readonly string[];
}

/** The policies above accounts. */
export interface Controls {
  readonly service: readonly ControlPolicy[];
  readonly resource: readonly ControlPolicy[];
}

/**
 * What AWS attaches to every unit from the start, and what guardrails take away from.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export const FULL_ACCESS: Policy = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { kind: 'service control', name: 'FullAWSAccess' },
);

/** Reads every service and resource control policy. @throws AssemblyError if one of them is no policy */
export function controlsIn(stacks: readonly AssemblyStack[]): Controls {
  const found = (type: string, kind: 'service control' | 'resource control') =>
    stacks.flatMap((stack) =>
      placedIn(stack).flatMap((placed): ControlPolicy[] => {
        const { id, place, resource, properties } = placed;
        if (resource.Type !== 'AWS::Organizations::Policy' || properties.Type !== type) return [];
        toldProperties(placed);
        const name = String(properties.Name);
        return [
          {
            name,
            place,
            policy: policyIn(properties.Content, kind, name, { file: stack.file, id }),
            units: Array.isArray(properties.TargetIds) ? properties.TargetIds.map(String) : [],
          },
        ];
      }),
    );
  return {
    service: found('SERVICE_CONTROL_POLICY', 'service control'),
    resource: found('RESOURCE_CONTROL_POLICY', 'resource control'),
  };
}

/** A policy of AWS Organizations on S3, which sets what every account has. */
export interface S3Policy {
  readonly name: string;
  readonly place: string;
  readonly content: unknown;
  /** The units that it is attached to. */
  readonly units: readonly string[];
}

/** Reads every policy on S3; its content is as the template has it, or as its text says. */
export function s3PoliciesIn(stacks: readonly AssemblyStack[]): S3Policy[] {
  return stacks.flatMap((stack) =>
    placedIn(stack).flatMap((placed): S3Policy[] => {
      const { id, place, resource, properties } = placed;
      if (resource.Type !== 'AWS::Organizations::Policy' || properties.Type !== 'S3_POLICY') return [];
      toldProperties(placed);
      return [
        {
          name: String(properties.Name),
          place,
          content: documentOf(properties.Content, { file: stack.file, id }),
          units: Array.isArray(properties.TargetIds) ? properties.TargetIds.map(String) : [],
        },
      ];
    }),
  );
}

/** What a StackSet gives each account of its units. */
export interface Baseline {
  readonly name: string;
  /** `Baseline/BaselineStackSet`. */
  readonly place: string;
  readonly file: string;
  /** The template in it, byte for byte. */
  readonly body: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** The units whose accounts get it. */
  readonly units: readonly string[];
  /** Whether an account that leaves the units keeps what it has. */
  readonly retains: boolean;
}

/** Reads every StackSet. @throws AssemblyError if a template in one cannot be read */
export function baselinesIn(stacks: readonly AssemblyStack[]): Baseline[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources).flatMap(([id, { Type, Properties = {} }]): Baseline[] => {
      if (Type !== 'AWS::CloudFormation::StackSet') return [];
      const name = String(Properties.StackSetName);
      return [
        {
          name,
          place: `${stack.name}/${id}`,
          file: stack.file,
          body: String(Properties.TemplateBody),
          resources: resourcesOf(Properties, stack, id),
          units: unitsOf(Properties.StackInstancesGroup),
          retains:
            isGroup(Properties.AutoDeployment) &&
            Properties.AutoDeployment.RetainStacksOnAccountRemoval === true,
        },
      ];
    }),
  );
}

function unitsOf(groups: unknown): string[] {
  return (Array.isArray(groups) ? groups : []).flatMap((group: unknown) => {
    const targets = isGroup(group) ? group.DeploymentTargets : undefined;
    const units = isGroup(targets) ? targets.OrganizationalUnitIds : undefined;
    return Array.isArray(units) ? units.map(String) : [];
  });
}

/** More than an assembly has. Worlds, custody statements and checks read each, and their texts are long. */
const MOST_READ = 8;
const read = new Map<string, Baseline['resources']>();

function resourcesOf(
  { TemplateBody }: Readonly<Record<string, unknown>>,
  { file }: AssemblyStack,
  id: string,
): Baseline['resources'] {
  const body = String(TemplateBody);
  const known = read.get(body);
  if (known !== undefined) return known;
  try {
    const resources =
      (stackSetTemplate(body) as { Resources?: Baseline['resources'] | null }).Resources ?? {};
    if (read.size >= MOST_READ) read.clear();
    read.set(body, resources);
    return resources;
  } catch (cause) {
    throw new AssemblyError(`${file}: the template in ${id} cannot be read: synthesise the assembly again`, {
      cause,
    });
  }
}

/** A baseline as a stack in one account, so that what it leaves to CloudFormation can be replaced. */
export function baselineIn(
  { name, file, resources }: Pick<Baseline, 'name' | 'file' | 'resources'>,
  account: string,
  region: string,
): AssemblyStack {
  return { name: `StackSet-${name}-1`, account, region, file, bytes: 0, resources };
}
