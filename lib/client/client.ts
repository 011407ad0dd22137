/** What every command of delivery begins with: a profile, and S3 as one of the organisation’s roles. */
import { setMaxListeners } from 'node:events';
import {
  DeliveryRefused,
  type DeliveryRole,
  type SharedRefusal,
  type Shelf,
  type Store,
  StoreFailure,
} from '../delivery';
import { today } from '../register/calendar';
import type { Profile, ProfileSignIn } from '../wire';
import { findProfile } from './profile-file';
import { MOST_SECONDS_OFF, ServerClock } from './server-clock';
import { SessionFile } from './session-file';
import type { RoleProvider } from './sign-in';
import { statePlace } from './state-folder';

/** How a client is opened. */
export interface ClientSetting {
  /** The file of the profile; looked for where nothing is given. */
  readonly profile?: string | undefined;
  /** Another address of S3 than AWS’s, such as `http://127.0.0.1:7070`. */
  readonly endpoint?: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970; the clock of this computer where nothing is given. */
  readonly now?: () => number;
  /** The state folder, where a sign-in is kept; the system’s own place where nothing is given. */
  readonly state?: string | undefined;
  /** Stops what is under way. What was done stays, and the same command goes on from it. */
  readonly signal?: AbortSignal | undefined;
  /** Opens S3 as a role; by AWS’s client where nothing is given. Tests give memory. */
  readonly stores?: OpenStore;
  /** Opens an access point of an owner as the collect role, in the same way. */
  readonly shelves?: OpenStore<Shelf>;
}

/** Opens a bucket, or an access point by its ARN, as a role. */
export type OpenStore<T = Store> = (
  role: string,
  bucket: string,
  setting: {
    readonly region: string;
    readonly endpoint: string | undefined;
    readonly clock: ServerClock;
    readonly now: () => number;
    readonly signal: AbortSignal | undefined;
    /** How the organisation’s people sign in, where they do, and where that is kept. */
    readonly people: { readonly signIn: ProfileSignIn; readonly file: SessionFile } | undefined;
    /** The roles that were taken on: once each, however many buckets are opened. */
    readonly sessions: Map<string, Promise<RoleProvider | undefined>>;
  },
) => Promise<T>;

/** A profile at work. */
export interface Client {
  readonly profile: Profile;
  /** Where the profile lay. */
  readonly file: string;
  readonly endpoint: string | undefined;
  /** The state folder. */
  readonly state: string;
  readonly signal: AbortSignal | undefined;
  /** How far this computer’s clock is from AWS’s. */
  readonly clock: ServerClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The time at AWS, as far as an answer told it; in milliseconds since 1970. */
  readonly serverNow: () => number;
  /** Today in London, `YYYY-MM-DD`. */
  readonly today: () => string;
  /**
   * S3 as one of the roles: a bucket, or an access point by its ARN.
   * @throws DeliveryRefused `no-role`, `other-account`, `role-denied`; StoreFailure
   */
  store(role: DeliveryRole, bucket: string): Promise<Store>;
  /** An access point of an owner as the collect role, for collecting. @throws as `store` */
  shelf(accessPoint: string): Promise<Shelf>;
  /** Holds this computer’s clock against AWS’s, once there was an answer. @throws DeliveryRefused `clock-off` */
  demandClock(): void;
}

/** Opens a client. @throws DeliveryRefused `no-profile` or `faulty-profile` */
export function openClient(setting: ClientSetting): Client {
  const { endpoint, signal, cwd, env, now = Date.now, stores = byAws, shelves = byAws } = setting;
  const { profile, file } = findProfile({ profile: setting.profile, cwd, env });
  const clock = new ServerClock();
  // Each call that is under way listens to it.
  if (signal !== undefined) setMaxListeners(0, signal);
  const state = setting.state ?? statePlace({ state: undefined, cwd, env });
  const { signIn } = profile;
  const people = signIn && { signIn, file: new SessionFile(state, profile, signIn, now) };
  const opening = { region: profile.region, endpoint, clock, now, signal, people, sessions: new Map() };
  return {
    profile,
    file,
    endpoint,
    state,
    signal,
    clock,
    now,
    serverNow: () => now() - (clock.secondsOff ?? 0) * 1000,
    today: () => today(new Date(now())),
    store: async (role, bucket) => {
      const arn = profile.roles[role];
      if (arn === undefined) throw new DeliveryRefused({ refused: 'no-role', role });
      return stores(arn, bucket, opening);
    },
    shelf: (accessPoint) => shelves(profile.roles.collect, accessPoint, opening),
    demandClock: () => {
      const { secondsOff } = clock;
      if (secondsOff !== undefined && Math.abs(secondsOff) > MOST_SECONDS_OFF)
        throw new DeliveryRefused({ refused: 'clock-off', seconds: secondsOff });
    },
  };
}

/** By AWS’s own client, which is loaded here, so that help and refusals do not wait for it. */
const byAws: OpenStore<Store & Shelf> = async (role, bucket, setting) => {
  const { s3Store } = require('./s3-store') as typeof import('./s3-store');
  const session = setting.sessions.get(role) ?? credentialsOf(role, setting);
  setting.sessions.set(role, session);
  // A run that goes on, and in which somebody signs in meanwhile, asks again.
  session.catch(() => setting.sessions.delete(role));
  const credentials = await session;
  return s3Store({ bucket, credentials, ...setting });
};

/** Where somebody has signed in here, by that and by nothing else, until they sign out; by the SDK’s standard chain otherwise. */
function credentialsOf(role: string, setting: Parameters<OpenStore>[2]): Promise<RoleProvider | undefined> {
  const { people } = setting;
  if (people?.file.read() !== undefined) {
    const { roleBySession } = require('./web-identity') as typeof import('./web-identity');
    return roleBySession(role, people.file, { ...setting, signIn: people.signIn });
  }
  const { signIn } = require('./sign-in') as typeof import('./sign-in');
  return signIn(role, { ...setting, issuer: people?.signIn.issuer });
}

/**
 * What was thrown, as a refusal; nothing for what is a fault of the program.
 * @param endpoint another address than AWS’s, to be named
 */
export function refusalOf(
  error: unknown,
  endpoint?: string,
): SharedRefusal | { readonly refused: string } | undefined {
  if (error instanceof DeliveryRefused) return error.refusal;
  if (error instanceof AggregateError) {
    // What fails side by side fails for one reason, mostly. What does not pass by itself comes first.
    const all = error.errors.map((each) => refusalOf(each, endpoint));
    if (all.some((each) => each === undefined)) return undefined;
    return all.find((each) => each !== undefined && !isOfTheNetwork(each)) ?? all[0];
  }
  if (error instanceof StoreFailure) {
    const { kind, code, of: what } = error;
    return {
      refused: 'failed',
      kind,
      code,
      what,
      ...(endpoint !== undefined && what === 's3' && { endpoint }),
    };
  }
  const { code, path, syscall, name } = (error ?? {}) as NodeJS.ErrnoException;
  if (name === 'AbortError') return { refused: 'stopped' };
  if (code !== undefined && path !== undefined)
    return { refused: 'disk', path, code, act: READS.has(syscall ?? '') ? 'read' : 'write' };
  return undefined;
}

function isOfTheNetwork(refusal: object): boolean {
  return 'kind' in refusal && (refusal.kind === 'unreachable' || refusal.kind === 'busy');
}

/** Calls of the file system that change nothing. */
const READS: ReadonlySet<string> = new Set(['open', 'read', 'stat', 'lstat', 'scandir', 'opendir', 'access']);
