/** Collects into a folder: what the command does, and what others may call. */
import { setTimeout as sleeping } from 'node:timers/promises';
import {
  collectRound,
  type HandedOn,
  type Noted,
  Notes,
  type RoundEvent,
  type RoundResult,
} from '../delivery';
import { checksumsHere, Lanes } from '../runtime';
import type { Client } from './client';
import { type ReceiptsRequest, type ReceiptsResult, receiptsOf } from './collected-receipts';
import { openDesk } from './desk';
import { freedAsItPasses } from './passing-bytes';
import { type UnsealRequest, unsealingBy } from './unsealing';

/** Requests under way at once. */
const REQUESTS = 24;
const LONGEST_PAUSE = 8_000;

/** What is to be collected. */
export interface CollectRequest {
  /** All agreements in force, where none is named. */
  readonly agreement?: string | undefined;
  /** Only what was deposited from then on, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Done with each file once it has its name. What does not end with code 0 is done again by the next round that has it. */
  readonly handOn?: ((noted: Noted) => Promise<HandedOn>) | undefined;
  /** How sealed agreements are dealt with. */
  readonly unseal?: UnsealRequest | undefined;
}

/** Who is told of what happens. */
export interface CollectListener {
  readonly tell: (event: RoundEvent) => void;
  /** So many more bytes have arrived, or were there already. */
  readonly arrived?: (bytes: number) => void;
}

/** A folder that this process collects into, and no other. */
export interface Collecting {
  /**
   * One round: everything that waits.
   * @throws DeliveryRefused, StoreFailure where nothing can go on. What has arrived is kept, and the next round goes on
   */
  round(request: CollectRequest, listener: CollectListener): Promise<RoundResult>;
  /**
   * Fetches and checks the receipts of what was collected, by this run or an earlier one, and has none yet. What the ledger has
   * not sealed yet is left to the next call.
   * @throws DeliveryRefused ReceiptRefusal where the ledger does not hold; StoreFailure
   */
  receipts(request: ReceiptsRequest): Promise<ReceiptsResult>;
  /** Lets another have the folder. */
  release(): Promise<void>;
}

/**
 * Takes a folder for collecting, and makes it where it is not there.
 * @param wait between tries; the clock on the wall where nothing is given
 * @throws DeliveryRefused `folder-busy`, `disk`
 */
export async function openCollecting(
  client: Client,
  folder: string,
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void> = waits,
): Promise<Collecting> {
  const desk = await openDesk(folder);
  const signal = client.signal ?? new AbortController().signal;
  const checksums = checksumsHere();
  const lanes = new Lanes(REQUESTS);
  let known: Notes | undefined;
  const notesHere = async () => {
    known ??= new Notes(await desk.noted());
    return known;
  };
  return {
    receipts: async (request) => {
      const notes = await notesHere();
      return receiptsOf(client, notes.toReceipt, request, async (noted) => {
        const done: Noted = { ...noted, what: 'receipted', at: client.now() };
        await desk.note(done);
        notes.add(done);
      });
    },
    round: async ({ agreement, since, handOn, unseal = {} }, { tell, arrived: told = () => undefined }) => {
      const notes = await notesHere();
      const arrived = freedAsItPasses(told);
      const pause = (times: number) => wait(Math.min(LONGEST_PAUSE, 200 * 2 ** times), signal);
      const tools = { desk, notes, signal, checksums, lanes, now: client.now, arrived, pause };
      const unsealingOf = await unsealingBy(client.profile, unseal, client.signal);
      return collectRound(tools, {
        unsealingOf,
        profile: client.profile,
        agreement,
        on: client.today(),
        since,
        shelfOf: async ({ accessPoint }) => {
          const shelf = await client.shelf(accessPoint);
          client.demandClock();
          return shelf;
        },
        ...(handOn && { handOn }),
        tell,
      });
    },
    release: () => desk.release(),
  };
}

/** Collects once into a folder. @throws as `openCollecting` and `round` */
export async function collect(
  client: Client,
  folder: string,
  request: CollectRequest = {},
  listener: CollectListener = { tell: () => undefined },
): Promise<RoundResult> {
  const collecting = await openCollecting(client, folder);
  try {
    return await collecting.round(request, listener);
  } finally {
    await collecting.release();
  }
}

function waits(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleeping(milliseconds, undefined, { signal });
}
