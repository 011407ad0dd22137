/** What every command of delivery shares: its options, and how it begins and ends. */
import {
  type Client,
  type ClientSetting,
  type Ending,
  endingOf,
  type MeterOutlet,
  openClient,
  type RefusalText,
  refusalOf,
  sharedText,
  statePlace,
} from '../../client';
import type { SharedRefusal } from '../../delivery';
import { text, toggle, type ValuesOf } from '../option';
import { EXIT, type ExitCode, type Terminal } from '../terminal';

/** The options of every command that begins with a profile. */
export const PROFILE_OPTIONS = {
  profile: text(
    'FILE',
    'the profile; else CONCORDAT_PROFILE, concordat-profile.json here, or in ~/.config/concordat',
  ),
  state: text(
    'DIR',
    'where unfinished work and signing in are remembered; else CONCORDAT_STATE, or ~/.local/state/concordat',
  ),
  quiet: toggle('say nothing but results and what went wrong'),
  json: toggle('write each result as one line of JSON'),
};

/** The options of every command of delivery. */
export const CLIENT_OPTIONS = {
  ...PROFILE_OPTIONS,
  endpoint: text('URL', 'another address of S3 than AWS’s'),
};

/** What a command of delivery says. */
export interface Says extends MeterOutlet {
  /** A result: a line for people, or with `--json` its facts as one line. */
  result(words: string, facts: { readonly event: string } & Readonly<Record<string, unknown>>): void;
  /** What went wrong with a part of it, while the rest goes on. Said with `--quiet` too. */
  wrong(text: RefusalText, facts: { readonly event: string } & Readonly<Record<string, unknown>>): void;
  /** What programs alone want to know: a line with `--json`, and nothing without. */
  fact(facts: { readonly event: string } & Readonly<Record<string, unknown>>): void;
  /** Talk, on standard error; nothing with `--quiet` or `--json`. */
  talk(words: string): void;
}

/** How a command opens its client. Tests give one whose S3 is memory. */
export type Open = (setting: ClientSetting) => Client;

/** What a refusal of one command alone is in words, and how it ends. */
export interface OwnRefusals<R extends { readonly refused: string }> {
  readonly text: (refusal: R | SharedRefusal) => RefusalText;
  readonly ending: (refusal: R | SharedRefusal) => Ending;
}

const SHARED: OwnRefusals<never> = { text: sharedText, ending: endingOf };

/**
 * Opens the client and has the command do its work. A refusal becomes its text and exit code; Ctrl-C stops at the next call, and
 * a second one at once.
 */
export async function withClient<R extends { readonly refused: string } = never>(
  values: ValuesOf<typeof PROFILE_OPTIONS> & { readonly endpoint?: string | undefined },
  terminal: Terminal,
  act: (client: Client, says: Says) => Promise<ExitCode>,
  { open = openClient, refusals }: { readonly open?: Open; readonly refusals?: OwnRefusals<R> } = {},
): Promise<ExitCode> {
  const says = saysOn(terminal, values);
  const stop = new AbortController();
  const onStop = () => {
    says.talk('Stopping; press Ctrl-C again to stop at once.');
    process.removeListener('SIGINT', onStop);
    stop.abort();
  };
  process.on('SIGINT', onStop);
  try {
    const { profile, endpoint } = values;
    const { cwd } = terminal;
    const state = statePlace({ state: values.state, cwd, env: process.env });
    const client = open({ profile, endpoint, state, cwd, env: process.env, signal: stop.signal });
    return await act(client, says);
  } catch (error) {
    const refusal = refusalOf(error, values.endpoint);
    if (refusal === undefined) throw error;
    // Each command throws the refusals that it has words for, and the shared ones.
    const { text: textOf, ending } = (refusals ?? SHARED) as OwnRefusals<{ readonly refused: string }>;
    const { happened, mend } = textOf(refusal);
    if (values.json) terminal.out(`${JSON.stringify({ event: 'refused', ...refusal, happened, mend })}\n`);
    else terminal.err(`error: ${happened}\n${mend}\n`);
    return EXITS[ending(refusal)];
  } finally {
    process.removeListener('SIGINT', onStop);
  }
}

const EXITS: Readonly<Record<Ending, ExitCode>> = {
  refused: EXIT.findings,
  faulty: EXIT.faultyInput,
  unfinished: EXIT.unfinished,
};

function saysOn(
  terminal: Terminal,
  { quiet, json }: { readonly quiet: boolean; readonly json: boolean },
): Says {
  const silent = quiet || json;
  return {
    result: (words, facts) => terminal.out(json ? `${JSON.stringify(facts)}\n` : `${words}\n`),
    wrong: ({ happened, mend }, facts) =>
      json
        ? terminal.out(`${JSON.stringify({ ...facts, happened, mend })}\n`)
        : terminal.err(`error: ${happened}\n${mend}\n`),
    fact: (facts) => void (json && terminal.out(`${JSON.stringify(facts)}\n`)),
    talk: (words) => void (silent || terminal.err(`${words}\n`)),
    now: () => performance.now(),
    ...(!silent && terminal.progress && { progress: terminal.progress }),
    ...(!silent && { line: (line) => terminal.err(`${line}\n`) }),
  };
}
