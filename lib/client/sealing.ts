/**
 * Sealing what is deposited under a sealed agreement. The sealed bytes of a file are made once, as a file beside what is remembered
 * of the deposit, and sent from there: age draws another key each time, so that bytes that are made again would not go on with
 * parts that S3 has already. They are taken away as soon as S3 has them; in clear nothing is written anywhere.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import {
  DeliveryRefused,
  type DepositItem,
  type DepositRefusal,
  nameOf,
  type Sends,
  type Survey,
  sealedBytes,
} from '../delivery';
import {
  SEALED_DEPOSIT_FORM,
  SEALED_ENDING,
  SEALED_MEDIA_TYPE,
  type SealedDeposit,
  sealedDepositIn,
} from '../wire';
import { sealerTo, type Through } from './age';
import type { Client } from './client';
import { fileAt, isUnchanged } from './local-files';
import { StateFolder } from './state-folder';
import { Sums } from './surveyor';

/** Nobody goes on with what was sealed so long ago, in milliseconds: the bucket has given up its parts. */
const STALE = 30 * 86_400_000;

/** A sealed file that is to be sent, or was sent by an earlier run. */
export interface SealedItem {
  readonly item: DepositItem;
  readonly survey: Survey;
  readonly sent?: { readonly version: string; readonly before: true };
}

/** What an organisation has sealed under one agreement and not done with. */
export class Sealing {
  private readonly to: string;

  private constructor(
    private readonly agreement: NonNullable<Sends['sealed']>,
    private readonly seal: Through,
    private readonly memory: StateFolder,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.to = createHash('sha256')
      .update(agreement.keys.map(({ key }) => key).join('\n'))
      .digest('hex');
  }

  /** Nothing where the agreement is not sealed. The run has the agreement to itself. */
  static async under(
    { agreement, sealed }: Sends,
    client: Client,
    state: string,
  ): Promise<Sealing | undefined> {
    if (sealed === undefined) return undefined;
    const memory = sealedIn(client, state, agreement);
    memory.clearHalfMade();
    memory.tidy(client.now() - STALE);
    return new Sealing(sealed, await sealerTo(sealed.keys.map(({ key }) => key)), memory, client.signal);
  }

  /** How many bytes a file has once it is sealed. */
  bytesOf(plain: number): number {
    return sealedBytes(this.agreement, plain);
  }

  /** What an earlier run found by reading a file. */
  earlier({ key }: DepositItem): (Pick<SealedDeposit, 'file'> & { readonly survey: Survey }) | undefined {
    const kept = this.kept(sealedKey(key));
    return kept && { file: kept.file, survey: kept.found };
  }

  /**
   * Seals a file that was looked at, or takes what an earlier run has sealed of it.
   * @throws DeliveryRefused `files` where the file was changed since, `disk`
   */
  async ready(item: DepositItem, found: Survey): Promise<SealedItem> {
    const key = sealedKey(item.key);
    const kept = this.kept(key);
    const fits =
      kept?.found.sha256 === found.sha256 && kept.to === this.to && kept.bucket === item.bucket
        ? kept
        : undefined;
    if (fits?.version !== undefined) {
      const gone = { path: '', bytes: fits.sealed.survey.bytes, stamp: '', read: none };
      const sent = { version: fits.version, before: true } as const;
      return { item: sealedItem(item, gone), survey: fits.sealed.survey, sent };
    }
    const path = this.memory.fileOf(key, SEALED_ENDING);
    if (fits !== undefined && isUnchanged({ path, bytes: 0, stamp: fits.sealed.stamp, read: none }))
      return { item: sealedItem(item, fileAt(path)), survey: fits.sealed.survey };
    return this.sealed(item, found, path);
  }

  private async sealed(item: DepositItem, found: Survey, path: string): Promise<SealedItem> {
    const key = sealedKey(item.key);
    this.memory.make();
    const beside = `${path}.${process.pid}.new`;
    try {
      const survey = await this.write(item, found, beside);
      await rename(beside, path);
      const file = fileAt(path);
      const { path: from, stamp } = item.file;
      this.remember({
        form: SEALED_DEPOSIT_FORM,
        bucket: item.bucket,
        key,
        file: { path: from, stamp },
        found,
        to: this.to,
        sealed: { stamp: file.stamp, survey },
      });
      return { item: sealedItem(item, file), survey };
    } catch (error) {
      rmSync(beside, { force: true });
      const { code, syscall, path: at = beside } = error as NodeJS.ErrnoException;
      if (typeof code !== 'string' || syscall === undefined) throw error;
      const act = at === item.file.path ? 'read' : 'write';
      throw new DeliveryRefused({ refused: 'disk', path: at, code, act }, { cause: error });
    }
  }

  private async write(item: DepositItem, found: Survey, path: string): Promise<Survey> {
    const plain = createHash('sha256');
    const sums = new Sums(this.bytesOf(found.bytes));
    const { signal } = this;
    const read = async function* () {
      for await (const piece of item.file.read(0, found.bytes)) {
        signal?.throwIfAborted();
        plain.update(piece);
        yield piece;
      }
    };
    const file = await open(path, 'w', 0o600);
    try {
      for await (const piece of this.seal(read())) {
        await sums.add(piece);
        await whole(file, piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const survey = await sums.end();
    if (survey !== undefined && plain.digest('hex') === found.sha256) return survey;
    const fault = { name: nameOf(item), path: item.file.path, fault: { why: 'changed' } } as const;
    throw new DeliveryRefused<DepositRefusal>({
      refused: 'files',
      agreement: item.agreement,
      faults: [fault],
      of: 1,
    });
  }

  /** S3 has it: its sealed bytes are no longer kept. */
  sent(key: string, version: string): void {
    const kept = this.kept(key);
    if (kept !== undefined && kept.version === undefined) this.remember({ ...kept, version });
    rmSync(this.memory.fileOf(key, SEALED_ENDING), { force: true });
  }

  /** Forgets it. */
  forget(key: string): void {
    forget(this.memory, key);
  }

  private kept(key: string): SealedDeposit | undefined {
    const kept = sealedDepositIn(this.memory.read(key));
    return kept?.key === key ? kept : undefined;
  }

  private remember(sealed: SealedDeposit): void {
    this.memory.write(sealed.key, sealed);
  }
}

/**
 * Forgets what was sealed of objects that are given up. The run has the agreement to itself.
 * @param prefix of their keys
 */
export function forgetSealed(client: Client, state: string, agreement: string, prefix: string): void {
  const memory = sealedIn(client, state, agreement);
  memory.clearHalfMade();
  const all = memory.all().flatMap((each) => sealedDepositIn(each) ?? []);
  for (const { key } of all) if (key.startsWith(prefix)) forget(memory, key);
}

function forget(memory: StateFolder, key: string): void {
  rmSync(memory.fileOf(key, SEALED_ENDING), { force: true });
  memory.remove(key);
}

function sealedIn({ profile }: Client, state: string, agreement: string): StateFolder {
  return new StateFolder(state, 'sealed', profile.organisation.account, agreement);
}

function sealedKey(key: string): string {
  return `${key}${SEALED_ENDING}`;
}

/** What is in it is not to be seen by its media type. */
function sealedItem(item: DepositItem, file: DepositItem['file']): DepositItem {
  return { ...item, key: sealedKey(item.key), mediaType: SEALED_MEDIA_TYPE, file };
}

async function whole(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length; )
    done += (await file.write(piece, done, piece.length - done)).bytesWritten;
}

async function* none(): AsyncIterable<Uint8Array> {}
