/** What a change of terms does to agreements that have to be approved: their parties are asked anew. */
import { andList } from '../../words';
import { termsDigest } from '../agreement-terms';
import { awaitedOn } from '../approvals/standing';
import type { IsoDate } from '../calendar';
import type { Change } from './change';

/**
 * One sentence for each agreement whose terms a change makes or alters and which is not shared until its parties have signed
 * them; none for what is over.
 */
export function saysWhatAwaits({ before, after }: Change, asOf: IsoDate): string[] {
  return after.agreements.flatMap((agreement) => {
    const { id, ends } = agreement;
    const was = before.agreements.find((each) => each.id === id);
    const isAsItWas =
      was !== undefined && termsDigest(was, before.contracts) === termsDigest(agreement, after.contracts);
    const parties = awaitedOn(after, agreement, asOf).map(({ organisation }) => organisation);
    if (isAsItWas || ends < asOf || parties.length === 0) return [];
    return [
      `Once this is deployed, ${id} is not shared until ${andList(parties)} ${parties.length === 1 ? 'has' : 'have'} approved its terms as they are now: npx concordat approve ${id} --as ORGANISATION.`,
    ];
  });
}
