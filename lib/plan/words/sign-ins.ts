/** Changes of how people sign in, in sentences. */
import { type AccountNames, whoWords } from '../../custody';
import { code, plural, say, type Words } from '../../words';
import type { SignInChange } from '../sign-ins';
import type { Told } from './told';

/** A setting that is not what it was, with those who gain or lose by it. */
export function tellSignIn(change: SignInChange, accounts: AccountNames): Told {
  const { widens, before, after } = change;
  return {
    mark: after === undefined ? '-' : '~',
    sentence: sentenceOf(change),
    more: change.who.map(({ who, deed }) => say`${whoWords(who, accounts)} may ${deed}`),
    widens: widens && before !== after,
  };
}

function sentenceOf({ organisation: { name }, setting, before, after }: SignInChange): Words {
  const [was, is] = [code(String(before)), code(String(after))];
  const whoever = say`Whoever signs in for ${name}`;
  switch (setting) {
    case 'factors':
      if (after === undefined)
        return say`${whoever} may now do so by one factor alone: no token has to say ${was} any more`;
      return before === undefined
        ? say`${whoever} has to prove it by more than one factor: a token is to say ${is}`
        : say`${whoever} may now do so with a token that says ${is} of its factors, in place of ${was}`;
    case 'program':
      return say`${whoever} may now do so with a token for the program ${is}, in place of ${was}`;
    case 'client':
      return say`${whoever} now does so by the program ${is}, in place of ${was}: it acts for them`;
    case 'session':
      return say`${whoever} may go on for ${hours(after)} without signing in again; it was ${hours(before)}`;
  }
}

function hours(value: SignInChange['before']): string {
  return plural(Number(value), 'hour');
}
