/** What a saved plan asks of whom: every stack of it, with its organisation and with who deploys it. */
import { type Assembly, type AssemblyStack, provenanceOf, stackArtifacts } from '../assembly';
import type { SavedPlan } from '../wire';

/** Who deploys a stack, or deletes it. */
type Deployer =
  /** The rollout, through the role of the bootstrap in the stack’s account. */
  | 'rollout'
  /** An administrator of the account: no role of the bootstrap is there, or the stack has to be told something. */
  | 'administrator'
  /** The external organisation that is handed the template. */
  | 'organisation'
  /** Whoever deletes what no template makes any more: nothing deletes it by itself. */
  | 'nobody'
  /** Whoever looks after the account of an organisation that had left before: it may be closed by now, and let nobody in. */
  | 'left-behind';

/** One stack of a plan. */
export interface FleetStack {
  readonly stack: string;
  /** What `cdk deploy` calls it. */
  readonly artifact: string;
  readonly account: string;
  readonly region: string;
  readonly change: SavedPlan['stacks'][number]['change'];
  /** Whether all that it does is to take away. */
  readonly takesAway: boolean;
  readonly by: Deployer;
  /** The organisation whose account it is; absent of the operator’s and of the management account’s. */
  readonly organisation?: string;
  /** The organisation’s sector. */
  readonly sector?: string;
  /** Those stacks of the plan that must be through before it. */
  readonly waitsFor: readonly string[];
  /** The template, in the later assembly; of a stack that is gone, in the earlier. */
  readonly template: string;
  /** How many resources it adds, changes and removes. */
  readonly resources: number;
  /** The parameters that it must be told. */
  readonly asks: readonly string[];
  /** Of one that moved: where it was, and stays until somebody deletes it. */
  readonly from?: { readonly account: string; readonly region: string };
}

/** A policy that an organisation sets on a key that it brought, before its stack is deployed. */
export interface AskedPolicy {
  readonly organisation: string;
  readonly key: string;
  readonly file: string;
}

/** All that a plan asks, in the plan’s order. */
export interface Fleet {
  readonly stacks: readonly FleetStack[];
  readonly asked: readonly AskedPolicy[];
}

/**
 * The fleet of a plan.
 * @param after the later of the plan’s two assemblies, which is bound to it
 * @param before the earlier one
 * @throws AssemblyError if one of them carries no register
 */
export function fleetOf(plan: SavedPlan, before: Assembly, after: Assembly): Fleet {
  const left = accountsLeft(before).filter((each) => accountsLeft(after).includes(each));
  const owners = new Map(
    [before, after].flatMap((assembly) =>
      provenanceOf(assembly).register.organisations.map((each) => [each.account as string, each] as const),
    ),
  );
  const planned = new Set(plan.stacks.map(({ stack }) => stack));
  const waits = new Map(stackArtifacts(after.manifest).map((each) => [each.name, each.waitsFor]));
  return {
    stacks: plan.stacks.map((each): FleetStack => {
      const { stack, artifact, account, region, change, takesAway, template, asks, from, resources } = each;
      const owner = owners.get(account);
      return {
        stack,
        artifact,
        account,
        region,
        change,
        takesAway,
        by: deployerOf(each, after, left),
        ...(owner && { organisation: owner.id, sector: owner.sector }),
        waitsFor: change === 'gone' ? [] : (waits.get(stack) ?? []).filter((other) => planned.has(other)),
        template,
        resources: resources.length,
        asks,
        ...(from && { from }),
      };
    }),
    asked: plan.asked.map(({ organisation, key, file }) => ({ organisation, key, file })),
  };
}

function deployerOf(
  { stack, account, change, handOver, asks }: SavedPlan['stacks'][number],
  { deployers }: Assembly,
  left: readonly string[],
): Deployer {
  if (change === 'gone') return 'nobody';
  if (left.includes(account)) return 'left-behind';
  if (handOver !== undefined) return 'organisation';
  return deployers.get(stack)?.asks === undefined || asks.length > 0 ? 'administrator' : 'rollout';
}

/** The accounts of organisations whose last day was over, and that of winding up, when an assembly was made. */
function accountsLeft(assembly: Assembly): string[] {
  const { asOf, register } = provenanceOf(assembly);
  return register.organisations
    .filter(({ leaves, windsUp = leaves }) => windsUp !== undefined && windsUp < asOf)
    .map(({ account }) => account);
}

/** A stack of an assembly, by its name. */
export function stackCalled({ stacks }: Assembly, name: string): AssemblyStack | undefined {
  return stacks.find((each) => each.name === name);
}
