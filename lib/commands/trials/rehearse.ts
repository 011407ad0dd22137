/** `concordat rehearse`: deploys the sample of a landing zone on one machine and plays a transfer, a refusal and an end. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AssemblyError } from '../../assembly';
import {
  InterruptedError,
  passed,
  RehearsalError,
  type RehearsalOrder,
  type RehearsalResult,
  realAws,
  rehearsalText,
  rehearse as rehearseAll,
  type SmokeTestOrder,
  smokeTest,
  verdictText,
} from '../../rehearsal';
import { type Command, command } from '../command';
import { list, text, toggle, UsageError, type ValuesOf } from '../option';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from '../vocabulary';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const OPTIONS = {
  ...ASSEMBLY_OPTION,
  agreement: text('ID', 'the agreement to play; the first that can be played if not given'),
  later: text(
    'DIR',
    'an assembly of a later day: once the agreement has ended, the zone goes on with its register',
  ),
  endpoint: text(
    'URL',
    'an endpoint on this machine that runs already, such as http://127.0.0.1:4566; one is started if not given',
  ),
  live: toggle('instead, try what is deployed in AWS: deposits two test files there, and recalls them'),
  accounts: list(
    'with --live: the accounts of owner, recipient and a third organisation, typed again, with commas between',
    'IDS',
  ),
  keep: toggle('leave the temporary folder: what was deployed, logs, the copy of the ledger'),
  ...JSON_OPTION,
};
type Asked = ValuesOf<typeof OPTIONS>;

/** The command, for ways of rehearsing here and in AWS. */
export function rehearseCommand(
  perform: (order: RehearsalOrder) => Promise<RehearsalResult>,
  performLive: (order: SmokeTestOrder) => Promise<RehearsalResult>,
): Command {
  return command({
    name: 'rehearse',
    words: {},
    options: OPTIONS,
    forms: ['[OPTIONS]', '--live --accounts IDS [OPTIONS]'],
    example: 'npx concordat rehearse',
    run: async (values, terminal) => {
      const aborting = new AbortController();
      const stop = (signal: NodeJS.Signals) => {
        terminal.err(`\n${signal}: taking everything down\n`);
        aborting.abort(new InterruptedError(signal));
      };
      for (const signal of SIGNALS) process.once(signal, stop);
      try {
        const result = values.live
          ? await performLive(liveOrderOf(values, terminal, aborting.signal))
          : await perform(orderOf(values, terminal, aborting.signal));
        return report(result, values, terminal);
      } catch (error) {
        return failureOf(error, aborting.signal, terminal);
      } finally {
        for (const signal of SIGNALS) process.removeListener(signal, stop);
      }
    },
  });
}

/** The command as it is called. Exits 0 where all came out as expected, 1 where not, 3 where it could not be rehearsed. */
export const rehearse: Command = rehearseCommand(rehearseAll, (order) =>
  smokeTest(order, (region) =>
    realAws(region, (milliseconds) => sleep(milliseconds, undefined, { signal: order.signal })),
  ),
);

function liveOrderOf(values: Asked, { cwd, err }: Terminal, signal: AbortSignal): SmokeTestOrder {
  if (values.endpoint !== undefined) throw new UsageError('--endpoint does not go with --live');
  if (values.keep) throw new UsageError('--keep does not go with --live');
  if (values.later !== undefined) throw new UsageError('--later does not go with --live');
  return {
    assembly: resolve(cwd, values.assembly),
    agreement: values.agreement,
    accounts: values.accounts,
    signal,
    say: (line) => err(`${line}\n`),
  };
}

function orderOf(values: Asked, { cwd, err }: Terminal, signal: AbortSignal): RehearsalOrder {
  if (values.accounts.length > 0) throw new UsageError('--accounts goes with --live');
  const { endpoint } = values;
  if (endpoint !== undefined && !isLocal(endpoint))
    throw new UsageError(
      `--endpoint takes an address of this machine, such as http://127.0.0.1:4566, not '${endpoint}': a rehearsal is for emulators, and sends no signed request anywhere else`,
    );
  return {
    assembly: resolve(cwd, values.assembly),
    agreement: values.agreement,
    later: values.later === undefined ? undefined : resolve(cwd, values.later),
    endpoint,
    venv: resolve(cwd, '.venv'),
    keep: values.keep,
    signal,
    say: (line) => err(`${line}\n`),
  };
}

function isLocal(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname);
}

function report(result: RehearsalResult, values: Asked, { out, err, colour }: Terminal): ExitCode {
  out(values.json ? `${JSON.stringify(result, null, 2)}\n` : rehearsalText(result, colour));
  err(`\n${verdictText(result)}\n`);
  return passed(result) ? EXIT.clean : EXIT.findings;
}

function failureOf(error: unknown, signal: AbortSignal, { err }: Terminal): ExitCode {
  if (signal.aborted && signal.reason instanceof InterruptedError) {
    err('Interrupted. Nothing was left running.\n');
    // The caller learns of the signal in the usual way, now that all is taken down.
    process.exitCode = EXIT.findings;
    process.kill(process.pid, signal.reason.signal);
    return EXIT.findings;
  }
  if (!(error instanceof RehearsalError || error instanceof AssemblyError)) throw error;
  err(`error: ${error.message}\n`);
  return EXIT.faultyInput;
}
