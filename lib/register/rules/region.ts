/** The rule on where the zone is. */
import { UK_REGION } from '../../names';
import { type IsoDate, inWords } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';

/** The zone is in the UK, unless an exception for just that Region is in force on the day. */
export function regionIsInTheUk(draft: Draft, asOf: IsoDate): Diagnostic[] {
  if (draft.zone === undefined) return [];
  const { value, source } = draft.zone;
  const { region, regionException } = value;
  const fault = (path: string[], message: string, fix: string) => [
    at(source, path, { code: 'region-exception', message, found: region, allowed: UK_REGION, fix }),
  ];
  if (region === UK_REGION) {
    return regionException
      ? fault(
          ['regionException'],
          `an exception for ${regionException.region} is given, but the zone is in ${region}`,
          'remove `regionException`',
        )
      : [];
  }
  if (regionException === undefined) {
    return fault(
      ['region'],
      `${region} is outside the UK`,
      `write ${UK_REGION}, or add \`regionException\` with its reason, owner and last day`,
    );
  }
  if (regionException.region !== region) {
    return fault(
      ['regionException', 'region'],
      `the exception is for ${regionException.region}, not for ${region}`,
      `write ${region} if the exception is meant to cover it, or ${UK_REGION} as the zone’s Region`,
    );
  }
  if (regionException.until < asOf) {
    return fault(
      ['regionException', 'until'],
      `the exception ended on ${inWords(regionException.until)}`,
      'move the zone back to the UK, or have its owner renew the exception',
    );
  }
  return [];
}
