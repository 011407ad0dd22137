/** One rehearsal: everything is set up, played, read back, and taken down, whatever happens. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssemblyStack, arnOf, baselinesIn, openAssembly, worldOf } from '../assembly';
import { castFor } from './cast';
import { RehearsalClock } from './clock';
import { coverageOf } from './coverage';
import { answers, startMinistack } from './endpoint/ministack';
import { pythonIn } from './endpoint/python';
import { RehearsalError } from './errors';
import { gateFilesOf } from './gate-files';
import { roleActor } from './gateway/caller';
import { Gateway } from './gateway/gateway';
import { readBack } from './read-back/read-back';
import type { RehearsalResult } from './result';
import { tableFor } from './scenario/kept-table';
import { PLAYED, play } from './scenario/play';
import { Stage } from './scenario/stage';
import { noStopSince } from './scenario/stopping';
import { REHEARSAL_SETTINGS, stageAssembly } from './staged-assembly';

/** What is asked of a rehearsal. */
export interface RehearsalOrder {
  /** The folder of the cloud assembly. */
  readonly assembly: string;
  /** The folder of an assembly of a later day, with which the zone goes on once the agreement has ended; none if not given. */
  readonly later?: string | undefined;
  /** The agreement to play; the first that can be played if not given. */
  readonly agreement: string | undefined;
  /** An endpoint that runs already; one is started if not given. */
  readonly endpoint: string | undefined;
  /** Where CloudFormation of that endpoint is asked and takes answers, if that is not the same address. */
  readonly cloudFormation?: string | undefined;
  /** Where the endpoint’s virtual environment is kept. */
  readonly venv: string;
  /** Whether to leave the temporary folder, with the staged assembly, the endpoint’s log and the copy of the ledger. */
  readonly keep: boolean;
  /** How often the client is killed as it collects, and at most as it deposits; twice if not given. */
  readonly kills?: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Rehearses. Nothing is left behind but the virtual environment, and the folder if it is to be kept.
 * @throws RehearsalError where something is missing, AssemblyError where the assembly can’t be read, or what the signal gives
 */
export async function rehearse(order: RehearsalOrder): Promise<RehearsalResult> {
  const { say, keep } = order;
  const died = new AbortController();
  const signal = AbortSignal.any([order.signal, died.signal]);
  const assembly = openAssembly(order.assembly);
  const world = worldOf(assembly);
  const { stacks } = assembly;
  const cast = castFor(world, stacks, order.agreement);
  const { region } = world.register.zone;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'concordat-rehearsal-')));
  const undo: (() => Promise<void> | void)[] = [];
  if (keep) say(`Kept in ${folder}`);
  else undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  try {
    const endpoint = order.endpoint ?? (await ownEndpoint(order, { folder, region, undo, died }));
    if (!(await answers(endpoint)))
      throw new RehearsalError(`nothing answers at ${endpoint}: start the endpoint, or leave --endpoint out`);
    const clock = new RehearsalClock(join(folder, 'clock'), Date.parse(`${world.asOf}T09:00:00Z`));
    const gateway = new Gateway({ endpoint, world, stacks, now: clock.now });
    undo.push(() => gateway.close());
    const urlOfFunction = new Map<string, string>();
    for (const { functionArn, role } of functionsIn(cast.stacks)) {
      urlOfFunction.set(functionArn, await gateway.urlForFunction(roleActor(world, role, functionArn)));
    }
    const settingsOf = (arn: string) => {
      const url = urlOfFunction.get(arn);
      return url === undefined
        ? undefined
        : { endpoint: url, cloudFormation: order.cloudFormation ?? endpoint, clockFile: clock.file };
    };
    const staged = join(folder, 'assembly');
    stageAssembly(assembly, staged, settingsOf);
    const later = order.later === undefined ? undefined : join(folder, 'later');
    if (order.later !== undefined && later !== undefined)
      stageAssembly(openAssembly(order.later), later, settingsOf);
    const operator = await gateway.operatorUrl();
    const home = join(folder, 'home');
    mkdirSync(home);
    const target = { assembly: staged, endpoint: operator, region, folder: home, signal };
    const gate = gateFilesOf(assembly, cast.owner.id);
    const stage = new Stage({
      world,
      cast,
      baselines: baselinesIn(stacks),
      gateway,
      clock,
      operator,
      target,
      say,
      endpoint,
      gate,
      table: await tableFor(gate, cast.share.agreement),
    });
    await play(stage, folder, order.kills, later);
    say('Reading back what was deployed');
    const names = new Set(cast.stacks.map(({ name }) => name));
    const last = openAssembly(staged).stacks.filter(({ name }) => names.has(name));
    const properties = await readBack(
      // As they were deployed last: with the register of a later day, the zone alone.
      later === undefined
        ? last
        : [
            ...openAssembly(later).stacks.filter(
              ({ name, account }) => names.has(name) && account === cast.zoneAccount,
            ),
            ...last.filter(({ account }) => account !== cast.zoneAccount),
          ],
      (account) => stage.as(account),
    );
    signal.throwIfAborted();
    return {
      schema: 'concordat-rehearsal/v1',
      asOf: world.asOf,
      endpoint: order.endpoint ?? 'ministack, started for this rehearsal',
      agreement: cast.share.agreement,
      owner: cast.owner.id,
      recipient: cast.recipient.id,
      third: cast.third.id,
      steps: stage.results,
      properties,
      types: coverageOf(stacks, properties),
      settings: REHEARSAL_SETTINGS,
      played: PLAYED,
      leftOut: [noStopSince(cast) ?? []].flat(),
      unjudged: [...gateway.unjudged].sort(),
    };
  } finally {
    await undoAll(undo);
  }
}

/** The last first. What fails keeps nothing else from being taken down. */
async function undoAll(undo: readonly (() => Promise<void> | void)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const each of [...undo].reverse()) {
    try {
      await each();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be taken down');
}

async function ownEndpoint(
  { venv, signal, say }: RehearsalOrder,
  {
    folder,
    region,
    undo,
    died,
  }: { folder: string; region: string; undo: (() => Promise<void> | void)[]; died: AbortController },
): Promise<string> {
  const python = await pythonIn(venv, signal, say);
  const started = await startMinistack(python, join(folder, 'endpoint'), region, signal);
  undo.push(() => started.stop());
  void started.ended.then((words) =>
    died.abort(new RehearsalError(`the endpoint ended in the middle of it: ${words}. Run this again`)),
  );
  return started.url;
}

/** Every function, with the role that it has. */
function functionsIn(stacks: readonly AssemblyStack[]): { functionArn: string; role: string }[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources).flatMap(([id, { Type, Properties }]) => {
      if (Type !== 'AWS::Lambda::Function') return [];
      const [roleId] = ((Properties?.Role as { 'Fn::GetAtt'?: readonly string[] })?.['Fn::GetAtt'] ??
        []) as readonly string[];
      const functionArn = arnOf(id, stack);
      const role = roleId === undefined ? undefined : arnOf(roleId, stack);
      return functionArn === undefined || role === undefined ? [] : [{ functionArn, role }];
    }),
  );
}
