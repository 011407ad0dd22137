/**
 * The types of `concordat-client.mjs` as a module: what a program that sends or collects by itself calls, and what it gets.
 * Needs TypeScript 5 or later, and `AbortSignal` from the types of Node or of the DOM. What the module exports besides is of its
 * own commands, and may change.
 */

/** Times are milliseconds since 1970, and days `YYYY-MM-DD`, unless it says otherwise. */
type Milliseconds = number;

/** How a client is opened. */
export interface ClientSetting {
  /** The file of the profile; looked for where nothing is given, as the commands do. */
  readonly profile?: string | undefined;
  /** Another address of S3 than AWS’s. */
  readonly endpoint?: string | undefined;
  /** The folder in which the profile is looked for first. */
  readonly cwd: string;
  /** The environment, such as `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The clock of this computer, where nothing is given. */
  readonly now?: () => Milliseconds;
  /** Stops what is under way. What was done stays, and the same call goes on from it. */
  readonly signal?: AbortSignal | undefined;
}

/** An agreement under which the organisation sends. */
export interface SendingAgreement {
  readonly agreement: string;
  readonly title: string;
  /** Of its objects’ keys: `agreements/<agreement>/`. */
  readonly prefix: string;
  /** The most bytes of a file. */
  readonly largestObject: number;
  readonly mediaTypes: readonly string[];
}

/** An agreement under which the organisation collects. */
export interface CollectingAgreement {
  readonly agreement: string;
  readonly title: string;
  readonly prefix: string;
  readonly collectWithinDays: number;
  readonly owner: { readonly id: string; readonly name: string };
  /** The ARN of the owner’s access point. */
  readonly accessPoint: string;
}

/** What the organisation’s profile says, as far as programs need it. */
export interface Profile {
  readonly region: string;
  readonly organisation: { readonly id: string; readonly name: string; readonly account: string };
  /** The organisation’s bucket, where it may deposit. */
  readonly bucket?: string | undefined;
  readonly sends: readonly SendingAgreement[];
  readonly collects: readonly CollectingAgreement[];
}

/** An opened client: give it to the other functions. */
export interface Client {
  readonly profile: Profile;
  /** Where the profile lay. */
  readonly file: string;
  readonly now: () => Milliseconds;
  /** Today in London. */
  readonly today: () => string;
}

/** Opens a client. No call is made yet. @throws an error with a Refusal, `no-profile` or `faulty-profile` */
export function openClient(setting: ClientSetting): Client;

/** Where progress goes; nothing of it has to be given but the clock. */
export interface MeterOutlet {
  /** Replaces the line that was shown before; takes it away where it is called with nothing. */
  readonly progress?: ((line: string | undefined) => void) | undefined;
  /** Writes a line of a log. */
  readonly line?: ((line: string) => void) | undefined;
  /** Goes on steadily, such as `performance.now`. */
  readonly now: () => Milliseconds;
}

/** What is to be deposited. */
export interface DepositRequest {
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
  /** The folder in which unfinished deposits are remembered; `statePlace` gives that of the commands. */
  readonly state: string;
  /** Told of each file as soon as it is deposited. */
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
  /** Of its bytes, big-endian in base64. */
  readonly crc64nvme: string;
  /** Whether an earlier run, which was interrupted, had deposited it. */
  readonly before: boolean;
  /** The inbox that it went to, where it is a message under an agreement that has inboxes. */
  readonly inbox?: { readonly id: string; readonly team: string };
}

/** What a deposit came to. */
export interface DepositResult {
  readonly agreement: string;
  readonly files: readonly DepositedFile[];
}

/**
 * Deposits. Called again after an interruption, with the same files, it goes on.
 * @throws an error that `refusalOf` tells: every file is looked at before a byte leaves
 */
export function deposit(client: Client, request: DepositRequest, outlet: MeterOutlet): Promise<DepositResult>;

/** How it stands with a deposited version. */
export type DepositVerdict =
  /** The malware scan has not come to it, or the release gate has not. */
  | { readonly state: 'awaiting'; readonly what: 'scan' | 'gate' }
  /** The gate has decided; its report says why, where it can be read. */
  | { readonly state: 'released' | 'rejected'; readonly report: GateReport | undefined }
  /** The malware scan did not find it clean: nobody may read it. */
  | {
      readonly state: 'not-clean';
      readonly scan: 'infected' | 'unscannable' | 'failed';
      readonly status: string;
    }
  /** Another version has its name by now. */
  | { readonly state: 'replaced' }
  /** It was recalled. */
  | { readonly state: 'recalled' };

/** What the release gate reports. */
export interface GateReport {
  /** Why it was rejected; empty where it was released. */
  readonly reasons: readonly { readonly why: string }[];
}

/** A deposited file with what became of it. */
export interface DecidedFile {
  readonly file: DepositedFile;
  readonly verdict: DepositVerdict;
}

