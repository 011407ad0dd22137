/** How a provider is asked: by whose fetch, how long an answer is waited for, and what is heard of its clock. */
import { customFetch } from 'oauth4webapi';
import { MOST_SECONDS_OFF, type ServerClock } from '../server-clock';
import { refuse } from './refusals';

/** Seconds for which one answer is waited. */
const PATIENCE = 30;

/** What the provider is reached by. */
export interface ProviderSetting {
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
}

/** How each request is made. What answers says what time it is there. */
export function asking({ fetch: ask, now, signal }: ProviderSetting, clock: ServerClock) {
  const patience = AbortSignal.timeout(PATIENCE * 1000);
  return {
    signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
    [customFetch]: async (address: string, how: RequestInit) => {
      const response = await ask(address, how);
      clock.heard(response.headers.get('date') ?? undefined, now());
      return response;
    },
  };
}

/** A token would look over, or not begun, by a clock that is wrong here. @throws DeliveryRefused `clock-off` */
export function demandClock({ secondsOff: seconds = 0 }: ServerClock): void {
  if (Math.abs(seconds) > MOST_SECONDS_OFF) refuse({ refused: 'clock-off', seconds, of: 'provider' });
}
