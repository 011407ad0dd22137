/** `concordat collect`: fetches what was released for the organisation, whole and checked, and goes on after interruptions. */
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  bytesInWords,
  type Client,
  collectEnding,
  collectText,
  commandWords,
  type Ending,
  isOfReceipts,
  Meter,
  openCollecting,
  type ReceiptsResult,
  type RefusalText,
  receiptEnding,
  receiptText,
  refusalOf,
  runOn,
  scanWith,
} from '../../client';
import type { HandedOn, Hindrance, Noted, ReceiptRefusal, RoundEvent, RoundResult } from '../../delivery';
import { startOfDay } from '../../register/calendar';
import { plural } from '../../words';
import { type Command, command } from '../command';
import { pinnedKeysIn } from '../ledger/pinned-keys';
import { day, optionalWord, text, toggle, UsageError } from '../option';
import { EXIT, type ExitCode } from '../terminal';
import { TO_OPTION } from '../vocabulary';
import { CLIENT_OPTIONS, type Open, type Says, withClient } from './client-run';

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
            const run = new Run(says, values.to, client.endpoint, scanner !== undefined);
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

/** Tells what happens, and keeps what it comes to. */
class Run {
  private meter: Meter | undefined;
  private findings = false;
  private unfinished = false;
  private trouble: string | undefined;
  private opened = 0;

  constructor(
    private readonly says: Says,
    private readonly folder: string,
    private readonly endpoint: string | undefined,
    private readonly scans: boolean,
  ) {}

  arrived(bytes: number): void {
    this.meter?.add(bytes);
  }

  get exit(): ExitCode {
    if (this.findings) return EXIT.findings;
    return this.unfinished ? EXIT.unfinished : EXIT.clean;
  }

  tell(event: RoundEvent, { profile }: Client): void {
    const { says } = this;
    switch (event.event) {
      case 'found':
        this.meter?.end();
        this.meter = event.waiting === 0 ? undefined : new Meter(says, event.agreement, event.bytes);
        return;
      case 'collected': {
        const { noted } = event;
        const from = profile.collects.find(({ agreement }) => agreement === noted.agreement)?.owner.name;
        const path = join(this.folder, ...noted.names);
        if (noted.opened) this.opened += 1;
        this.meter?.end();
        says.result(
          `${path} (${bytesInWords(noted.opened?.bytes ?? noted.bytes)}${noted.opened ? ', opened,' : ''} from ${from ?? 'the owner'})`,
          {
            event: 'collected',
            path,
            ...factsOf(noted),
          },
        );
        return;
      }
      case 'held': {
        const { agreement, listed } = event.arrival;
        says.fact({ event: 'held', agreement, ...listed });
        return;
      }
      case 'not-collected':
      case 'agreement-closed': {
        const { why, ...facts } = event;
        this.hindered(why, facts, planOf(profile, facts.agreement));
        return;
      }
      case 'command-failed': {
        const { noted, how } = event;
        this.findings = true;
        this.wrong(
          {
            happened: `${join(this.folder, ...noted.names)} is collected; the command of --then ${endedHow(how)}.`,
            mend: 'Mend what it met, and run the same command again: it runs on this file once more.',
          },
          { event: 'command-failed', ...factsOf(noted), how },
        );
        return;
      }
    }
  }

  /** What hindered one agreement or file. Whether that is refused or only unfinished, the exit says. */
  private hindered(
    why: Hindrance,
    facts: { readonly event: string; readonly agreement: string },
    plan: ReturnType<typeof planOf>,
  ): void {
    if (collectEnding(why) === 'unfinished') this.unfinished = true;
    else this.findings = true;
    const { happened, mend } = collectText(why, plan);
    const where = facts.event === 'agreement-closed' ? `${facts.agreement}: ` : '';
    this.wrong({ happened: `${where}${happened}`, mend }, { ...facts, ...why });
  }

  private wrong(...[text, facts]: Parameters<Says['wrong']>): void {
    this.meter?.end();
    this.says.wrong(text, facts);
  }

