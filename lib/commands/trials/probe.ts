/** `concordat probe`: tests in two sandbox accounts what AWS is taken to do, and writes down what was seen. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  beforehand,
  costOf,
  dryRunText,
  liveSettings,
  MOST_USD,
  needsText,
  type ProbeAws,
  ProbeError,
  type ProbePlan,
  type ProbeResult,
  plannedCalls,
  probePlan,
  realProbeAws,
  recorded,
  resultText,
  rightsOf,
  runProbe,
  type Sandbox,
  takeDownProbe,
} from '../../probe';
import { accountId, type Register } from '../../register';
import { today } from '../../register/calendar';
import { type LiveOutcomes, NO_LIVE_OUTCOMES, WireError } from '../../wire';
import { type Command, command } from '../command';
import { list, text, toggle, UsageError, type ValuesOf } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { JSON_OPTION, REGISTER_OPTION } from '../vocabulary';
import { outcomesFile, readOutcomes, writeOutcomes } from './live-outcomes-file';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Accounts that AWS’s own pages use, for a plan without accounts. */
const EXAMPLE = ['111122223333', '444455556666'] as const;

const OPTIONS = {
  accounts: list(
    'the two sandbox accounts, with a comma between: the one that owns, the one that reads',
    'IDS',
  ),
  organisation: text(
    'ID',
    'the AWS organisation that both accounts are in, such as o-exampleorg1, to test what needs one',
  ),
  'dry-run': toggle('print every call in order, and ask nothing of AWS'),
  policy: toggle('print the policy of the rights that each account’s profile needs, and ask nothing of AWS'),
  'take-down': toggle('only remove what an earlier probe has left'),
  yes: toggle('start without being asked whether the cost is accepted'),
  ...REGISTER_OPTION,
  ...JSON_OPTION,
};
type Asked = ValuesOf<typeof OPTIONS>;

/** Makes the AWS that a probe asks. */
type ProbeAwsFor = (sandbox: Sandbox, signal: AbortSignal) => ProbeAws;

/**
 * The command, for a way of asking AWS and a clock. Exits 0 where all was seen, 1 where something is to be settled, 3 where it
 * could not start.
 */
export function probeCommand(awsFor: ProbeAwsFor, on: () => string): Command {
  return command({
    name: 'probe',
    words: {},
    options: OPTIONS,
    forms: ['--accounts IDS [OPTIONS]', '--dry-run|--policy [OPTIONS]', '--take-down --accounts IDS'],
    example: 'npx concordat probe --dry-run',
    run: async (values, terminal) => {
      const input = registerInput({ register: values.register, 'as-of': undefined }, terminal);
      const register = loadOrExplain(input, terminal);
      if (register === undefined) return EXIT.faultyInput;
      const plan = probePlan(sandboxOf(values, register));
      if (values.policy) return printPolicies(plan, terminal);
      if (values['dry-run']) return printCalls(plan, values, terminal);
      const before = values['take-down'] ? NO_LIVE_OUTCOMES : outcomesBefore(values, terminal);
      if (before === undefined) return EXIT.faultyInput;
      if (!values['take-down']) {
        terminal.err(beforehand(plan));
        await demandConsent(values, plan, terminal);
      }
      const result = await performed(values, plan, terminal, awsFor);
      if (result === undefined) return EXIT.faultyInput;
      return settle(result, before, values, plan, terminal, on());
    },
  });
}

/** The command as it is called. */
export const probe: Command = probeCommand(
  (sandbox, signal) =>
    realProbeAws(sandbox, liveSettings(sandbox), {
      // What is being taken down is waited for after Ctrl-C too.
      sleep: (milliseconds) => sleep(milliseconds),
      now: Date.now,
      signal,
    }),
  today,
);

/** @throws UsageError where the accounts are none, or are those of the register */
function sandboxOf(
  { accounts, organisation, policy, 'dry-run': dry }: Asked,
  { zone, organisations }: Register,
): Sandbox {
  if (organisation !== undefined && !/^o-[a-z0-9]{10,32}$/.test(organisation))
    throw new UsageError(
      `--organisation takes the id of an AWS organisation, such as o-exampleorg1, not '${organisation}'`,
    );
  const example = accounts.length === 0 && (policy || dry);
  const [owner, recipient, ...more] = (example ? EXAMPLE : accounts).map((each) => {
    const read = accountId.safeParse(each);
    if (!read.success) throw new UsageError(`--accounts takes account ids of 12 digits, not '${each}'`);
    return read.data;
  });
  if (owner === undefined || recipient === undefined || more.length > 0 || owner === recipient)
    throw new UsageError(
      `--accounts takes two sandbox accounts, the one that owns and the one that reads: --accounts ${EXAMPLE.join(',')}`,
    );
  const known = new Map<string, string>([
    [zone.accounts.management, 'the management account'],
    [zone.accounts.zone, 'the operator’s account'],
    ...organisations.map(({ id, account }) => [account, `the account of ${id}`] as const),
  ]);
  for (const account of [owner, recipient]) {
    const whose = known.get(account);
    if (whose !== undefined)
      throw new UsageError(
        `${account} is ${whose} in the register: a probe is for two sandbox accounts that hold nothing else`,
      );
  }
  return { accounts: { owner, recipient }, region: zone.region, organisation };
}

