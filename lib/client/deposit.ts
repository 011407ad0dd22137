/** Deposits files under an agreement: everything is looked at before a byte leaves, and an interruption costs little. */
import {
  addressed,
  agreementIn,
  DeliveryRefused,
  type DepositItem,
  type DepositRefusal,
  type FaultyFile,
  giveUp,
  type Inbox,
  lookAt,
  type NamedFile,
  nameOf,
  rememberedOf,
  type SendPorts,
  type Sends,
  type Store,
  type Survey,
  send,
  wholeOf,
} from '../delivery';
import { placeOfMessage } from '../messages';
import { inParallel } from '../runtime';
import type { UnfinishedDeposit } from '../wire';
import type { ContractPlan } from '../wire/contracts';
import type { Client } from './client';
import { type DepositMemory, hasDepositMemory, openDepositMemory } from './deposit-memory';
import { filesNamed, keptInput, STDIN } from './local-files';
import { Meter, type MeterOutlet } from './meter';
import { forgetSealed, type SealedItem, Sealing } from './sealing';
import { survey } from './surveyor';

/** How many parts, or small files, are sent at once. */
const LANES = 8;

/** What is to be deposited. */
export interface DepositRequest {
  /** The id of the agreement. */
  readonly agreement: string;
  /** Paths of files and folders; or `-` alone, which is standard input. */
  readonly files: readonly string[];
  /** The name of the one file below the agreement, in place of its own. */
  readonly name?: string | undefined;
  /** The media type, where names do not say it. */
  readonly type?: string | undefined;
  /** The id of the inbox that messages go to, where the other party has several. */
  readonly inbox?: string | undefined;
  readonly cwd: string;
  /** Where unfinished deposits are remembered. */
  readonly state: string;
  /** Told of each file as soon as it is deposited, and before that is forgotten: so none is deposited untold. */
  readonly told?: (file: DepositedFile) => void;
}

/** One file that was deposited: a transfer of its own, known by its key and version. */
export interface DepositedFile {
  /** Below the agreement. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly bytes: number;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  /** Of its bytes, big-endian in base64: as S3 has it. */
  readonly crc64nvme: string;
  /** Whether an earlier run, which was interrupted, had deposited it. */
  readonly before: boolean;
  /** The inbox that it went to, where it is a message under an agreement that has inboxes. */
  readonly inbox?: { readonly id: string; readonly team: string };
  /** What was sealed in it, where its agreement is sealed: all else is said of the sealed bytes. */
  readonly opened?: { readonly bytes: number; readonly sha256: string };
}

/** What a deposit came to. */
export interface DepositResult {
  readonly agreement: string;
  readonly files: readonly DepositedFile[];
}

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
  const memory = await openDepositMemory(whose(client, agreement.agreement, request.state));
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

function whose({ profile }: Client, agreement: string, state: string) {
  return { state, account: profile.organisation.account, agreement };
}

interface Found {
  readonly item: DepositItem;
  readonly survey: Survey;
}

async function surveyAll(
  client: Client,
  agreement: Sends,
  items: readonly DepositItem[],
  { memory, sealing }: { readonly memory: DepositMemory; readonly sealing: Sealing | undefined },
  outlet: MeterOutlet,
): Promise<{ readonly found: readonly Found[]; readonly faults: readonly FaultyFile[] }> {
  const plan = planOf(client, agreement);
  const found: Found[] = [];
  const faults: FaultyFile[] = [];
  const meter = new Meter(outlet, 'Checking', sum(items.map(({ file }) => file.bytes)));
  try {
    for (const item of items) {
      const known = knownSurvey(sealing ? sealing.earlier(item) : rememberedOf(item, memory), item, plan);
      const surveyed =
        known === undefined
          ? await survey(item, {
              plan,
              largest: agreement.largestObject,
              signal: client.signal,
              read: (bytes) => meter.add(bytes),
            })
          : { survey: known };
      if ('fault' in surveyed)
        faults.push({ name: nameOf(item), path: item.file.path, fault: surveyed.fault });
      else found.push({ item, survey: surveyed.survey });
    }
  } finally {
    meter.end();
  }
  return { found, faults };
}

/** What an earlier run found of the same file, held against the same contract. */
function knownSurvey(
  earlier: Pick<UnfinishedDeposit, 'file' | 'survey'> | undefined,
  { file }: DepositItem,
  plan: ContractPlan | undefined,
): Survey | undefined {
  if (earlier === undefined || earlier.file.path !== file.path || earlier.file.stamp !== file.stamp)
    return undefined;
  return earlier.survey.contract === plan?.contract.digest ? earlier.survey : undefined;
}

function planOf({ profile }: Client, { contract }: Sends): ContractPlan | undefined {
  return 'id' in contract ? profile.contracts.find(({ contract: { id } }) => id === contract.id) : undefined;
}

async function sendAll(
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
  const meter = new Meter(
    outlet,
    'Sending',
    sum(all.map(({ survey: { bytes } }) => sealing?.bytesOf(bytes) ?? bytes)),
  );
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

/** A deposit that was given up. */
export interface GivenUp {
  readonly agreement: string;
  readonly key: string;
}

/**
 * Gives up what is under way under an agreement: the parts that S3 has are taken away. What is deposited stays.
 * @returns what was given up
 */
export async function abandonDeposits(
  client: Client,
  { agreement, state }: Pick<DepositRequest, 'agreement' | 'state'>,
): Promise<readonly GivenUp[]> {
  const { prefix } = agreementIn(client.profile, 'sends', agreement);
  const mine = whose(client, agreement, state);
  if (!hasDepositMemory(mine)) return [];
  const memory = await openDepositMemory(mine);
  try {
    forgetSealed(client, state, agreement, prefix);
    const all = memory.all().filter((each) => each.bucket === client.profile.bucket);
    if (all.length === 0) return [];
    const store = await client.store('deposit', client.profile.bucket ?? '');
    for (const each of all) await giveUp(each, store, memory);
    return all.flatMap(({ key, stage }) => (stage.at === 'deposited' ? [] : { agreement, key }));
  } finally {
    await memory.close();
  }
}

/**
 * Gives up what is under way of one object: the parts that S3 has are taken away.
 * @returns whether there was anything, on this computer; of uploads from elsewhere the bucket’s own rule takes the parts away
 */
export async function abandonDeposit(
  client: Client,
  { key, state, store }: { readonly key: string; readonly state: string; readonly store: Store },
): Promise<boolean> {
  const mine = whose(client, agreementOfKey(key), state);
  if (!hasDepositMemory(mine)) return false;
  const memory = await openDepositMemory(mine);
  try {
    const earlier = rememberedOf({ key, bucket: client.profile.bucket ?? '' }, memory);
    if (earlier === undefined) return false;
    await giveUp(earlier, store, memory);
    forgetSealed(client, state, agreementOfKey(key), key);
    return earlier.stage.at !== 'deposited';
  } finally {
    await memory.close();
  }
}

/** The agreement of a key, `agreements/<agreement>/<name>`. */
function agreementOfKey(key: string): string {
  return key.split('/')[1] ?? '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, each) => whole + each, 0);
}
