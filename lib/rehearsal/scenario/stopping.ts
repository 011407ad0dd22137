/** A share is stopped in an emergency: no hourly run and no deployment opens it, until the stop is lifted. */
import { createHash } from 'node:crypto';
import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type AssemblyStack, isGroup, openAssembly, type Template, templateIn } from '../../assembly';
import { type BrokerAlias, GRANT_BROKER_FUNCTION, roleArnIn } from '../../names';
import { readStopAnswer, type StopAnswer, type StopOrder } from '../../wire';
import type { Cast } from '../cast';
import { clientsOf } from '../clients';
import { deploy } from '../deploy';
import { RehearsalError } from '../errors';
import type { Actor } from '../gateway/caller';
import type { Seen } from '../script';
import { replaceTemplate } from '../staged-assembly';
import { answeredBy, call } from './functions';
import { grantsOfShare } from './grants';
import { accessPointsIn, trusts } from './joining';
import type { Stage } from './stage';
import { collect } from './transfers';

const PLAYED = 'KMS grants, access points and the alias of a function are played by the rehearsal';
const ENDED = 'its access point is closed, and no grant is left';
const LIFTED = 'its access point is open, and it has one grant';
const HELD = 'fails at the broker’s run, and leaves the share stopped';
/** The Sid by which the broker knows a stop. */
const STOPPED = 'StoppedInAnEmergency';

/** Stops the share, deploys the owner’s stack in between, lifts the stop. `noStopSince` says whether it can be played. */
export async function shareIsStopped(stage: Stage): Promise<void> {
  const { owner, recipient } = stage.props.cast;
  const [stopper = '', lifter = ''] = [owner.mayStop?.[0], owner.mayLift?.[0]];
  const asks = (words: string, expected: 'allowed' | 'refused') =>
    collect(stage, stage.role(recipient.account, 'collect'), `${recipient.id} ${words}`, {
      file: 'clean',
      way: 'access point',
      expected,
    });
  await takesOn(stage, stopper, 'stop', 'allowed');
  await takesOn(stage, stopper, 'lift', 'refused');
  await orders(stage, 'stop');
  await stopCannotLift(stage);
  await asks('asks for the clean file while the share is stopped', 'refused');
  await deployedAgain(stage, HELD);
  await asks('asks again after that deployment', 'refused');
  await hourlyRunHolds(stage);
  await asks('asks again after that run', 'refused');
  await takesOn(stage, lifter, 'lift', 'allowed');
  await orders(stage, 'lift');
  await asks('collects again', 'allowed');
  await deployedAgain(stage, 'deployed');
}

/** Why a stop can’t be played; undefined where it can. */
export function noStopSince({ owner }: Cast): string | undefined {
  return owner.mayStop && owner.mayLift
    ? undefined
    : `A stop in an emergency: the register has to name roles of ${owner.id} under mayStop and mayLift.`;
}

/** The owner’s people may take on the role of their right, and no other. */
async function takesOn(stage: Stage, who: string, right: BrokerAlias, expected: 'allowed' | 'refused') {
  const { owner } = stage.props.cast;
  await stage.step(
    {
      step: `${who.split(':role/')[1]} of ${owner.id} takes on the ${right} role`,
      expected,
      decidedBy: 'decided by simulation',
    },
    async () => trusts(stage, roleArnIn(owner.account, right), who, expected),
  );
}

/** Orders the broker to stop or to lift, and looks how the share stands then. */
async function orders(stage: Stage, alias: BrokerAlias): Promise<void> {
  const { cast } = stage.props;
  const expected = alias === 'stop' ? ENDED : LIFTED;
  await stage.step(
    {
      step:
        alias === 'stop'
          ? `${cast.owner.id} stops the share, by the broker’s alias stop`
          : `${cast.owner.id} lifts the stop, by the broker’s alias lift`,
      expected,
      decidedBy: 'the function',
      played: PLAYED,
    },
    async () => {
      const { outcome, why, answer, failure } = await order(
        stage,
        stage.role(cast.owner.account, alias),
        alias,
      );
      if (answer === undefined) return { seen: failure ?? outcome, passed: false, why };
      const { words, isStopped, isShared } = standing(stage);
      const failed = answer.steps.filter((each) => each.failed).map(({ step, error }) => `${step}: ${error}`);
      if (!answer.complete) return { seen: `not complete; ${words}`, passed: false, why: failed };
      return { seen: words, passed: alias === 'stop' ? isStopped : isShared, why };
    },
  );
}

/** The right to stop is not the right to lift. */
async function stopCannotLift(stage: Stage): Promise<void> {
  const actor = stage.role(stage.props.cast.owner.account, 'stop');
  await stage.step(
    {
      step: 'The stop role calls the broker by its alias lift',
      expected: 'refused',
      decidedBy: 'decided by simulation',
    },
    async () => {
      const { outcome, why } = await order(stage, actor, 'lift');
      return { seen: outcome, passed: outcome === 'refused', why };
    },
  );
}

/** CloudFormation writes the access point’s policy, as going back does too, and the broker’s next run comes. */
async function hourlyRunHolds(stage: Stage): Promise<void> {
  await stage.step(
    {
      step: 'The access point’s policy is written without the stop, and the broker’s hourly run comes',
      expected: ENDED,
      decidedBy: 'the function',
      played: PLAYED,
    },
    async () => {
      writePolicies(stage, undefined);
      const { failure } = await call(stage, GRANT_BROKER_FUNCTION, {});
      if (failure !== undefined) return { seen: `the broker failed: ${failure}`, passed: false };
      const { words, isStopped } = standing(stage);
      return { seen: words, passed: isStopped };
    },
  );
}

