/** `concordat receipt`: fetches what the ledger has of a transfer, checks it, and writes the proof and a page for the file. */
import { join, relative, resolve, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Client } from '../../client';
import {
  collectedAs,
  isNotSealed,
  notedIn,
  receiptEnding,
  receiptName,
  receiptPage,
  receiptText,
  writeReceipt,
} from '../../client';
import {
  type Noted,
  receiptOfTransfer,
  refuseReceipt,
  type TransferReceipt,
  transferNamed,
} from '../../delivery';
import { startOfDay } from '../../register/calendar';
import { plural } from '../../words';
import { type Command, command } from '../command';
import { pinnedKeysIn } from '../ledger/pinned-keys';
import { day, text, UsageError, word } from '../option';
import { EXIT } from '../terminal';
import { output, TO_OPTION } from '../vocabulary';
import { CLIENT_OPTIONS, type Open, withClient } from './client-run';

const DAY = 86_400_000;
/** How far back is looked where nobody knows when it was deposited. */
const LOOKED_BACK = 90 * DAY;
/** Between two looks, in milliseconds; the ledger is sealed each minute. */
const BETWEEN_LOOKS = 30_000;
const LONGEST_WAIT_MINUTES = 1_440;

/** What tests give in the place of the world. */
interface ReceiptSetting {
  readonly open?: Open;
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** The command, for a way to open the client and to wait. */
export function receiptCommand({ open, wait = waits }: ReceiptSetting = {}): Command {
  return command({
    name: 'receipt',
    words: { transfer: word('the transfer: its version, its agreement and name, or the collected file') },
    options: {
      output: output('the folder for the receipt', 'receipts'),
      ...TO_OPTION,
      key: text('FILE', 'the ledger’s public key (PEM or vkey), had from elsewhere than the ledger'),
      wait: text('MINUTES', 'wait so long for the ledger to seal it'),
      since: day('look at what was sealed from this day on'),
      ...CLIENT_OPTIONS,
    },
    example: 'npx concordat receipt collected/housing-benefit-awards/awards.csv --wait 30',
    run: (values, terminal) => {
      const patience = minutesIn(values.wait) * 60_000;
      const pinned =
        values.key === undefined ? [] : pinnedKeysIn(resolve(terminal.cwd, values.key), values.key);
      const to = resolve(terminal.cwd, values.to);
      return withClient(
        values,
        terminal,
        async (client, says) => {
          const noted = (await notedIn(to)).filter(({ what }) => what === 'collected');
          const below = relative(to, resolve(terminal.cwd, values.transfer)).split(sep);
          const asked = await askedFor(client, values.transfer, noted, below);
          const since =
            values.since === undefined
              ? (asked.deposited ?? client.now() - LOOKED_BACK)
              : Date.parse(startOfDay(values.since));
          const store = await client.store('receipts', client.profile.ledger.bucket);
          client.demandClock();
          const { profile, signal } = client;
          let receipt: TransferReceipt | undefined;
          for (const until = client.now() + patience; receipt === undefined; ) {
            try {
              const { needs, ...transfer } = asked;
              receipt = await receiptOfTransfer({ profile, store, since, pinned, transfer, needs });
            } catch (error) {
              if (!isNotSealed(error) || client.now() + BETWEEN_LOOKS > until) throw error;
              says.talk('The ledger has not sealed it yet; waiting.');
              await wait(BETWEEN_LOOKS, signal);
            }
          }
          const name = receiptName(receipt);
          const page = receiptPage(receipt, profile, name, collectedAs(receipt, noted, values.to));
          const written = writeReceipt(resolve(terminal.cwd, values.output), name, receipt.files, page);
          const [file, folder] = [join(values.output, `${name}.html`), join(values.output, name)];
          const { lines, newest, transfer } = receipt;
          says.result(`${file}\n${folder}`, {
            event: 'receipt',
            page: file,
            folder,
            ...transfer,
            entries: lines.map(({ event, index }) => ({
              kind: event.kind,
              time: new Date(event.time).toISOString(),
              index,
            })),
            checkpoint: newest.size,
            pinned: receipt.pinned,
          });
          says.talk(
            `${written === 'there' ? 'It was there already, the same. ' : ''}Checked: ${plural(lines.length, 'entry', 'entries')} of the ledger, each with its proof, ${
              receipt.pinned
                ? 'under the key that you gave.'
                : 'under the key that lies beside the ledger; --key FILE settles that it is the ledger’s.'
            }`,
          );
          return EXIT.clean;
        },
        { ...(open && { open }), refusals: { text: receiptText, ending: receiptEnding } },
      );
    },
  });
}

/** The command as it is called. */
export const receipt: Command = receiptCommand();

/** What is asked of the ledger. */
interface Asked {
  readonly key: string | undefined;
  readonly version: string;
  /** Milliseconds since 1970, where it is known. */
  readonly deposited: number | undefined;
  readonly needs: string;
}

async function askedFor(
  client: Client,
  named: string,
  noted: readonly Noted[],
  below: readonly string[],
): Promise<Asked> {
  const { profile } = client;
  const found = transferNamed(named, profile, noted, below);
  if (found.as === 'collected') return { ...found.noted, needs: 'collected' };
  // Of an owner’s transfer, and of one that only the ledger knows, the deposit is what cannot be missing.
  if (found.as === 'version')
    return { key: undefined, version: found.version, deposited: undefined, needs: 'deposited' };
  const { key, direction, agreement } = found;
  if (direction === 'sends') {
    const current = await (await client.store('deposit', profile.bucket ?? '')).tags(key);
    if (current === undefined) return refuseReceipt({ refused: 'no-transfer', named });
    return { key, version: current.version, deposited: undefined, needs: 'deposited' };
  }
  const terms = profile.collects.find((each) => each.agreement === agreement);
  const looked = await (await client.shelf(terms?.accessPoint ?? '')).look(key);
  if (looked.answer !== 'readable') return refuseReceipt({ refused: 'no-transfer', named });
  return { key, version: looked.version, deposited: undefined, needs: 'collected' };
}

function minutesIn(given: string | undefined): number {
  if (given === undefined) return 0;
  const minutes = Number(given);
  if (!/^\d+$/.test(given) || minutes > LONGEST_WAIT_MINUTES)
    throw new UsageError(`--wait takes minutes, from 0 to ${LONGEST_WAIT_MINUTES}: '${given}' is none`);
  return minutes;
}

function waits(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return setTimeout(milliseconds, undefined, signal && { signal });
}
