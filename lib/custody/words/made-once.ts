/**
 * Words that are made once for each thing that they tell of: keys of 400 organisations say 34 lists of actions and 5,000
 * conditions, in 20,000 statements.
 */
import { markedText, type Sentence } from '../../words';
import type { AccountNames } from '../who';

/** Makes words of a thing, in which accounts have their names. */
type InWords<Thing, Made> = (thing: Thing, accounts: AccountNames) => Made;

/** The same words, made once for each thing and each list of accounts; neither may change afterwards. */
export function madeOnce<Thing extends object, Made>(make: InWords<Thing, Made>): InWords<Thing, Made> {
  const known = new WeakMap<AccountNames, WeakMap<Thing, Made>>();
  return (thing, accounts) => {
    let made = known.get(accounts);
    if (made === undefined) {
      made = new WeakMap();
      known.set(accounts, made);
    }
    let words = made.get(thing);
    if (words === undefined) {
      words = make(thing, accounts);
      made.set(thing, words);
    }
    return words;
  };
}

/** What a sentence is in a field of JSON, made once for each thing. */
export function markedOnce<Thing extends object>(words: InWords<Thing, Sentence>): InWords<Thing, string> {
  return madeOnce((thing, accounts) => markedText(words(thing, accounts)));
}