/**
 * Waits until the malware scan and the gate have decided on each file, or the time is over: then some are `awaiting`.
 * @param until the moment, in milliseconds since 1970
 * @param decided is told of each as soon as it is settled
 */
export function waitForVerdicts(
  client: Client,
  files: readonly DepositedFile[],
  until: Milliseconds,
  decided: (each: DecidedFile) => void,
): Promise<readonly DecidedFile[]>;

/** Gives up what is under way under an agreement: the parts that S3 has are taken away. What is deposited stays. */
export function abandonDeposits(
  client: Client,
  request: { readonly agreement: string; readonly state: string },
): Promise<readonly { readonly agreement: string; readonly key: string }[]>;

/** Where state is kept: as named, by CONCORDAT_STATE, or the system’s own place for it. */
export function statePlace(asked: {
  readonly state: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): string;

/** The checksum of S3 that a file was held against. */
export interface ObjectChecksum {
  readonly algorithm:
    | 'SHA512'
    | 'SHA256'
    | 'CRC64NVME'
    | 'XXHASH128'
    | 'XXHASH3'
    | 'XXHASH64'
    | 'CRC32C'
    | 'CRC32'
    | 'SHA1'
    | 'MD5';
  /** Base64. */
  readonly value: string;
  /** How many parts it is of; nothing where it is of the whole object. */
  readonly parts: number | undefined;
}

/** A file that was collected. */
export interface CollectedFile {
  readonly agreement: string;
  readonly key: string;
  readonly version: string;
  readonly bytes: number;
  /** When it was deposited. */
  readonly deposited: Milliseconds;
  /** The names below the folder: of its folders, and its own. */
  readonly names: readonly string[];
  readonly checksum: ObjectChecksum;
}

/** What came of a program that was run on a collected file. */
export type HandedOn =
  | { readonly code: number }
  | { readonly signal: string }
  /** It could not be started: Node’s code, such as ENOENT. */
  | { readonly failed: string };

/** What is to be collected. */
export interface CollectRequest {
  /** All agreements in force, where none is named. */
  readonly agreement?: string | undefined;
  /** Only what was deposited from then on. */
  readonly since?: Milliseconds | undefined;
  /** Done with each file once it has its name. What does not end with code 0 is done again by the next round. */
  readonly handOn?: ((file: CollectedFile) => Promise<HandedOn>) | undefined;
}

/** What happens while it collects. */
export type RoundEvent =
  | { readonly event: 'found'; readonly agreement: string; readonly waiting: number; readonly bytes: number }
  | { readonly event: 'collected'; readonly noted: CollectedFile }
  /** It may not be read: not released, or not any more. S3 does not tell a recipient which. */
  | {
      readonly event: 'held';
      readonly arrival: { readonly agreement: string; readonly listed: { readonly key: string } };
    }
  | {
      readonly event: 'not-collected';
      readonly agreement: string;
      readonly key: string;
      readonly why: Refusal;
    }
  | { readonly event: 'agreement-closed'; readonly agreement: string; readonly why: Refusal }
  | { readonly event: 'command-failed'; readonly noted: CollectedFile; readonly how: HandedOn };

/** Who is told of what happens. */
export interface CollectListener {
  readonly tell: (event: RoundEvent) => void;
  /** So many more bytes have arrived, or were there already. */
  readonly arrived?: (bytes: number) => void;
}

/** What a round came to. */
export interface RoundResult {
  readonly collected: number;
  readonly bytes: number;
  /** Collected before, in an earlier run. */
  readonly before: number;
  readonly held: number;
  readonly failed: number;
}

/**
 * Collects once into a folder: everything that was released, whole and checked.
 * @throws an error that `refusalOf` tells where nothing can go on; what has arrived is kept, and the next call goes on
 */
export function collect(
  client: Client,
  folder: string,
  request?: CollectRequest,
  listener?: CollectListener,
): Promise<RoundResult>;

/** A folder that this process collects into, and no other. */
export interface Collecting {
  /** One round: everything that waits. */
  round(request: CollectRequest, listener: CollectListener): Promise<RoundResult>;
  /** Lets another have the folder. */
  release(): Promise<void>;
}

/** Takes a folder for collecting, round after round. @throws an error with a Refusal, `folder-busy` or `disk` */
export function openCollecting(client: Client, folder: string): Promise<Collecting>;

/**
 * Why something was not done. Tell them apart by `refused`, and failures of S3 by their `kind`; each has more of its own, which
 * docs/sending-and-collecting.md names. What passes by itself: `failed` with the kinds `unreachable` and `busy`, `stopped`, `disk`,
 * `deposit-busy` and `folder-busy`.
 */
export interface Refusal {
  readonly refused: string;
  /** Of `failed`: what kind of failure it was. */
  readonly kind?: string;
}

/** What was thrown, as a refusal; nothing for what is a fault of the program. */
export function refusalOf(error: unknown, endpoint?: string): Refusal | undefined;
