/** `concordat ledger`: writes a sample to try `verify` on, and cosigns checkpoints as a witness. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolder, writeWhole } from '../../disk';
import {
  CHECKPOINT,
  consistencyProof,
  cosign,
  formatVkey,
  LedgerFormatError,
  verifierKey,
  WitnessRefusal,
  witnessKey,
} from '../../ledger';
import {
  BundleError,
  bundleFolder,
  bundleNodes,
  checkpointOf,
  sampleBundle,
  type WhatToDo,
} from '../../ledger/bundle';
import { auditIndex } from '../../policy';
import { canonicalRegister, isLive, sharesOf } from '../../register';
import { dateOf, inWords } from '../../register/calendar';
import { SAMPLE_LOG, sampleTrail } from '../../transfers';
import { plural, quoted, systemCode } from '../../words';
import { command } from '../command';
import { needed, text, UsageError, word } from '../option';
import { demandOutsideRegisters } from '../outside-registers';
import { inputOf, loadOrExplain } from '../register-input';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { textNamed, unread } from '../unread';
import { unwritten } from '../unwritten';
import { REGISTER_OPTION } from '../vocabulary';
import { pinnedKeysIn } from './pinned-keys';

/** The day of the sample: not today, or two samples would differ. */
const SAMPLE_DAY = dateOf('2026-12-01');
/** The ledger’s size after each sealing of the sample’s day: a full tile, and partial ones. */
const SAMPLE_SIZES = [9, 70, 256, 300];

/** Needs neither network nor AWS. Exits 0, or 3 where the register is faulty. */
export const ledgerSample = command({
  name: 'ledger sample',
  words: { bundle: word('the folder to write the sample to, new or empty') },
  options: {
    ...REGISTER_OPTION,
    archive: text('DIR', 'a folder, new or empty, for the log files that the sample was made from'),
  },
  example: 'npx concordat ledger sample ledger-sample --archive archive-sample',
  run: (values, terminal) => writeSample(values, terminal),
});

/** Needs neither network nor AWS. Exits 0, 1 where it is refused, 3 where there is nothing to cosign. */
export const ledgerCosign = command({
  name: 'ledger cosign',
  words: { bundle: word('the folder of the copy whose checkpoint is to be cosigned') },
  options: {
    key: needed(text('FILE', 'the log’s public key (PEM or vkey), had from elsewhere')),
    'private-key': needed(text('FILE', 'the witness’s Ed25519 key, as PEM')),
    name: needed(text('NAME', 'the witness’s name, such as leeds.gov.uk/witness')),
    seen: needed(
      text(
        'FILE',
        'where the last checkpoint that was cosigned is kept; it is read, then written over with the new one',
      ),
    ),
  },
  example:
    'npx concordat ledger cosign ledger-copy --key zone-ledger.pem --private-key witness.pem --name leeds.gov.uk/witness --seen seen-checkpoint',
  run: ({ 'private-key': privateKey, ...values }, terminal) =>
    cosignBundle({ ...values, privateKey }, terminal),
});

async function writeSample(
  {
    bundle: folder,
    archive,
    register: registerFolder,
  }: { readonly bundle: string; readonly archive: string | undefined; readonly register: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const register = loadOrExplain(inputOf(registerFolder, SAMPLE_DAY, terminal.cwd), terminal);
  if (!register) return EXIT.faultyInput;
  if (!sharesOf(register, SAMPLE_DAY).some(isLive)) {
    terminal.err(
      `error: no agreement of ${registerFolder} is in force on ${inWords(SAMPLE_DAY)}, the day of the sample: there would be nothing in it\n`,
    );
    return EXIT.faultyInput;
  }
  const text = canonicalRegister(register);
  const { entries, logFiles, index } = sampleTrail(auditIndex(register), SAMPLE_SIZES.at(-1) ?? 0);
  const files = await sampleBundle({
    log: SAMPLE_LOG,
    entries,
    sizes: SAMPLE_SIZES,
    register: text,
    mlDsa: true,
  });
  const folders = [
    { name: folder, holds: new Map<string, Uint8Array | string>([...files, index]) },
    ...(archive === undefined ? [] : [{ name: archive, holds: logFiles }]),
  ].filter(({ name, holds }) => !isThere(name, holds, terminal));
  for (const { name, holds } of folders) write(name, holds, terminal);
  terminal.out(`${folder}\n`);
  terminal.err(
    `${plural(files.size, 'file')} of a made-up day, signed with keys that anybody can make: no evidence of anything.\n` +
      `Verify it: npx concordat verify ${quoted(folder)}${archive === undefined ? '' : ` --archive ${quoted(archive)}`}\n`,
  );
  return EXIT.clean;
}

/**
 * Whether a folder holds the sample already, as where one who wrote two folders was cut off between them.
 * @throws UsageError where it holds anything else
 */
function isThere(name: string, files: ReadonlyMap<string, Uint8Array | string>, { cwd }: Terminal): boolean {
  const folder = resolve(cwd, name);
  demandOutsideRegisters(name, { cwd });
  if (!existsSync(folder)) return false;
  const there = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (each) => !each.isDirectory(),
  );
  if (there.length === 0) return false;
  const isSample =
    there.length === files.size &&
    [...files].every(([path, content]) => {
      const file = join(folder, path);
      return existsSync(file) && readFileSync(file).equals(Buffer.from(content));
    });
  if (isSample) return true;
  throw new UsageError(`${name} is not empty: name a folder that is new or empty`);
}

