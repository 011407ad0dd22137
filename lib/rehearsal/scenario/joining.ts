/** The zone is set up, and the organisations join it: stacks, the roles that staff take on, and the grant of the share. */

import { mkdirSync } from 'node:fs';
import { join as path } from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, DeleteRoleCommand, EntityAlreadyExistsException } from '@aws-sdk/client-iam';
import type { AssemblyStack } from '../../assembly';
import { ROLE_PATH, roleArnIn } from '../../names';
import { bootstrap, type DeployTarget, deploy } from '../deploy';
import { mayTakeOn } from '../gateway/client-sessions';
import type { Seen } from '../script';
import { withLateRights } from './first-minute';
import type { Stage } from './stage';

/** Deploys every stack. False where one could not be deployed: then nothing else is tried. */
export async function join(stage: Stage): Promise<boolean> {
  const { cast, target } = stage.props;
  const standIns = await makeStandIns(stage);
  const names: Readonly<Record<string, string>> = {
    [cast.zoneAccount]: 'The operator sets up the zone',
    [cast.owner.account]: `${cast.owner.id} joins, as the owner`,
    [cast.recipient.account]: `${cast.recipient.id} joins, as the recipient`,
    [cast.third.account]: `${cast.third.id} joins, as a third organisation`,
  };
  // The owner comes last: its broker then finds those that it shares with. One after another, because an endpoint may end a
  // function that runs while another account makes one of the same name.
  const accounts = [cast.zoneAccount, cast.third.account, cast.recipient.account, cast.owner.account];
  const bootstraps = new Bootstraps(accounts, target);
  try {
    for (const account of accounts) {
      await standIns.remove(account);
      const plan = {
        step: names[account] ?? account,
        expected: 'deployed',
        decidedBy: 'the endpoint',
      } as const;
      const joins = () =>
        stage.step(plan, async () => {
          await bootstraps.of(account);
          return await deployAccount(stage, account);
        });
      const joined = await (account === cast.owner.account ? withLateRights(stage, joins) : joins());
      if (!joined) return false;
    }
    return true;
  } finally {
    await bootstraps.ended();
  }
}

/** The bootstraps of several accounts, side by side: they have no functions, so they can’t get into each other’s way. */
class Bootstraps {
  readonly #begun: ReadonlyMap<string, Promise<void>>;

  constructor(accounts: readonly string[], target: DeployTarget) {
    this.#begun = new Map(
      accounts.map((account) => {
        const folder = path(target.folder, account);
        mkdirSync(folder, { recursive: true });
        return [account, bootstrap(account, { ...target, folder })];
      }),
    );
    // Each is waited for at the step of its account, and fails there.
    for (const each of this.#begun.values()) each.catch(() => undefined);
  }

  async of(account: string): Promise<void> {
    await this.#begun.get(account);
  }

  /** Waits until none runs any longer, however it ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#begun.values());
  }
}

async function deployAccount(stage: Stage, account: string): Promise<Seen> {
  const { cast, target, gateway } = stage.props;
  const stacks = cast.stacks.filter((each) => each.account === account);
  const seen: string[] = [];
  for (const stack of stacks) {
    for (const point of accessPointsIn(stack)) gateway.points.make(point);
    await deploy(stack.name, account, target);
    const { Stacks } = await stage
      .as(account)
      .cloudFormation()
      .send(new DescribeStacksCommand({ StackName: stack.name }));
    seen.push(Stacks?.[0]?.StackStatus ?? 'missing');
  }
  const passed = seen.every((each) => each === 'CREATE_COMPLETE' || each === 'UPDATE_COMPLETE');
  return { seen: passed ? 'deployed' : seen.join(', '), passed };
}

/** The access points of a template, as they are before any change. */
export function accessPointsIn(stack: AssemblyStack) {
  return Object.values(stack.resources)
    .filter(({ Type }) => Type === 'AWS::S3::AccessPoint')
    .map(({ Properties = {} }) => ({
      account: stack.account,
      name: String(Properties.Name),
      bucket: String(Properties.Bucket),
      policy: Properties.Policy,
    }));
}

/** Roles that stand in for those which a stack would make. */
interface StandIns {
  /** Takes those of an account away, before its own stack makes them. */
  readonly remove: (account: string) => Promise<void>;
}

/**
 * Makes the collect roles of organisations that join later than a sharer, or not at all, and nothing else of theirs: a broker
 * that finds no role waits a minute for it.
 */
async function makeStandIns(stage: Stage): Promise<StandIns> {
  const { world, cast } = stage.props;
  const deployed = new Set(cast.stacks.map(({ account }) => account));
  const grantees = new Set(
    world.keys
      .filter(({ account }) => deployed.has(account))
      .flatMap(({ grants }) => grants.map(({ grantee }) => grantee)),
  );
  const made: { readonly account: string; readonly RoleName: string }[] = [];
  for (const arn of grantees) {
    const account = arn.split(':')[4] ?? '';
    const RoleName = arn.slice(arn.lastIndexOf('/') + 1);
    try {
      await stage
        .as(account)
        .iam()
        .send(
          new CreateRoleCommand({
            Path: ROLE_PATH,
            RoleName,
            AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
          }),
        );
      made.push({ account, RoleName });
    } catch (error) {
      if (!(error instanceof EntityAlreadyExistsException)) throw error;
    }
  }
  return {
    remove: async (account) => {
      for (const { RoleName } of made.filter((each) => each.account === account))
        await stage.as(account).iam().send(new DeleteRoleCommand({ RoleName }));
    },
  };
}

/** Declared principals can take on a role; others of the same account cannot. */
export async function takeOnRoles(stage: Stage): Promise<void> {
  const { owner, recipient } = stage.props.cast;
  for (const [organisation, purpose, staff] of [
    [owner, 'deposit', owner.mayDeposit?.[0]],
    [recipient, 'collect', recipient.mayCollect[0]],
  ] as const) {
    const another = `arn:aws:iam::${organisation.account}:role/somebody-else`;
    for (const [who, expected] of [
      [staff ?? another, 'allowed'],
      [another, 'refused'],
    ] as const)
      await stage.step(
        {
          step: `${who.split(':role/')[1]} of ${organisation.id} takes on the ${purpose} role`,
          expected,
          decidedBy: 'decided by simulation',
        },
        async () => trusts(stage, roleArnIn(organisation.account, purpose), who, expected),
      );
  }
}

/** Whether a role may take on another: by the other’s trust policy, whatever its own account allows. */
export function trusts({ props: { world } }: Stage, arn: string, who: string, expected: string): Seen {
  const ruling = mayTakeOn(world, arn, who);
  const seen = ruling.unjudged ? 'not judged' : ruling.allowed ? 'allowed' : 'refused';
  return { seen, passed: seen === expected, why: ruling.why };
}
