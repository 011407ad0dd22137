/** The two ways in which a person signs in: in the browser of this computer, or on any other device by a code. */
import { setTimeout } from 'node:timers/promises';
import { generateRandomCodeVerifier, generateRandomNonce, generateRandomState } from 'oauth4webapi';
import { DeliveryRefused } from '../../delivery';
import { byDeviceCode, deviceCode } from './device-flow';
import { type Answer, listen } from './loopback';
import type { Provider } from './provider';
import { refusal, refuse, type SignInRefusal } from './refusals';
import type { IdToken } from './tokens';

/** How long a person has in the browser, in milliseconds. */
const LONGEST = 300_000;
/** Seconds that are added where the provider asks for it. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5 */
const SLOWER = 5;

/** What the person is shown while the program waits. */
export interface SignInListener {
  /** Opens the address in a browser, or has the person do it. */
  readonly open: (address: string) => Promise<void>;
  readonly code: (shown: { readonly address: string; readonly code: string; readonly ends: number }) => void;
}

/** What tests give in the place of the world. */
export interface Waiting {
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Ends the wait for the browser. */
  readonly deadline?: AbortSignal;
}

/**
 * In the browser of this computer: authorisation code with PKCE, on loopback.
 * @param port 0 for any that is free
 * @throws DeliveryRefused with a SignInRefusal; AbortError
 * @see https://www.rfc-editor.org/rfc/rfc8252
 */
export async function byBrowser(
  provider: Provider,
  port: number,
  listener: SignInListener,
  { signal, deadline = AbortSignal.timeout(LONGEST) }: Waiting,
): Promise<IdToken> {
  const state = generateRandomState();
  const here = await listen(state, port);
  try {
    const { redirect } = here;
    const binding = { redirect, state, nonce: generateRandomNonce(), verifier: generateRandomCodeVerifier() };
    await listener.open(await provider.address(binding));
    const { url, reply } = await waited(here.answer, signal, deadline);
    try {
      const token = await provider.byAnswer(url, binding);
      await reply('signed-in');
      return token;
    } catch (error) {
      await reply('refused');
      throw error;
    }
  } finally {
    await here.close();
  }
}

async function waited(
  answer: Promise<Answer>,
  signal: AbortSignal | undefined,
  deadline: AbortSignal,
): Promise<Answer> {
  const late = () => refusal({ refused: 'not-finished', flow: 'browser' });
  const ends = new AbortController();
  const ended = new Promise<never>((_, failed) => {
    const on = (of: AbortSignal | undefined, why: () => unknown) => {
      if (of?.aborted) failed(why());
      else of?.addEventListener('abort', () => failed(why()), { signal: ends.signal });
    };
    on(signal, () => signal?.reason);
    on(deadline, late);
  });
  try {
    return await Promise.race([answer, ended]);
  } finally {
    ends.abort();
  }
}

/**
 * On another device, by a code.
 * @throws DeliveryRefused with a SignInRefusal; AbortError
 * @see https://www.rfc-editor.org/rfc/rfc8628
 */
export async function byDevice(
  provider: Provider,
  listener: SignInListener,
  { now, signal, sleep = sleeps }: Waiting,
): Promise<IdToken> {
  const begun = await deviceCode(provider.tokens);
  listener.code(begun);
  for (let { interval } = begun; ; ) {
    await sleep(interval * 1000, signal);
    if (now() >= begun.ends) refuse({ refused: 'not-finished', flow: 'device' });
    const came = await byDeviceCode(provider.tokens, begun).catch((error: unknown) => {
      // What passes by itself is asked again, less often each time, for as long as the code is good.
      if (!passes(error)) throw error;
      interval *= 2;
      return 'pending' as const;
    });
    if (came === 'slower') interval += SLOWER;
    else if (came !== 'pending') return came;
  }
}

function passes(error: unknown): boolean {
  if (!(error instanceof DeliveryRefused)) return false;
  const { refused } = error.refusal as SignInRefusal;
  return refused === 'provider-unreachable' || refused === 'provider-busy';
}

async function sleeps(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(milliseconds, undefined, signal && { signal });
}