function write(folder: string, files: ReadonlyMap<string, Uint8Array | string>, { cwd }: Terminal): void {
  makeFolder(resolve(cwd, folder), (fresh) => {
    for (const [path, content] of files) {
      const target = join(fresh, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
  });
}

/** Checks that the bundle’s checkpoint continues the one seen last, cosigns it, and keeps it as seen. */
async function cosignBundle(
  order: {
    readonly bundle: string;
    readonly key: string;
    readonly privateKey: string;
    readonly name: string;
    readonly seen: string;
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const path = (name: string) => resolve(terminal.cwd, name);
  const { bundle: folder, name } = order;
  const seenFile = path(order.seen);
  try {
    const files = bundleFolder(path(folder), folder);
    if (!files.paths().includes(CHECKPOINT))
      throw new BundleError(`${folder} holds no checkpoint: name the folder of a copy of the ledger`);
    const checkpoint = checkpointOf(files.read(CHECKPOINT), `${folder}/${CHECKPOINT}`, {
      empty: 'copy it again',
    });
    const kept = seenBefore(order.seen, terminal);
    const seen = kept && checkpointOf(kept, order.seen, lastSeen(name));
    const [publicKey = Buffer.of()] = pinnedKeysIn(path(order.key), order.key);
    const privateKey = ed25519Key(order.privateKey, terminal);
    const witness = { name, privateKey };
    const cosigned = await cosign({
      checkpoint,
      seen,
      proof:
        seen && seen.size <= checkpoint.size
          ? consistencyProof(bundleNodes(files, checkpoint.size), seen.size, checkpoint.size)
          : [],
      logKey: verifierKey(checkpoint.origin, 'ed25519', publicKey),
      witness,
      time: Math.floor(Date.now() / 1000),
    });
    try {
      writeWhole(seenFile, cosigned);
    } catch (error) {
      throw unwritten(order.seen, 'file with --seen FILE', error);
    }
    terminal.out(cosigned);
    terminal.err(
      `${name} has cosigned ${plural(checkpoint.size, 'entry', 'entries')}. Its key: ${formatVkey(witnessKey(witness))}\n`,
    );
    return EXIT.clean;
  } catch (error) {
    if (error instanceof WitnessRefusal) {
      terminal.err(`refused: ${error.message}\n`);
      return EXIT.findings;
    }
    if (!(error instanceof LedgerFormatError) && !(error instanceof BundleError)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return EXIT.faultyInput;
  }
}

/** What a witness does about what it remembers, without which it would cosign a fork. */
function lastSeen(name: string): WhatToDo {
  return {
    empty: `put back what ${name} cosigned last, from a backup or from whoever was given it. Delete the file only if ${name} has never cosigned this log`,
    lineEnds: 'write it with LF line ends again (dos2unix), or put it back from a backup',
  };
}

/** What was kept; nothing where nothing is there yet. One that cannot be read is none that is not there. @throws UsageError */
function seenBefore(shown: string, { cwd }: Terminal): Uint8Array | undefined {
  try {
    return readFileSync(resolve(cwd, shown));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw unread(shown, 'name the file of the checkpoint that was cosigned last with --seen FILE', error);
  }
}

/** With any line ends: openssl takes CR LF and LF alone. @throws LedgerFormatError where it is no such key */
function ed25519Key(shown: string, terminal: Terminal): KeyObject {
  const pem = textNamed(shown, 'name the file of the witness’s private key', terminal);
  const key = privateKeyIn(pem.replaceAll(/\r\n?/g, '\n'), shown);
  if (key.asymmetricKeyType !== 'ed25519')
    throw new LedgerFormatError(`the private key in ${shown} is ${key.asymmetricKeyType}, not Ed25519`);
  return key;
}

function privateKeyIn(pem: string, shown: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new LedgerFormatError(
      `${shown} holds no private key that can be read: give one in PEM, without a passphrase`,
      { cause: error },
    );
  }
}
