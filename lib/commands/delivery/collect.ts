/** `concordat collect`: fetches what was released for the organisation, whole and checked, and goes on after interruptions. */
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { commandWords, openCollecting, runOn, scanWith } from '../../client';
import type { Noted, RoundEvent } from '../../delivery';
import { startOfDay } from '../../register/calendar';
import { type Command, command } from '../command';
import { pinnedKeysIn } from '../ledger/pinned-keys';
import { day, optionalWord, text, toggle, UsageError } from '../option';
import { TO_OPTION } from '../vocabulary';
import { CLIENT_OPTIONS, type Open, withClient } from './client-run';
import { CollectRun, endingBy, textOf } from './collect-run';

/** The option that names a command. Written here, since an object with a member `then` would pass for a promise. */
const COMMAND_OPTION = 'then';
/** Between two rounds of `--watch`, in milliseconds. */
const BETWEEN_ROUNDS = 60_000;

/** What tests give in the place of the world. */
interface CollectSetting {
  readonly open?: Open;
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** The command, for a way to open the client and to wait. */
export function collectCommand({ open, wait = waits }: CollectSetting = {}): Command {
  return command({
    name: 'collect',
    words: { agreement: optionalWord('the agreement; all that are in force if not given') },
    options: {
      ...TO_OPTION,
      since: day('only what was deposited from this day on'),
      watch: toggle('go on, and look for more each minute'),
      [COMMAND_OPTION]: text(
        'COMMAND',
        'run this on each file: without a shell, with the file’s path as its last argument',
      ),
      identity: text('FILE', 'the secret key by which sealed agreements are opened, as age-keygen writes it'),
      'leave-sealed': toggle('collect what is sealed as it is, to be opened elsewhere'),
      scan: text(
        'COMMAND',
        'run this on each file that was sealed, once it is opened; keep it if that ends with 0',
      ),
      receipts: text(
        'DIR',
        'then fetch the receipt of each file, checked, into this folder; of what is not sealed yet the next run does',
      ),
      key: text('FILE', 'the ledger’s public key (PEM or vkey), had from elsewhere than the ledger'),
      ...CLIENT_OPTIONS,
    },
    example: 'npx concordat collect housing-benefit-awards --to incoming',
    run: (values, terminal) => {
      const program = programOf(COMMAND_OPTION, values[COMMAND_OPTION]);
      const scanner = programOf('scan', values.scan);
      const leaveSealed = values['leave-sealed'];
      if (leaveSealed && (values.identity !== undefined || scanner !== undefined))
        throw new UsageError('--leave-sealed opens nothing: leave out --identity and --scan, or it');
      const folder = resolve(terminal.cwd, values.to);
      if (values.key !== undefined && values.receipts === undefined)
        throw new UsageError('--key is of receipts: name a folder for them with --receipts');
      const wanted = values.receipts !== undefined && {
        folder: resolve(terminal.cwd, values.receipts),
        collectedInto: values.to,
        pinned: values.key === undefined ? [] : pinnedKeysIn(resolve(terminal.cwd, values.key), values.key),
      };
      return withClient(
        values,
        terminal,
        async (client, says) => {
          const collecting = await openCollecting(client, folder, wait);
          try {
            const run = new CollectRun(says, values.to, client.endpoint, scanner !== undefined);
            const request = {
              agreement: values.agreement,
              since: values.since === undefined ? undefined : Date.parse(startOfDay(values.since)),
              unseal: {
                identity: values.identity === undefined ? undefined : resolve(terminal.cwd, values.identity),
                leaveSealed,
                scan: scanner && ((path: string) => scanWith(scanner, folder, path)),
              },
              handOn: program && ((noted: Noted) => runOn(program, folder, noted)),
            };
            const listener = {
              tell: (event: RoundEvent) => run.tell(event, client),
              arrived: (bytes: number) => run.arrived(bytes),
            };
            for (;;) {
              const result = await run.survive(() => collecting.round(request, listener), values.watch);
              if (result !== undefined) run.sum(result, client);
              if (wanted && result !== undefined) {
                const receipts = await run.survive(() => collecting.receipts(wanted), values.watch);
                if (receipts !== undefined) run.receipts(receipts, values.receipts ?? '');
              }
              if (!values.watch) return run.exit;
              await wait(BETWEEN_ROUNDS, client.signal);
            }
          } finally {
            await collecting.release();
          }
        },
        { ...(open && { open }), refusals: { text: textOf, ending: endingBy } },
      );
    },
  });
}

/** The command as it is called. */
export const collect: Command = collectCommand();

function waits(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return setTimeout(milliseconds, undefined, signal && { signal });
}

function programOf(option: string, given: string | undefined): ReturnType<typeof commandWords> {
  const program = given === undefined ? undefined : commandWords(given);
  if (given !== undefined && program === undefined)
    throw new UsageError(
      `--${option} takes a program and its arguments; a quotation mark in it is not closed`,
    );
  return program;
}
