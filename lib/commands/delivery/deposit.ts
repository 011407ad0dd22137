/** `concordat deposit`: sends files under an agreement. */
import {
  abandonDeposits,
  type Client,
  type DecidedFile,
  type DepositedFile,
  depositEnding,
  depositedText,
  deposit as depositFiles,
  depositText,
  openClient,
  statePlace,
  verdictText,
  waitForVerdicts,
} from '../../client';
import type { DepositRefusal } from '../../delivery';
import { plural } from '../../words';
import { type Command, command } from '../command';
import { severalWordsOrNone, text, textOr, toggle, UsageError, word } from '../option';
import { EXIT, type ExitCode } from '../terminal';
import { CLIENT_OPTIONS, type Open, type Says, withClient } from './client-run';

/** The command, with how it opens its client. Exits 0; 1 refused, or rejected with --wait; 3 no profile; 5 unfinished. */
export function depositCommand(open: Open): Command {
  return command({
    name: 'deposit',
    words: {
      agreement: word('the id of the agreement under which is sent'),
      file: severalWordsOrNone('a file, a folder with all that is in it, or - for standard input'),
    },
    options: {
      name: text('NAME', 'the name of the one file there, in place of its own'),
      type: text('TYPE', 'the media type, such as text/csv, where names do not say it'),
      inbox: text('ID', 'the inbox that messages go to, where the other party has several'),
      wait: toggle('wait until the malware scan and the release gate have decided, and exit by it'),
      within: textOr('MINUTES', 'how long to wait', '60'),
      abandon: toggle('give up what is under way under the agreement, and send nothing'),
      ...CLIENT_OPTIONS,
    },
    example: 'npx concordat deposit housing-benefit-extract extract.csv --wait',
    run: (values, terminal) => {
      const { agreement, file: files, abandon, wait } = values;
      if (abandon && (files.length > 0 || wait))
        throw new UsageError('--abandon sends nothing: give the agreement alone');
      if (!abandon && files.length === 0)
        throw new UsageError('deposit needs FILE: a file, a folder, or - for standard input');
      const minutes = minutesOf(values.within);
      let plan: ReturnType<typeof planOf>;
      return withClient<DepositRefusal>(
        values,
        terminal,
        async (client, says) => {
          plan = planOf(client, agreement);
          const state = statePlace({ state: values.state, cwd: terminal.cwd, env: process.env });
          if (abandon) return abandoned(client, agreement, state, says);
          const { name, type, inbox } = values;
          const told = (each: DepositedFile) =>
            says.result(depositedText(each), { event: 'deposited', agreement, ...each });
          const request = { agreement, files, name, type, inbox, cwd: terminal.cwd, state, told };
          const done = await depositFiles(client, request, says);
          if (!wait) {
            says.talk(
              `\n${plural(done.files.length, 'file')} deposited. The malware scan and the release gate decide next; --wait waits for them.`,
            );
            return EXIT.clean;
          }
          return verdicts(client, done.files, minutes, says, plan);
        },
        { open, refusals: { text: (refusal) => depositText(refusal, plan), ending: depositEnding } },
      );
    },
  });
}

/** The command as it is called. */
export const deposit: Command = depositCommand(openClient);

async function verdicts(
  client: Client,
  files: readonly DepositedFile[],
  minutes: number,
  says: Says,
  plan: ReturnType<typeof planOf>,
): Promise<ExitCode> {
  says.talk('\nWaiting for the malware scan and the release gate.');
  const tell = ({ file, verdict }: DecidedFile) =>
    says.result(verdictText(file.name, verdict, plan), {
      event: 'verdict',
      key: file.key,
      version: file.version,
      ...verdict,
    });
  const all = await waitForVerdicts(client, files, client.now() + minutes * 60_000, tell);
  const open = all.filter(({ verdict }) => verdict.state === 'awaiting');
  for (const each of open) tell(each);
  if (all.some(({ verdict: { state } }) => state !== 'released' && state !== 'awaiting'))
    return EXIT.findings;
  return open.length > 0 ? EXIT.unfinished : EXIT.clean;
}

async function abandoned(client: Client, agreement: string, state: string, says: Says): Promise<ExitCode> {
  const all = await abandonDeposits(client, { agreement, state });
  for (const each of all) says.result(`gave up ${each.key}`, { event: 'given-up', ...each });
  if (all.length === 0) says.talk(`Nothing is under way under ${agreement} on this computer.`);
  return EXIT.clean;
}

function planOf({ profile }: Client, id: string) {
  const contract = profile.sends.find(({ agreement }) => agreement === id)?.contract;
  if (contract === undefined || !('id' in contract)) return undefined;
  return profile.contracts.find((each) => each.contract.id === contract.id);
}

function minutesOf(given: string): number {
  const minutes = Number(given);
  if (!/^\d{1,5}$/.test(given) || minutes < 1)
    throw new UsageError(`'${given}' is no number of minutes: --within takes one from 1 to 99999`);
  return minutes;
}
