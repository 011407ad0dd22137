/** Where two entries differ, and what of an entry follows from its event alone. */
import { isDeepStrictEqual } from 'node:util';
import { isFields } from '../fields';
import type { TrailEvent } from '../record';

/** The paths at which two values of JSON differ. */
export function differing(one: unknown, other: unknown, at = ''): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  if (!isFields(one) || !isFields(other)) return [at];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .sort()
    .flatMap((name) => differing(one[name], other[name], at === '' ? name : `${at}.${name}`));
}

/**
 * What an entry must say whatever the register says: when, which call, by which account, where, and with what error. What
 * it was under, whom it concerns and whether it was in order follow from the register.
 */
export function ofEventAlone(event: TrailEvent): Readonly<Record<string, unknown>> {
  return {
    time: Date.parse(event.time),
    'metadata.original_time': event.time,
    'api.operation': event.name,
    'api.service.name': event.source,
    'api.response.error': event.errorCode,
    'src_endpoint.uid': event.principal.account,
    'src_endpoint.svc_name': event.principal.service,
    'actor.session.uid': event.principal.fingerprint,
  };
}

/** What stands at a path. */
export function valueAt(entry: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((each, name) => (isFields(each) ? each[name] : undefined), entry);
}
