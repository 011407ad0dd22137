/** Every resource of an assembly with what it is called in AWS and how it is set, for those who ask whether that is as it should be. */
import type { Assembly } from './assembly';
import { type Called, calledIn, withCalled } from './called';
import { contentOf, type MadeContent } from './content';
import { type Placed, placedIn } from './grounded';
import { MANIFEST_FILE } from './layout';
import { artifactOf } from './manifest';
import type { AssemblyStack } from './stack';
import { waitedFor } from './waits';

/** One resource. */
export interface MadeThing {
  /** `Zone/LogArchiveQueueB1BD8E4F`. */
  readonly place: string;
  readonly type: string;
  readonly account: string;
  readonly region: string;
  /** What AWS calls it, where its template names it. */
  readonly name: string;
  /**
   * With functions replaced, and references by what they lead to: a key is `the key of log-files`, a layer `the layer
   * concordat-grant-broker-file`, a rule without a name `the schedule of concordat-ledger-seal`.
   */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What becomes of it when its stack lets go of it; CloudFormation’s own way where nothing is said. */
  readonly whenDropped: unknown;
  readonly whenReplaced: unknown;
  /** The places of what CloudFormation makes before it, in order; of types that lose something where they come too early. */
  readonly waitsFor?: readonly string[];
  /** What its code, or the content of its layer, is; of functions and layers. */
  readonly content?: MadeContent;
}

/** Every resource of every stack, in the order of stacks and templates. */
export function thingsOf(assembly: Assembly): MadeThing[] {
  return assembly.stacks.flatMap((stack) => [stackItself(assembly, stack), ...thingsIn(assembly, stack)]);
}

/** The resources of one stack. */
export function thingsIn(assembly: Assembly, stack: AssemblyStack): MadeThing[] {
  const called = calledIn(stack);
  return placedIn(stack).map((placed) => thingOf(assembly, placed, called));
}

/** A stack as the manifest has it deployed. */
const STACK_TYPE = 'AWS::CloudFormation::Stack';

function stackItself(assembly: Assembly, stack: AssemblyStack): MadeThing {
  const { name, account, region } = stack;
  const { asks, deploys } = assembly.deployers.get(name) ?? {};
  return {
    place: MANIFEST_FILE,
    type: STACK_TYPE,
    account,
    region,
    name,
    properties: {
      region,
      ...(asks !== undefined && { assumeRoleArn: asks }),
      ...(deploys !== undefined && { cloudFormationExecutionRoleArn: deploys }),
      terminationProtection: artifactOf(assembly, stack)?.properties.terminationProtection === true,
    },
    whenDropped: undefined,
    whenReplaced: undefined,
  };
}

function thingOf(assembly: Assembly, placed: Placed, called: Called): MadeThing {
  const { place, stack, resource, properties, id } = placed;
  const content = contentOf(assembly, stack, properties);
  return {
    place,
    type: resource.Type,
    account: stack.account,
    region: stack.region,
    name: called.nameOf(id),
    properties: withCalled(properties, called),
    whenDropped: resource.DeletionPolicy,
    whenReplaced: resource.UpdateReplacePolicy,
    ...(IN_ORDER.has(resource.Type) && {
      waitsFor: [...waitedFor(stack, id)].map((each) => `${stack.name}/${each}`).sort(),
    }),
    ...(content && { content }),
  };
}

/** They lose something where they are there before what they need, and AWS makes them all the same. */
const IN_ORDER = new Set([
  'AWS::CloudFormation::CustomResource',
  'AWS::Events::Rule',
  'AWS::GuardDuty::MalwareProtectionPlan',
  'AWS::Lambda::EventSourceMapping',
]);
