/** `concordat status --live`: what each account runs now, by the engine’s table and by the accounts themselves. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Register } from '../../register';
import {
  type FleetStatus,
  fleetStatus,
  isClean,
  type Lookout,
  realLookout,
  type SeenAccount,
  statusDocument,
} from '../../rollout';
import { described, inParallel } from '../../runtime';
import { WireError } from '../../wire';
import { documentPage, documentText, plural } from '../../words';
import { UsageError } from '../option';
import { demandPageAt, writePageTo } from '../own-files';
import { EXIT, type ExitCode, type Terminal } from '../terminal';

/** How many accounts are asked at once. */
const AT_ONCE = 16;
const PAGE_OPTION = '--page FILE';

/** Where a register’s fleet is looked at. @param engine the engine’s account */
export type LookoutOf = (region: string, engine: string) => Lookout;

/** AWS, with the credentials of the environment. */
export const lookoutOnAws: LookoutOf = (region, engine) => realLookout(region, engine, sleep);

/** What was asked for. */
interface LiveAsked {
  readonly drift: boolean;
  readonly page: string | undefined;
  readonly json: boolean;
  /** The day that is judged for: who has left by then, YYYY-MM-DD. */
  readonly asOf: string;
}

/**
 * Asks every account, and tells it as text or JSON, and as a page. One that cannot be asked keeps no other from being told. Exits 0,
 * 1 where there is something to look at, 3 where the table holds what no rollout wrote, 5 where the table cannot be read.
 * @throws UsageError where the register declares nobody who watches, or the page is not as it was written; nobody is asked then
 */
export async function liveStatus(
  asked: LiveAsked,
  { zone, organisations }: Register,
  lookoutOf: LookoutOf,
  terminal: Terminal,
): Promise<ExitCode> {
  const { rollout } = zone;
  if (rollout?.watchedBy === undefined)
    throw new UsageError(
      'zone.yaml declares nobody who watches: name roles under `rollout`, `watchedBy`, then deploy the engine and the baseline',
    );
  if (asked.page !== undefined) demandPageAt(asked.page, PAGE_OPTION, terminal);
  const lookout = lookoutOf(zone.region, rollout.account);
  let rows: Awaited<ReturnType<Lookout['rows']>>;
  try {
    rows = await lookout.rows();
  } catch (error) {
    if (error instanceof WireError) {
      terminal.err(`error: ${error.problems.join('\nerror: ')}\n`);
      return EXIT.faultyInput;
    }
    terminal.err(
      `error: the engine’s table could not be read (${described(error)}). Sign in as one of ${rollout.watchedBy.join(', ')}\n`,
    );
    return EXIT.unfinished;
  }
  const names = new Map<string, string>([
    [zone.accounts.zone, 'The zone'],
    ...organisations.flatMap((each) =>
      each.membership === 'member' ? [[each.account as string, each.name] as const] : [],
    ),
  ]);
  const seen = await asking(
    [...names.keys(), ...rows.map(({ account }) => account)],
    rows,
    lookout,
    asked,
    terminal,
  );
  const left = organisations.flatMap(({ account, leaves, windsUp = leaves }) =>
    windsUp !== undefined && windsUp < asked.asOf ? [[account as string, windsUp as string] as const] : [],
  );
  const status: FleetStatus = fleetStatus(rows, seen, new Set(names.keys()), new Map(left));
  const at = `${new Date().toISOString().slice(0, 16)}Z`;
  const page = statusDocument(status, (account) => names.get(account), at);
  if (asked.json)
    terminal.out(`${JSON.stringify({ schema: 'concordat-fleet-status/v1', at, ...status }, null, 2)}\n`);
  else
    terminal.out(
      documentText(page, {
        colour: terminal.colour,
        ...(terminal.outWidth !== undefined && { width: terminal.outWidth }),
      }),
    );
  if (asked.page !== undefined) {
    writePageTo(asked.page, documentPage('Where everybody stands', page), PAGE_OPTION, terminal);
    terminal.err(`${join(asked.page)} has the same as a page.\n`);
  }
  return isClean(status) ? EXIT.clean : EXIT.findings;
}

async function asking(
  accounts: readonly string[],
  rows: Awaited<ReturnType<Lookout['rows']>>,
  lookout: Lookout,
  { drift }: LiveAsked,
  { err, progress }: Terminal,
): Promise<ReadonlyMap<string, SeenAccount | Error>> {
  const all = [...new Set(accounts)].sort();
  err(
    `Asking ${plural(all.length, 'account')}${drift ? ', and having CloudFormation look for drift, which takes some minutes' : ''}.\n`,
  );
  const seen = new Map<string, SeenAccount | Error>();
  await inParallel(all, AT_ONCE, async (account) => {
    const stacks = rows.filter((row) => row.account === account).map(({ stack }) => stack);
    try {
      seen.set(account, await lookout.account(account, stacks, drift ? 'anew' : 'known'));
    } catch (error) {
      seen.set(account, error instanceof Error ? error : new Error(String(error)));
    }
    progress?.(`${seen.size} of ${all.length}`);
  });
  progress?.(undefined);
  return seen;
}
