/** Deposits files under an agreement: everything is looked at before a byte leaves, and an interruption costs little. */
import {
  addressed,
  agreementIn,
  DeliveryRefused,
  type DepositRefusal,
  type FaultyFile,
  lookAt,
  type NamedFile,
  type Sends,
  type Store,
} from '../delivery';
import type { Client } from './client';
import { openDepositMemory, whoseDeposits } from './deposit-memory';
import type { DepositRequest, DepositResult } from './deposit-request';
import { filesNamed, keptInput, STDIN } from './local-files';
import type { MeterOutlet } from './meter';
import { Sealing } from './sealing';
import { sendAll } from './sending';
import { surveyAll } from './surveys';

/**
 * Deposits. Called again after an interruption, with the same files, it goes on.
 * @throws DeliveryRefused with a DepositRefusal; StoreFailure; AbortError where the client’s signal says so
 */
export async function deposit(
  client: Client,
  request: DepositRequest,
  outlet: MeterOutlet,
): Promise<DepositResult> {
  const agreement = agreementIn(client.profile, 'sends', request.agreement, client.today());
  const input = request.files.includes(STDIN) ? await standardInput(request) : undefined;
  try {
    const files = input === undefined ? filesNamed(request.files, request.cwd, request.name) : [input.file];
    return await depositFiles(client, agreement, files, request, outlet);
  } finally {
    await input?.close();
  }
}

async function standardInput({ files, name }: DepositRequest) {
  if (files.length > 1 || name === undefined)
    throw new DeliveryRefused<DepositRefusal>({ refused: 'input-needs-name' });
  const kept = await keptInput();
  return { file: { name, file: kept.file }, close: kept.close };
}

async function depositFiles(
  client: Client,
  agreement: Sends,
  files: readonly NamedFile[],
  request: DepositRequest,
  outlet: MeterOutlet,
): Promise<DepositResult> {
  const bucket = client.profile.bucket ?? '';
  const looked = lookAt(agreement, bucket, files, request.type);
  refuse(agreement, looked.faults, files.length);
  const { inbox, type } = request;
  const letters = await addressed(agreement, looked.items, { inbox, type, signal: client.signal });
  const { items } = letters;
  refuse(agreement, letters.faults, files.length);
  const store = await client.store('deposit', bucket);
  await greet(store, items[0]?.key ?? agreement.prefix);
  client.demandClock();
  const memory = await openDepositMemory(whoseDeposits(client, agreement.agreement, request.state));
  try {
    const sealing = await Sealing.under(agreement, client, request.state);
    const surveyed = await surveyAll(client, agreement, items, { memory, sealing }, outlet);
    refuse(agreement, surveyed.faults, files.length);
    const ports = { store, memory, now: client.serverNow };
    const to = { ...ports, sealing, inbox: letters.inbox };
    const sent = await sendAll(client, surveyed.found, to, outlet, request.told);
    // Until here a run that was interrupted finds all of them, and sends none twice.
    for (const { key } of sent) {
      memory.remove(key);
      sealing?.forget(key);
    }
    return { agreement: agreement.agreement, files: sent };
  } finally {
    await memory.close();
  }
}

/** A first call that changes nothing: it shows whether S3 is there and lets the role in, and what time it is there. */
async function greet(store: Store, key: string): Promise<void> {
  for await (const _ of store.list(key)) return;
}

function refuse({ agreement }: Sends, faults: readonly FaultyFile[], of: number): void {
  if (faults.length > 0)
    throw new DeliveryRefused<DepositRefusal>({ refused: 'files', agreement, faults, of });
}