function printPolicies(plan: ProbePlan, { out }: Terminal): ExitCode {
  const { owner, recipient } = plan.sandbox.accounts;
  const policies = { [owner]: rightsOf('owner', plan), [recipient]: rightsOf('recipient', plan) };
  out(`${JSON.stringify(policies, null, 2)}\n`);
  return EXIT.clean;
}

function printCalls(plan: ProbePlan, { json }: Asked, { out }: Terminal): ExitCode {
  const { sandbox, notAsked, byHand } = plan;
  out(
    json
      ? `${JSON.stringify(
          {
            form: 'concordat-probe-plan/v1',
            ...sandbox,
            cost: costOf(plan),
            calls: plannedCalls(plan),
            notAsked: notAsked.map(({ id }) => id),
            byHand: byHand.map(({ id }) => id),
          },
          null,
          2,
        )}\n`
      : dryRunText(plan),
  );
  return EXIT.clean;
}

/** What is recorded already. A file that can’t be read is not overwritten. */
function outcomesBefore({ register }: Asked, terminal: Terminal): LiveOutcomes | undefined {
  try {
    return readOutcomes(register, terminal);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    terminal.err(`error: ${outcomesFile(register)}: ${error.message}.\nNothing was asked of AWS.\n`);
    return undefined;
  }
}

/** @throws UsageError where the cost was not accepted */
async function demandConsent(
  values: Asked & { readonly 'no-input': boolean },
  plan: ProbePlan,
  { ask }: Terminal,
): Promise<void> {
  const { usd } = costOf(plan);
  if (usd >= MOST_USD) throw new Error(`a probe would cost $${usd}, and it must stay under $${MOST_USD}`);
  if (values.yes) return;
  if (ask === undefined || values['no-input'])
    throw new UsageError('nobody was asked whether this may be made: read the above, then add --yes');
  if ((await ask('\nMake it? Type yes: ')) !== 'yes')
    throw new UsageError('not made, since the answer was not yes');
}

/** What came of it; undefined where it could not start, which is said. */
async function performed(
  values: Asked,
  plan: ProbePlan,
  { err }: Terminal,
  awsFor: ProbeAwsFor,
): Promise<ProbeResult | undefined> {
  const aborting = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    err(`\n${signal}: taking everything down, which takes some minutes\n`);
    aborting.abort(new Error(`stopped by ${signal}`));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    const order = {
      plan,
      aws: awsFor(plan.sandbox, aborting.signal),
      signal: aborting.signal,
      say: (line: string) => err(`${line}\n`),
    };
    return await (values['take-down'] ? takeDownProbe(order) : runProbe(order));
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    err(`error: ${error.message}\n\n${needsText(plan)}`);
    return undefined;
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, stop);
  }
}

/** Says what came of it, and writes what was seen, whole or not at all. */
function settle(
  result: ProbeResult,
  before: LiveOutcomes,
  { json, register }: Asked,
  plan: ProbePlan,
  terminal: Terminal,
  on: string,
): ExitCode {
  const { tests, left, stopped } = result;
  const { out, err } = terminal;
  out(
    json
      ? `${JSON.stringify({ form: 'concordat-probe/v1', on, ...result }, null, 2)}\n`
      : resultText(result, plan),
  );
  if (tests.some(({ outcome }) => outcome !== 'open')) {
    writeOutcomes(recorded(before, tests, { on, region: plan.sandbox.region }), register, terminal);
    err(`${outcomesFile(register)} says what was seen: have it reviewed like the register.\n`);
  } else if (tests.length > 0 || stopped !== undefined) err('Nothing was seen, so nothing was written.\n');
  const clean =
    left.length === 0 && stopped === undefined && tests.every(({ outcome }) => outcome === 'seen');
  return clean ? EXIT.clean : EXIT.findings;
}
