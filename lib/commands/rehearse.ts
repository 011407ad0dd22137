/** `concordat rehearse`: deploys the sample of a landing zone on one machine and plays a transfer, a refusal and an end. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AssemblyError } from '../assembly';
import { InterruptedError, RehearsalError } from '../rehearsal/errors';
import { realAws } from '../rehearsal/live/aws';
import { type SmokeTestOrder, smokeTest } from '../rehearsal/live/smoke-test';
import { type RehearsalOrder, rehearse as rehearseAll } from '../rehearsal/rehearsal';
import { passed, type RehearsalResult } from '../rehearsal/result';
import { rehearsalText, verdictText } from '../rehearsal/table';
import { type Command, textOf, UsageError, type Values } from './command';
import { EXIT, type ExitCode, type Terminal } from './terminal';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The command, for ways of rehearsing here and in AWS. */
export function rehearseCommand(
  perform: (order: RehearsalOrder) => Promise<RehearsalResult>,
  performLive: (order: SmokeTestOrder) => Promise<RehearsalResult>,
): Command {
  return {
    name: 'rehearse',
    summary: 'deploy a zone and three organisations on this machine, and play a transfer to its end',
    usage: '[--assembly DIR] [--agreement ID] [--endpoint URL] [--keep] [--json] [--live --accounts IDS]',
    options: {
      assembly: { type: 'string', value: 'DIR', help: 'the cloud assembly; cdk.out if not given' },
      agreement: {
        type: 'string',
        value: 'ID',
        help: 'the agreement to play; the first that can be played if not given',
      },
      endpoint: {
        type: 'string',
        value: 'URL',
        help: 'an endpoint on this machine that runs already, such as http://127.0.0.1:4566; one is started if not given',
      },
      live: {
        type: 'boolean',
        help: 'instead, try what is deployed in AWS: deposits two test files there, and recalls them',
      },
      accounts: {
        type: 'string',
        value: 'IDS',
        help: 'with --live: the accounts of owner, recipient and third body, typed again, with commas between',
      },
      keep: {
        type: 'boolean',
        help: 'leave the temporary folder: what was deployed, logs, the copy of the ledger',
      },
      json: { type: 'boolean', help: 'write the result as JSON' },
    },
    example: 'npx concordat rehearse',
    run: async (values, terminal) => {
      const aborting = new AbortController();
      const stop = (signal: NodeJS.Signals) => {
        terminal.err(`\n${signal}: taking everything down\n`);
        aborting.abort(new InterruptedError(signal));
      };
      for (const signal of SIGNALS) process.once(signal, stop);
      try {
        const result =
          values.live === true
            ? await performLive(liveOrderOf(values, terminal, aborting.signal))
            : await perform(orderOf(values, terminal, aborting.signal));
        return report(result, values, terminal);
      } catch (error) {
        return failureOf(error, aborting.signal, terminal);
      } finally {
        for (const signal of SIGNALS) process.removeListener(signal, stop);
      }
    },
  };
}

/** The command as it is called. Exits 0 where all came out as expected, 1 where not, 3 where it could not be rehearsed. */
export const rehearse: Command = rehearseCommand(rehearseAll, (order) =>
  smokeTest(order, (region) =>
    realAws(region, (milliseconds) => sleep(milliseconds, undefined, { signal: order.signal })),
  ),
);

function liveOrderOf(values: Values, { cwd, err }: Terminal, signal: AbortSignal): SmokeTestOrder {
  for (const name of ['endpoint', 'keep'])
    if (values[name] !== undefined) throw new UsageError(`--${name} does not go with --live`);
  return {
    assembly: resolve(cwd, textOf(values, 'assembly') ?? 'cdk.out'),
    agreement: textOf(values, 'agreement'),
    accounts: (textOf(values, 'accounts') ?? '').split(',').filter((each) => each !== ''),
    signal,
    say: (line) => err(`${line}\n`),
  };
}

function orderOf(values: Values, { cwd, err }: Terminal, signal: AbortSignal): RehearsalOrder {
  if (values.accounts !== undefined) throw new UsageError('--accounts goes with --live');
  const endpoint = textOf(values, 'endpoint');
  if (endpoint !== undefined && !isLocal(endpoint))
    throw new UsageError(
      `--endpoint takes an address of this machine, such as http://127.0.0.1:4566, not '${endpoint}': a rehearsal is for emulators, and sends no signed request anywhere else`,
    );
  return {
    assembly: resolve(cwd, textOf(values, 'assembly') ?? 'cdk.out'),
    agreement: textOf(values, 'agreement'),
    endpoint,
    venv: resolve(cwd, '.venv'),
    keep: values.keep === true,
    signal,
    say: (line) => err(`${line}\n`),
  };
}

function isLocal(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname);
}

function report(result: RehearsalResult, values: Values, { out, err, colour }: Terminal): ExitCode {
  out(values.json === true ? `${JSON.stringify(result, null, 2)}\n` : rehearsalText(result, colour));
  err(`\n${verdictText(result)}\n`);
  return passed(result) ? EXIT.clean : EXIT.findings;
}

function failureOf(error: unknown, signal: AbortSignal, { err }: Terminal): ExitCode {
  if (signal.aborted && signal.reason instanceof InterruptedError) {
    err('Interrupted. Nothing was left running.\n');
    // Whoever called learns of the signal in the usual way, now that all is taken down.
    process.exitCode = EXIT.findings;
    process.kill(process.pid, signal.reason.message as NodeJS.Signals);
    return EXIT.findings;
  }
  if (!(error instanceof RehearsalError || error instanceof AssemblyError)) throw error;
  err(`error: ${error.message}\n`);
  return EXIT.faultyInput;
}