/**
 * Deploys the owner’s stack with an access point’s policy written again, as a change of the register could have it. The
 * endpoint deletes what it was updating when it goes back, as CloudFormation does not; so it is told not to go back.
 */
async function deployedAgain(stage: Stage, expected: typeof HELD | 'deployed'): Promise<void> {
  const { cast, target } = stage.props;
  const step =
    expected === 'deployed'
      ? `${cast.owner.id} deploys its stack again, once the stop is lifted`
      : `${cast.owner.id} deploys its stack again, which would share again`;
  const decidedBy = expected === 'deployed' ? 'the endpoint' : 'the function';
  await stage.step({ step, expected, decidedBy, played: PLAYED }, async (): Promise<Seen> => {
    const assembly = openAssembly(target.assembly);
    const stack = assembly.stacks.find((each) => each.account === cast.owner.account && brokerRunIn(each));
    if (stack === undefined) return { seen: 'no stack of the owner runs the broker', passed: false };
    const written = createHash('sha256').update(`${stage.run} ${expected}`).digest('hex');
    replaceTemplate(assembly, stack, withAccessPoints(templateIn(assembly, stack.file), written));
    writePolicies(stage, written);
    // Only an update that does not go by a change set can be kept from going back at the endpoint, and none can follow it.
    const options = expected === 'deployed' ? [] : (['--method=direct'] as const);
    try {
      await deploy(stack.name, stack.account, target, ['--no-rollback', ...options]);
    } catch (error) {
      if (!(error instanceof RehearsalError) || expected === 'deployed') throw error;
      const told = await reasonOfBroker(stage, stack);
      const { words, isStopped } = standing(stage);
      if (told !== undefined && isStopped) return { seen: HELD, passed: true, why: [told] };
      return { seen: `fails: ${told ?? error.message}; ${words}`, passed: false };
    }
    return { seen: 'deployed', passed: expected === 'deployed' };
  });
}

/** Writes the policies of the owner’s access points as CloudFormation would, under an id that changes nothing else. */
function writePolicies({ props: { gateway, cast } }: Stage, id: string | undefined): void {
  for (const stack of cast.stacks.filter(({ account }) => account === cast.owner.account))
    for (const point of accessPointsIn(stack)) {
      const { policy } = point;
      gateway.points.make({ ...point, policy: isGroup(policy) && id ? { ...policy, Id: id } : policy });
    }
}

/** How the share stands. */
function standing(stage: Stage): {
  readonly isStopped: boolean;
  readonly isShared: boolean;
  readonly words: string;
} {
  const { gateway, cast } = stage.props;
  const policy = gateway.points.find(cast.owner.account, cast.share.name)?.policy;
  const statements = isGroup(policy) && Array.isArray(policy.Statement) ? policy.Statement : [];
  const closed = statements.some((each) => isGroup(each) && each.Sid === STOPPED);
  const grants = grantsOfShare(stage).length;
  const [isStopped, isShared] = [closed && grants === 0, !closed && grants === 1];
  const other = `its access point is ${closed ? 'closed' : 'open'}, and it has ${grants} grants`;
  return { isStopped, isShared, words: isStopped ? ENDED : isShared ? LIFTED : other };
}

/** Calls the broker by an alias, as `concordat suspend --live` does. */
async function order(
  stage: Stage,
  actor: Actor,
  alias: BrokerAlias,
): Promise<{ outcome: string; why: readonly string[]; answer?: StopAnswer; failure?: string | undefined }> {
  const { cast, target } = stage.props;
  const lambda = clientsOf(await stage.askingAs(actor)).lambda();
  const shares = [cast.share.name];
  const what: StopOrder =
    alias === 'stop' ? { stop: shares, why: 'rehearsal' } : { lift: shares, why: 'rehearsal' };
  const { outcome, why, answer } = await stage.attempt(actor, () =>
    lambda.send(
      new InvokeCommand({
        FunctionName: `arn:aws:lambda:${target.region}:${cast.owner.account}:function:${GRANT_BROKER_FUNCTION}:${alias}`,
        Payload: Buffer.from(JSON.stringify(what)),
      }),
      { abortSignal: target.signal },
    ),
  );
  if (answer === undefined) return { outcome, why };
  const { answer: told, failure } = answeredBy(answer);
  return failure === undefined ? { outcome, why, answer: readStopAnswer(told) } : { outcome, why, failure };
}

/** What the broker told CloudFormation last, where its run failed the deployment. */
async function reasonOfBroker(stage: Stage, { account, name }: AssemblyStack): Promise<string | undefined> {
  const events = await stage
    .as(account)
    .cloudFormation()
    .send(new DescribeStackEventsCommand({ StackName: name }));
  return events.StackEvents?.find(
    ({ ResourceType, ResourceStatus }) => ResourceType === BROKER_RUN && ResourceStatus === 'UPDATE_FAILED',
  )?.ResourceStatusReason;
}

/** The resource by which a deployment runs the broker. */
const BROKER_RUN = 'AWS::CloudFormation::CustomResource';

function brokerRunIn({ resources }: AssemblyStack): boolean {
  return Object.values(resources).some(({ Type }) => Type === BROKER_RUN);
}

/** A template whose deployment tells the broker that policies of access points were written. */
function withAccessPoints(template: Template, digest: string): Template {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources ?? {}).map(([id, resource]) => [
      id,
      resource.Type === BROKER_RUN
        ? { ...resource, Properties: { ...resource.Properties, AccessPoints: digest } }
        : resource,
    ]),
  );
  return { ...template, Resources };
}
