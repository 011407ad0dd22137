/** `concordat ledger`: writes a sample to try `verify` on, and cosigns checkpoints as a witness. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  CHECKPOINT,
  consistencyProof,
  cosign,
  formatVkey,
  LedgerFormatError,
  parseCheckpoint,
  verifierKey,
  WitnessRefusal,
  witnessKey,
} from '../ledger';
import { BundleError, bundleFolder, bundleNodes, parsePinnedKeys, sampleBundle } from '../ledger/bundle';
import { canonicalRegister, digestOf } from '../register/canonical';
import { SAMPLE_LOG, sampleDay } from '../transfers/sample-day';
import { type Command, textOf, UsageError, type Values } from './command';
import { inputOf, loadOrExplain } from './register-input';
import { EXIT, type ExitCode, type Terminal } from './terminal';

/** The day of the sample: not today, or two samples would differ. */
const SAMPLE_DAY = '2026-12-01';
/** The ledger’s size after each sealing of the sample’s day: a full tile, and partial ones. */
const SAMPLE_SIZES = [9, 70, 256, 300];

/** Needs neither network nor AWS. */
export const ledger: Command = {
  name: 'ledger',
  summary: 'write a sample of the ledger, or cosign a checkpoint as a witness',
  usage: 'ACTION BUNDLE [--register DIR] [--key FILE --private-key FILE --name NAME --seen FILE]',
  words: [
    { name: 'action', help: 'sample or cosign' },
    { name: 'bundle', help: 'the folder to write the sample to, or whose checkpoint is to be cosigned' },
  ],
  options: {
    register: {
      type: 'string',
      value: 'DIR',
      help: 'sample: the register whose organisations it tells of; register if not given',
    },
    key: {
      type: 'string',
      value: 'FILE',
      help: 'cosign: the log’s public key (PEM or vkey), had from elsewhere',
    },
    'private-key': { type: 'string', value: 'FILE', help: 'cosign: the witness’s Ed25519 key, as PEM' },
    name: { type: 'string', value: 'NAME', help: 'cosign: the witness’s name, such as leeds.gov.uk/witness' },
    seen: {
      type: 'string',
      value: 'FILE',
      help: 'cosign: where the last checkpoint that was cosigned is kept; it is read, then written anew',
    },
  },
  example: 'npx concordat ledger sample ledger-sample',
  run: (values, terminal) => {
    const action = textOf(values, 'action');
    if (action === 'sample') return writeSample(values, terminal);
    if (action === 'cosign') return cosignBundle(values, terminal);
    throw new UsageError(`ledger has no action '${action}': choose sample or cosign`);
  },
};

async function writeSample(values: Values, terminal: Terminal): Promise<ExitCode> {
  const register = loadOrExplain(inputOf(textOf(values, 'register'), SAMPLE_DAY, terminal.cwd), terminal);
  if (!register) return EXIT.faultyInput;
  const folder = textOf(values, 'bundle') ?? '';
  const target = resolve(terminal.cwd, folder);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new UsageError(`${folder} is not empty: name a folder that is new or empty`);
  const text = canonicalRegister(register);
  const entries = sampleDay(
    { agreements: register.agreements, registerDigest: digestOf(text) },
    SAMPLE_SIZES.at(-1) ?? 0,
  );
  const files = await sampleBundle({
    log: SAMPLE_LOG,
    entries,
    sizes: SAMPLE_SIZES,
    register: text,
    mlDsa: true,
  });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), bytes);
  }
  terminal.out(`${folder}\n`);
  terminal.err(
    `${files.size} files of a made-up day, signed with keys that anybody can make: no evidence of anything.\n` +
      `Verify it: npx concordat verify ${folder}\n`,
  );
  return EXIT.clean;
}

/** Checks that the bundle’s checkpoint continues the one seen last, cosigns it, and keeps it as seen. */
async function cosignBundle(values: Values, terminal: Terminal): Promise<ExitCode> {
  const need = (name: string) => {
    const value = textOf(values, name);
    if (value === undefined) throw new UsageError(`ledger cosign needs --${name}`);
    return value;
  };
  const path = (name: string) => resolve(terminal.cwd, name);
  const [key, privateKey, name, seenFile] = [
    need('key'),
    need('private-key'),
    need('name'),
    path(need('seen')),
  ];
  try {
    const folder = textOf(values, 'bundle') ?? '';
    const files = bundleFolder(path(folder), folder);
    const checkpoint = parseCheckpoint(files.read(CHECKPOINT));
    const seen = existsSync(seenFile) ? parseCheckpoint(readFileSync(seenFile)) : undefined;
    const [publicKey = Buffer.of()] = parsePinnedKeys(readFileSync(path(key), 'utf8'));
    const witness = { name, privateKey: ed25519Key(readFileSync(path(privateKey))) };
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
    writeFileSync(seenFile, cosigned);
    terminal.out(cosigned);
    terminal.err(
      `${name} has cosigned ${checkpoint.size} entries. Its key: ${formatVkey(witnessKey(witness))}\n`,
    );
    return EXIT.clean;
  } catch (error) {
    if (error instanceof WitnessRefusal) {
      terminal.err(`refused: ${error.message}\n`);
      return EXIT.findings;
    }
    if (!(error instanceof LedgerFormatError) && !(error instanceof BundleError) && !isMissing(error))
      throw error;
    terminal.err(`error: ${error.message}\n`);
    return EXIT.faultyInput;
  }
}

function ed25519Key(pem: Buffer): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519')
    throw new LedgerFormatError(`the private key is ${key.asymmetricKeyType}, not Ed25519`);
  return key;
}

function isMissing(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(?:E[A-Z]+|ERR_OSSL.*)$/.test(error.code)
  );
}
