/** What `concordat collect` tells while it collects, and what it ends with. */
import { join } from 'node:path';
import {
  bytesInWords,
  type Client,
  collectEnding,
  collectText,
  type Ending,
  isOfReceipts,
  Meter,
  type ReceiptsResult,
  type RefusalText,
  receiptEnding,
  receiptText,
  refusalOf,
} from '../../client';
import type { HandedOn, Hindrance, Noted, ReceiptRefusal, RoundEvent, RoundResult } from '../../delivery';
import { plural, systemWords } from '../../words';
import { EXIT, type ExitCode } from '../terminal';
import type { Says } from './client-run';

/** One run of the command: tells what happens as it happens, and keeps what it comes to. */
export class CollectRun {
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
export function textOf(refusal: Hindrance | ReceiptRefusal): RefusalText {
  return isOfReceipts(refusal) ? receiptText(refusal) : collectText(refusal);
}

/** Whether the same command goes on after it. */
export function endingBy(refusal: Hindrance | ReceiptRefusal): Ending {
  return isOfReceipts(refusal) ? receiptEnding(refusal) : collectEnding(refusal);
}

function endedHow(how: HandedOn): string {
  if ('code' in how) return `ended with exit code ${how.code}`;
  return 'signal' in how
    ? `was ended by ${how.signal}`
    : `could not be started (${systemWords(how.failed, 'start')})`;
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