  /** What a round came to. */
  sum({ collected, bytes, before, held, failed }: RoundResult, { profile }: Client): void {
    this.meter?.end();
    this.trouble = undefined;
    this.says.fact({ event: 'done', collected, bytes, before, held, failed });
    if (profile.collects.length === 0) {
      this.says.talk('By your profile there is no agreement to collect under.');
      return;
    }
    const done =
      collected === 0
        ? 'Nothing new was collected'
        : `${plural(collected, 'file')} collected into ${this.folder} (${bytesInWords(bytes)})`;
    this.says.talk(
      before === 0 ? `${done}.` : `${done}; ${plural(before, 'file is', 'files are')} here from before.`,
    );
    if (this.opened > 0 && !this.scans)
      this.says.talk(
        `${plural(this.opened, 'file was', 'files were')} sealed, so that nobody could scan ${this.opened === 1 ? 'it' : 'them'} for malware on the way. Scan before opening, or give --scan COMMAND.`,
      );
    this.opened = 0;
    if (held > 0)
      this.says.talk(
        `${plural(held, 'file is', 'files are')} held: not released yet, rejected, or stopped. S3 does not tell a recipient which.`,
      );
  }

  /** What receipts were written. */
  receipts({ written, awaiting }: ReceiptsResult, folder: string): void {
    for (const { name, ...facts } of written) {
      const [page, proof] = [join(folder, `${name}.html`), join(folder, name)];
      this.says.result(`${page}\n${proof}`, { event: 'receipt', page, folder: proof, ...facts });
    }
    this.says.fact({ event: 'receipts', written: written.length, awaiting });
    if (written.length > 0)
      this.says.talk(`${plural(written.length, 'receipt')} written, checked against the ledger.`);
    if (awaiting > 0)
      this.says.talk(
        `Of ${plural(awaiting, 'file')} the ledger has not sealed yet that you collected it: the next run with --receipts takes it up.`,
      );
  }

  /** With `--watch` what passes by itself, or by signing in again, ends nothing; it is said once. */
  async survive<T>(work: () => Promise<T>, watch: boolean): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.meter?.end();
      const refusal = refusalOf(error, this.endpoint) as Hindrance | ReceiptRefusal | undefined;
      if (!watch || refusal === undefined || refusal.refused === 'stopped') throw error;
      if (endingBy(refusal) !== 'unfinished') throw error;
      const text = textOf(refusal);
      if (this.trouble !== text.happened) this.wrong(text, { event: 'waiting', ...refusal });
      this.trouble = text.happened;
      return undefined;
    }
  }
}

/** What hindered collecting, or one of the receipts. */
function textOf(refusal: Hindrance | ReceiptRefusal): RefusalText {
  return isOfReceipts(refusal) ? receiptText(refusal) : collectText(refusal);
}

function endingBy(refusal: Hindrance | ReceiptRefusal): Ending {
  return isOfReceipts(refusal) ? receiptEnding(refusal) : collectEnding(refusal);
}

function endedHow(how: HandedOn): string {
  if ('code' in how) return `ended with exit code ${how.code}`;
  return 'signal' in how ? `was ended by ${how.signal}` : `could not be started (${how.failed})`;
}

/** The contract of an agreement under which is collected, where the profile has it: that of a sealed one. */
function planOf({ collects, contracts }: Client['profile'], id: string) {
  const contract = collects.find(({ agreement }) => agreement === id)?.contract;
  if (contract === undefined || !('id' in contract)) return undefined;
  return contracts.find((each) => each.contract.id === contract.id);
}

function factsOf({ agreement, key, version, bytes, deposited, checksum, opened }: Noted) {
  const { algorithm, value } = checksum;
  return {
    agreement,
    key,
    version,
    bytes,
    deposited: new Date(deposited).toISOString(),
    checksum: { algorithm, value, ...(checksum.parts !== undefined && { parts: checksum.parts }) },
    ...(opened && {
      opened: { bytes: opened.bytes, checksum: { algorithm: 'SHA256', value: opened.checksum.value } },
    }),
  };
}
