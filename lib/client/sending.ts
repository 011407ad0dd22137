/** Sends all files of a deposit, each of which was found to be fit before. */
import { type Inbox, nameOf, type SendPorts, send, wholeOf } from '../delivery';
import { placeOfMessage } from '../messages';
import { inParallel } from '../runtime';
import type { Client } from './client';
import type { DepositedFile, DepositRequest } from './deposit-request';
import { Meter, type MeterOutlet } from './meter';
import type { SealedItem, Sealing } from './sealing';
import type { Found } from './surveys';

/** How many parts, or small files, are sent at once. */
const LANES = 8;

/**
 * Sends them, small ones side by side, and gives those that were deposited, in the order in which they were found.
 * @throws StoreFailure; AbortError where the client’s signal says so: files that were deposited until then have been told of
 */
export async function sendAll(
  client: Client,
  all: readonly Found[],
  {
    sealing,
    inbox,
    ...ports
  }: Omit<SendPorts, 'lanes' | 'sent'> & {
    readonly sealing: Sealing | undefined;
    readonly inbox: Inbox | undefined;
  },
  outlet: MeterOutlet,
  told: DepositRequest['told'],
): Promise<readonly DepositedFile[]> {
  const whole = all.reduce((sum, { survey: { bytes } }) => sum + (sealing?.bytesOf(bytes) ?? bytes), 0);
  const meter = new Meter(outlet, 'Sending', whole);
  const done = new Map<string, DepositedFile>();
  const act = async (given: Found) => {
    client.signal?.throwIfAborted();
    const ready: SealedItem = (await sealing?.ready(given.item, given.survey)) ?? given;
    const { item, survey: found } = ready;
    const { version, before } =
      ready.sent ??
      (await send(item, found, {
        ...ports,
        lanes: LANES,
        sent: (bytes, kind) => meter.add(bytes, kind),
      }));
    const { bucket, key } = item;
    const { bytes, sha256 } = found;
    const crc64nvme = wholeOf(found);
    sealing?.sent(key, version);
    const opened = sealing && { opened: { bytes: given.survey.bytes, sha256: given.survey.sha256 } };
    const name = nameOf(item);
    const to = inbox !== undefined && placeOfMessage(nameOf(given.item))?.inbox === inbox.id && { inbox };
    const file = { name, bucket, key, version, bytes, sha256, crc64nvme, before, ...to, ...opened };
    done.set(given.item.key, file);
    meter.end();
    told?.(file);
  };
  try {
    // Parts of one file are sent side by side, and so are files of one part.
    await inParallel(all.filter(isSmall), LANES, act);
    await inParallel(
      all.filter((each) => !isSmall(each)),
      1,
      act,
    );
  } finally {
    meter.end();
  }
  return all.flatMap(({ item }) => done.get(item.key) ?? []);
}

function isSmall({ survey: { crc64nvme } }: Found): boolean {
  return crc64nvme.length === 1;
}
