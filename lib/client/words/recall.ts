/** Why nothing was taken back, as text: what happened, and what to do. */
import type { RecallRefusal, SharedRefusal } from '../../delivery';
import { visible } from '../../words';
import { type Ending, endingOf } from '../exit';
import { type RefusalText, sharedText } from './refusals';

/** A refusal of a recall, or one that any command may have. */
export function recallText(refusal: RecallRefusal | SharedRefusal): RefusalText {
  switch (refusal.refused) {
    case 'not-there':
      return {
        happened: `There is no ${visible(refusal.named)} now: it was never deposited, it was taken back before, or another deposit has its name.`,
        mend: 'concordat outbox lists what is there.',
      };
    case 'other-version':
      return {
        happened: `${visible(refusal.key)} is another version by now: ${visible(refusal.current)}, and not ${visible(refusal.wanted)}. Nothing was taken back.`,
        mend: 'The one that you named cannot be collected any more. To take back the newer one, name that.',
      };
    case 'not-confirmed':
      return {
        happened: `${visible(refusal.key)}: what was typed is not its name. Nothing was taken back.`,
        mend: 'Run the command again, and type the name of the file as it is shown.',
      };
    default:
      return sharedText(refusal);
  }
}

/** How a recall ends by a refusal. */
export function recallEnding(refusal: RecallRefusal | SharedRefusal): Ending {
  switch (refusal.refused) {
    case 'not-there':
    case 'other-version':
    case 'not-confirmed':
      return 'refused';
    default:
      return endingOf(refusal);
  }
}
