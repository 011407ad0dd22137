/** `concordat inbox`: what lies for the organisation, from whom, until when, and how each stands. */
import { join, resolve } from 'node:path';
import { bytesInWords, collectEnding, collectText, notedIn, refusalOf } from '../../client';
import { agreementsOf, type Hindrance, type InboxLine, inboxOf, Notes, StoreFailure } from '../../delivery';
import { inWords, startOfDay, today } from '../../register/calendar';
import { Lanes } from '../../runtime';
import { columns, momentWords, visible } from '../../words';
import { type Command, command } from '../command';
import { day, optionalWord } from '../option';
import { EXIT } from '../terminal';
import { TO_OPTION } from '../vocabulary';
import { CLIENT_OPTIONS, type Open, withClient } from './client-run';

/** Requests under way at once. */
const REQUESTS = 24;

/** The command, for a way to open the client. */
export function inboxCommand(open?: Open): Command {
  return command({
    name: 'inbox',
    words: { agreement: optionalWord('the agreement; all that are in force if not given') },
    options: {
      ...TO_OPTION,
      since: day('only what was deposited from this day on'),
      ...CLIENT_OPTIONS,
    },
    example: 'npx concordat inbox',
    run: (values, terminal) =>
      withClient(
        values,
        terminal,
        async (client, says) => {
          const notes = new Notes(await notedIn(resolve(terminal.cwd, values.to)));
          const lanes = new Lanes(REQUESTS);
          const since = values.since === undefined ? undefined : Date.parse(startOfDay(values.since));
          let isClosed = false;
          const rows: string[][] = [];
          const { agreement } = values;
          for (const terms of agreementsOf({ profile: client.profile, agreement, on: client.today() })) {
            try {
              const shelf = await client.shelf(terms.accessPoint);
              client.demandClock();
              for (const line of await inboxOf(shelf, terms, notes, lanes, since)) {
                says.fact({ event: 'transfer', owner: terms.owner.id, ...factsOf(line) });
                rows.push(rowOf(line, terms.owner.name, values.to, client.now()));
              }
            } catch (error) {
              if (!(error instanceof StoreFailure) || !OF_AGREEMENT.has(error.kind)) throw error;
              isClosed = true;
              const why = refusalOf(error, client.endpoint) as Hindrance;
              const { happened, mend } = collectText(why);
              says.wrong(
                { happened: `${terms.agreement}: ${happened}`, mend },
                { event: 'agreement-closed', agreement: terms.agreement, ...why },
              );
            }
          }
          if (!values.json) for (const line of columns(rows)) terminal.out(`${line}\n`);
          if (rows.length === 0 && !isClosed) says.talk('Nothing lies for your organisation.');
          return isClosed ? EXIT.findings : EXIT.clean;
        },
        { ...(open && { open }), refusals: { text: collectText, ending: collectEnding } },
      ),
  });
}

/** The command as it is called. */
export const inbox: Command = inboxCommand();

/** What closes one agreement and says nothing of the others. */
const OF_AGREEMENT: ReadonlySet<StoreFailure['kind']> = new Set([
  'denied',
  'no-bucket',
  'no-key',
  'in-between',
  'unexpected',
  'busy',
]);

function rowOf(line: InboxLine, owner: string, folder: string, now: number): string[] {
  return [
    `${line.agreement}/${visible(line.rest)}`,
    bytesInWords(line.bytes),
    `from ${owner}`,
    `deposited ${momentWords(line.deposited)}`,
    stateWords(line, folder, now),
  ];
}

function stateWords({ state, collectBy, collected }: InboxLine, folder: string, now: number): string {
  if (collected !== undefined)
    return `collected ${momentWords(collected.at)} as ${visible(join(folder, ...collected.names))}`;
  if (state === 'held') return 'held: not released yet, rejected, or stopped';
  const day = inWords(today(new Date(collectBy)));
  return collectBy < now ? `ready; was to be collected by ${day}` : `ready: collect by ${day}`;
}

function factsOf({ deposited, collectBy, collected, ...line }: InboxLine) {
  return {
    ...line,
    deposited: iso(deposited),
    collectBy: iso(collectBy),
    ...(collected && { collected: iso(collected.at), names: collected.names }),
  };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
