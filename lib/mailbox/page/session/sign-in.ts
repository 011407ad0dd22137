/**
 * Signing in: the tab goes to the organisation’s provider and comes back with a code, which PKCE and a nonce bind to it. Where a
 * sign-in is over while something is under way, another tab goes there instead, and hands the answer back: nothing is lost.
 * @see https://www.rfc-editor.org/rfc/rfc7636
 */
import { generateRandomCodeVerifier, generateRandomNonce, generateRandomState } from 'oauth4webapi';
import { type Binding, Provider } from '../../../client/in-browsers';
import { type Elsewhere, providerAddress } from '../../../delivery';
import type { ProfileSignIn } from '../../../wire';
import { fetched } from '../store/signed-fetch';
import { drop, keep, kept } from './kept';
import { Renewal, type SignedIn } from './renewal';

/** Over which tabs of this page hand an answer to the one that waits for it. */
const CHANNEL = 'concordat-sign-in';
/** How long an answer waits to be taken by another tab, in milliseconds. */
const PATIENCE = 3_000;

/** What signing in needs. */
export interface SignInPlace {
  readonly signIn: ProfileSignIn;
  readonly elsewhere: Elsewhere | undefined;
  readonly now: () => number;
}

/** Where the provider sends the browser back to: this page, without what follows its path. */
function here(): string {
  return `${location.origin}${location.pathname}`;
}

async function providerOf({ signIn, elsewhere, now }: SignInPlace): Promise<Provider> {
  return Provider.open(signIn, {
    now,
    signal: undefined,
    fetch: (address, how) =>
      fetched(providerAddress(String(address), elsewhere), {
        ...how,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      }),
  });
}

function newBinding(): Binding {
  return {
    redirect: here(),
    state: generateRandomState(),
    nonce: generateRandomNonce(),
    verifier: generateRandomCodeVerifier(),
  };
}

/** Goes to the provider in this tab. @throws DeliveryRefused with a SignInRefusal; StoreFailure */
export async function goToProvider(place: SignInPlace): Promise<void> {
  const binding = newBinding();
  const address = await (await providerOf(place)).address(binding, asksToRenew());
  keep('binding', binding);
  location.assign(providerAddress(address, place.elsewhere));
}

/** Whether a sign-in is asked for with what renews it: not once the provider has refused that to this tab. */
function asksToRenew(): boolean {
  return kept('never-renews') !== true;
}

/** Whether a provider lets nobody renew a sign-in with it, though its description says that it does: the next one asks for less. */
export function refusesToRenew(answer: URL): boolean {
  const { searchParams } = answer;
  const isOurs = (kept('binding') as Binding | undefined)?.state === searchParams.get('state');
  const refuses = isOurs && searchParams.get('error') === 'invalid_scope' && asksToRenew();
  if (refuses) keep('never-renews', true);
  return refuses;
}

/** Where a person ends their session with the provider; nothing where it does not say so, or does not answer. */
export async function signOutAddress(place: SignInPlace): Promise<string | undefined> {
  try {
    const address = (await providerOf(place)).signOutAddress;
    return address && providerAddress(address, place.elsewhere);
  } catch {
    return undefined;
  }
}

/** The answer in this tab’s address, if it is one. */
export function answerHere(): URL | undefined {
  const { searchParams } = new URL(location.href);
  const isAnswer = searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'));
  return isAnswer ? new URL(location.href) : undefined;
}

/** Takes the answer out of the address bar and of what the tab goes back to. */
export function clearAddress(): void {
  history.replaceState(null, '', `${here()}${location.hash}`);
}

/**
 * Takes the answer that came to this tab. @returns nothing where this tab waits for none, or for another one
 * @throws DeliveryRefused with a SignInRefusal; StoreFailure
 */
export async function signedInByAnswer(place: SignInPlace, answer: URL): Promise<SignedIn | undefined> {
  const binding = kept('binding') as Binding | undefined;
  if (binding === undefined || binding.state !== answer.searchParams.get('state')) return undefined;
  drop('binding');
  const provider = await providerOf(place);
  return Renewal.of(provider, await provider.renewableByAnswer(answer, binding), place.now);
}

/** Hands an answer to another tab. @returns whether one took it */
export function handOver(answer: URL): Promise<boolean> {
  return new Promise((done) => {
    const channel = new BroadcastChannel(CHANNEL);
    const end = (taken: boolean) => {
      channel.close();
      done(taken);
    };
    const timer = setTimeout(() => end(false), PATIENCE);
    channel.onmessage = ({ data }: MessageEvent<{ readonly taken?: string }>) => {
      if (data.taken !== answer.searchParams.get('state')) return;
      clearTimeout(timer);
      end(true);
    };
    channel.postMessage({ answer: answer.href });
  });
}

/** A sign-in in another tab. */
export interface BesideSignIn {
  /** What the person opens. */
  readonly address: string;
  /** What comes of it. @throws DeliveryRefused with a SignInRefusal; StoreFailure */
  readonly signedIn: Promise<SignedIn>;
  readonly giveUp: () => void;
}

/** Gets ready for a sign-in in another tab. @throws DeliveryRefused with a SignInRefusal; StoreFailure */
export async function besideThis(place: SignInPlace): Promise<BesideSignIn> {
  const binding = newBinding();
  const provider = await providerOf(place);
  const address = providerAddress(await provider.address(binding, asksToRenew()), place.elsewhere);
  const channel = new BroadcastChannel(CHANNEL);
  const signedIn = new Promise<SignedIn>((done, failed) => {
    channel.onmessage = ({ data }: MessageEvent<{ readonly answer?: string }>) => {
      const answer = URL.canParse(data.answer ?? '') ? new URL(data.answer ?? '') : undefined;
      if (answer?.searchParams.get('state') !== binding.state) return;
      channel.postMessage({ taken: binding.state });
      channel.close();
      provider
        .renewableByAnswer(answer, binding)
        .then((found) => done(Renewal.of(provider, found, place.now)), failed);
    };
  });
  return { address, signedIn, giveUp: () => channel.close() };
}
