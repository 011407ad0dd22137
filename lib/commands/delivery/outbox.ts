/** `concordat outbox`: what the organisation has sent, how each transfer stands, and who has collected it. */
import { bytesInWords, type Client, receiptEnding, receiptText, refusalOf, sharedText } from '../../client';
import {
  agreementIn,
  ledgerEvents,
  type OutboxLine,
  outboxIn,
  type ReceiptRefusal,
  type SharedRefusal,
  toldSince,
} from '../../delivery';
import { inWords, startOfDay, today } from '../../register/calendar';
import { Lanes } from '../../runtime';
import { columns, momentWords, visible } from '../../words';
import { type Command, command } from '../command';
import { day, optionalWord } from '../option';
import { EXIT } from '../terminal';
import { CLIENT_OPTIONS, type Open, type Says, withClient } from './client-run';

/** Requests under way at once. */
const REQUESTS = 24;
const LOOKED_BACK = 30 * 86_400_000;

/** The command, for a way to open the client. */
export function outboxCommand(open?: Open): Command {
  return command({
    name: 'outbox',
    words: { agreement: optionalWord('the agreement; all if not given') },
    options: {
      since: day('only what was deposited from this day on; of the last 30 days if not given'),
      ...CLIENT_OPTIONS,
    },
    example: 'npx concordat outbox --since 2026-11-01',
    run: (values, terminal) =>
      withClient(
        values,
        terminal,
        async (client, says) => {
          const { profile } = client;
          const { agreement } = values;
          const all = agreement === undefined ? profile.sends : [agreementIn(profile, 'sends', agreement)];
          const since =
            values.since === undefined ? client.now() - LOOKED_BACK : Date.parse(startOfDay(values.since));
          if (all.length === 0) says.talk('By your profile there is no agreement to send under.');
          if (all.length === 0) return EXIT.clean;
          const bucket = profile.bucket ?? '';
          const store = await client.store('deposit', bucket);
          client.demandClock();
          const told = await toldByLedger(client, toldSince(since), says);
          const lanes = new Lanes(REQUESTS);
          const rows: string[][] = [];
          for (const terms of all)
            for (const line of (await outboxIn({ bucket, store }, terms, lanes, since))(told.events ?? [])) {
              says.fact({ event: 'transfer', ...factsOf(line, told.events !== undefined) });
              rows.push(rowOf(line, told.events !== undefined, client.now()));
            }
          if (!values.json) for (const line of columns(rows)) terminal.out(`${line}\n`);
          if (rows.length === 0) says.talk('Nothing was sent in this time.');
          return told.isFaulty ? EXIT.findings : EXIT.clean;
        },
        { ...(open && { open }) },
      ),
  });
}

/** The command as it is called. */
export const outbox: Command = outboxCommand();

/** What the ledger tells. Where it cannot be asked, the rest is shown; what is wrong with it is said. */
async function toldByLedger(client: Client, since: number, says: Says) {
  const { profile, endpoint } = client;
  try {
    const store = await client.store('receipts', profile.ledger.bucket);
    const events = await ledgerEvents({ profile, store, since, pinned: [] });
    if (events === undefined)
      says.talk(
        'Who has collected is not known here: there is no ledger yet, or none that this role may see.',
      );
    return { events, isFaulty: false };
  } catch (error) {
    const refusal = refusalOf(error, endpoint) as ReceiptRefusal | SharedRefusal | undefined;
    if (refusal === undefined || refusal.refused === 'stopped') throw error;
    const isOfLedger = receiptEnding(refusal) === 'refused' && !SHARED.has(refusal.refused);
    const { happened, mend } = isOfLedger ? receiptText(refusal) : sharedText(refusal as SharedRefusal);
    if (isOfLedger) says.wrong({ happened, mend }, { event: 'ledger', ...refusal });
    else says.talk(`Who has collected is not known here, since the ledger could not be asked. ${happened}`);
    return { events: undefined, isFaulty: isOfLedger };
  }
}

/** Refusals that say nothing of the ledger: these credentials may not read receipts, or nothing answers. */
const SHARED: ReadonlySet<string> = new Set([
  'failed',
  'role-denied',
  'other-account',
  'no-role',
  'clock-off',
]);

function rowOf(line: OutboxLine, isTold: boolean, now: number): string[] {
  return [
    `${line.agreement}/${visible(line.rest)}`,
    line.bytes === undefined ? '' : bytesInWords(line.bytes),
    `deposited ${momentWords(line.deposited)}`,
    STATES[line.verdict.state](line),
    ...line.recipients.map(
      (recipient) => `${recipient.name}: ${collectedWords(line, recipient.collected, isTold, now)}`,
    ),
  ];
}

const STATES: Readonly<Record<OutboxLine['verdict']['state'], (line: OutboxLine) => string>> = {
  awaiting: ({ verdict }) =>
    verdict.state === 'awaiting' && verdict.what === 'gate'
      ? 'waits for the gate'
      : 'waits for the malware scan',
  released: () => 'released',
  rejected: () => 'rejected',
  'not-clean': ({ verdict }) =>
    verdict.state === 'not-clean' && verdict.scan === 'infected'
      ? 'held: a threat was found'
      : 'held: not scanned',
  replaced: () => 'replaced',
  recalled: () => 'recalled',
};

function collectedWords(
  { verdict, collectBy }: OutboxLine,
  collected: number | undefined,
  isTold: boolean,
  now: number,
): string {
  if (collected !== undefined) return `collected ${momentWords(collected)}`;
  if (!isTold) return 'not known';
  if (verdict.state !== 'released') return 'not collected';
  const by = inWords(today(new Date(collectBy)));
  return collectBy < now ? `not collected by ${by}` : `not collected yet, has until ${by}`;
}

function factsOf({ deposited, collectBy, verdict, recipients, ...line }: OutboxLine, isTold: boolean) {
  return {
    ...line,
    deposited: iso(deposited),
    collectBy: iso(collectBy),
    ...verdict,
    recipients: recipients.map(({ id, collected }) => ({
      id,
      ...(isTold && { collected: collected === undefined ? null : iso(collected) }),
    })),
  };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
