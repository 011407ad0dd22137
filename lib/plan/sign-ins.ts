/**
 * How the people of organisations sign in, where they do before and after, by the same provider: who of them gains what. Who may
 * sign in at all, and by which provider, is told of each of them (`people.ts`).
 */
import type { Who } from '../custody';
import { isActive } from '../proof';
import { type Holder, signedInFor } from './people';
import { type NamedOrganisation, named, type Side } from './side';

/** A setting of a sign-in that is not what it was. */
export interface SignInChange {
  readonly organisation: NamedOrganisation;
  /**
   * `factors`: what a token is to say of them. `program`: for which program a token is to be. `client`: the program that asks for
   * tokens, where they are for another. `session`: the hours that a session lasts at most.
   */
  readonly setting: 'factors' | 'program' | 'client' | 'session';
  /** Hours of a session. Undefined where nothing is asked of a token. */
  readonly before: string | number | undefined;
  readonly after: string | number | undefined;
  /** Those who sign in afterwards: whom it is about. */
  readonly who: readonly { readonly who: Who; readonly deed: Holder['deed'] }[];
  /** Whether a token, a program or an hour counts now that did not. */
  readonly widens: boolean;
}

/** Every one, in the order of organisations. One that takes no part on its day has nobody sign in. */
export function signInChanges(before: Side, after: Side): SignInChange[] {
  return after.world.register.organisations.flatMap((is): SignInChange[] => {
    const was = before.world.register.organisations.find(({ id }) => id === is.id);
    if (was?.signIn === undefined || is.signIn === undefined || was.signIn.issuer !== is.signIn.issuer)
      return [];
    if (!isActive(was, before.world.asOf) || !isActive(is, after.world.asOf)) return [];
    const [old, now] = [was.signIn, is.signIn];
    const who = signedInFor(is).map(({ who: each, deed }) => ({ who: each, deed }));
    const changed = (
      setting: SignInChange['setting'],
      one: SignInChange['before'],
      other: SignInChange['after'],
      widens: boolean,
    ): SignInChange[] =>
      one === other ? [] : [{ organisation: named(is), setting, before: one, after: other, who, widens }];
    const programs = [old.audience ?? old.client, now.audience ?? now.client] as const;
    const sessions = [hoursOf(old), hoursOf(now)] as const;
    return [
      // A token that says something else of its factors was refused.
      ...changed('factors', old.multiFactor, now.multiFactor, old.multiFactor !== undefined),
      ...changed('program', ...programs, true),
      ...(programs[0] === programs[1] ? changed('client', old.client, now.client, true) : []),
      ...changed('session', ...sessions, sessions[1] > sessions[0]),
    ];
  });
}

function hoursOf({ maxSession = 'PT1H' }: { readonly maxSession?: string | undefined }): number {
  return Number(/\d+/.exec(maxSession));
}
