/** Signing in and out as a person of the organisation, with its own identity provider. */
import type { DeliveryRole } from '../delivery';
import { DeliveryRefused } from '../delivery';
import type { ProfileSignIn } from '../wire';
import type { Client } from './client';
import { hasDeviceFlow } from './oidc/device-flow';
import { byBrowser, byDevice, type SignInListener, type Waiting } from './oidc/flows';
import { Provider } from './oidc/provider';
import { refuse } from './oidc/refusals';
import type { IdToken } from './oidc/tokens';
import { SessionFile } from './session-file';

/** How a person signs in. */
export interface SignInRequest {
  /** In the browser of this computer, on another device by a code, or on another device where the provider has that. */
  readonly way: 'browser' | 'device' | 'device-if-there';
  /** The port on which the browser comes back; any that is free where nothing is given. */
  readonly port?: number | undefined;
}

/** What tests give in the place of the world. */
export interface SignInWorld extends Pick<Waiting, 'sleep' | 'deadline'> {
  readonly fetch?: typeof fetch;
}

/** Somebody is signed in. */
export interface SignedIn {
  readonly issuer: string;
  /** Who it is, as the provider knows them. */
  readonly subject: string;
  readonly account: string;
  /** Until when commands may take on the roles, in milliseconds since 1970. */
  readonly ends: number;
  /** The roles that let this person in. */
  readonly roles: readonly DeliveryRole[];
}

/**
 * Signs in, asks each of the organisation’s roles whether it lets this person in, and keeps the session where one does.
 * @throws DeliveryRefused with a SignInRefusal, or where no role lets in; StoreFailure; AbortError. A session from before stays then
 */
export async function signInPerson(
  client: Client,
  { way, port = 0 }: SignInRequest,
  listener: SignInListener,
  { fetch: ask = fetch, ...world }: SignInWorld = {},
): Promise<SignedIn> {
  const { now, signal, profile } = client;
  const facts = signInOf(client);
  const provider = await Provider.open(facts, { fetch: ask, now, signal });
  const byCode = way === 'device' || (way === 'device-if-there' && hasDeviceFlow(provider.tokens));
  const waiting = { now, signal, ...world };
  const token = byCode
    ? await byDevice(provider, listener, waiting)
    : await byBrowser(provider, port, listener, waiting);
  const roles = await rolesOf(client, facts, token);
  sessionFile(client, facts).keep(token);
  const { subject, ends } = token;
  return { issuer: facts.issuer, subject, ends, account: profile.organisation.account, roles };
}

/** Signs out: the token is removed from this computer. @returns whether there was one. @throws DeliveryRefused `no-sign-in` */
export function signOutPerson(client: Client): boolean {
  return sessionFile(client, signInOf(client)).remove();
}

function signInOf({ profile }: Client): ProfileSignIn {
  return profile.signIn ?? refuse({ refused: 'no-sign-in' });
}

function sessionFile({ state, profile, now }: Client, facts: ProfileSignIn): SessionFile {
  return new SessionFile(state, profile, facts, now);
}

/** The roles that let this person in. @throws DeliveryRefused `not-let-in` where none does; whatever else is in the way, at one of them */
async function rolesOf(
  { profile, clock, now }: Client,
  signIn: ProfileSignIn,
  token: IdToken,
): Promise<readonly DeliveryRole[]> {
  // Loaded here, so that what is refused before does not wait for AWS’s client.
  const { takeOn } = require('./web-identity') as typeof import('./web-identity');
  const setting = { signIn, region: profile.region, clock, now };
  const asked = ROLES.flatMap((role) => {
    const arn = profile.roles[role];
    return arn === undefined ? [] : [{ role, arn }];
  });
  const answers = await Promise.allSettled(asked.map(({ arn }) => takeOn(arn, token, SHORTEST, setting)));
  const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  const other = refused.find((error) => !isNotLetIn(error));
  if (other !== undefined) throw other;
  const roles = asked.flatMap(({ role }, index) => (answers[index]?.status === 'fulfilled' ? [role] : []));
  if (roles.length === 0) throw refused[0];
  return roles;
}

/**
 * The shortest session that AWS gives, in seconds. A role to which nobody signs in need not give the longest that the profile says,
 * and only a refusal is looked for here.
 */
const SHORTEST = 900;
const ROLES: readonly DeliveryRole[] = ['deposit', 'collect', 'receipts'];

function isNotLetIn(error: unknown): boolean {
  return error instanceof DeliveryRefused && error.refusal.refused === 'not-let-in';
}
