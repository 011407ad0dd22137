/** The enactments on which an agreement rests are in force on all its days, as far as `enactments.ts` knows theirs. */
import { inWords, isDate } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import { type Cited, citedIn, inForceFrom } from '../enactments';
import type { Agreement } from '../schema/agreement';

/** No agreement rests on an enactment that is not yet, or no longer, in force on one of its days. */
export function gatewaysAreInForce(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) =>
    citedIn(agreement.value.lawfulBasis.gateway).flatMap((cited) => [
      ...dayIsSaid(agreement, cited),
      ...hasBegun(agreement, cited),
      ...hasNotEnded(agreement, cited),
    ]),
  );
}

function dayIsSaid(agreement: Sourced<Agreement>, cited: Cited): Diagnostic[] {
  const { enactment } = cited;
  if (enactment.dayNotSet !== true) return [];
  const said = inForceFrom(agreement.value.lawfulBasis.gateway);
  if (said === undefined || !isDate(said))
    return [
      fault(
        agreement,
        `${nameOf(cited)} is not all in force, and the gateway does not say from which day it is: ${reasonOf(cited)}`,
        `look the day up at legislation.gov.uk, and write it: section ${cited.section}, in force from YYYY-MM-DD`,
      ),
    ];
  if (said <= agreement.value.starts) return [];
  return [
    fault(
      agreement,
      `the gateway is in force from ${inWords(said)}, after the agreement starts on ${inWords(agreement.value.starts)}`,
      'check both days: without another gateway the agreement cannot start before',
    ),
  ];
}

function hasBegun(agreement: Sourced<Agreement>, cited: Cited): Diagnostic[] {
  const { from } = cited.enactment;
  const { starts } = agreement.value;
  if (from === undefined || from <= starts) return [];
  return [
    fault(
      agreement,
      `${nameOf(cited)} can be relied on from ${inWords(from)}, after the agreement starts on ${inWords(starts)}: ${reasonOf(cited)}`,
      'name the power that was in force on the first day, or correct `starts`',
    ),
  ];
}

function hasNotEnded(agreement: Sourced<Agreement>, cited: Cited): Diagnostic[] {
  const { goneBy } = cited.enactment;
  const { ends } = agreement.value;
  if (goneBy === undefined || ends < goneBy) return [];
  return [
    fault(
      agreement,
      `${nameOf(cited)} is no longer in force on ${inWords(goneBy)}, and the agreement runs to ${inWords(ends)}: ${reasonOf(cited)}`,
      'name the power that has taken its place, or end the agreement before',
    ),
  ];
}

/** `section 16LA of the Children Act 2004` */
function nameOf({ enactment, section }: Cited): string {
  return section === undefined ? `the ${enactment.act}` : `section ${section} of the ${enactment.act}`;
}

/** Why, where that stands, and when it was looked at. */
function reasonOf({ enactment: { because, source, lookedAt } }: Cited): string {
  return `${because} (${source}, looked at on ${inWords(lookedAt)})`;
}

function fault(agreement: Sourced<Agreement>, message: string, fix: string): Diagnostic {
  return at(agreement.source, ['lawfulBasis', 'gateway'], { code: 'lawful-basis', message, fix });
}
