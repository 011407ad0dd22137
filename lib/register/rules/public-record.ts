/** Rules on the public record: what is withheld is not told by the reason for that, nor by what is told beside it. */
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced, whereIs } from '../draft';
import { partiesOf } from '../parties';
import { isWithheld, isWithheldWhole, withheldTexts } from '../public';
import { type Agreement, EVERYTHING } from '../schema/agreement';
import type { Path } from '../yaml-source';

/** Shorter texts are words that many sentences have. */
const SHORTEST = 12;

/** What is withheld is named once, and told nowhere. */
export function withheldIsNotTold(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) =>
    agreement.value.public === undefined
      ? []
      : [...namedOnce(agreement), ...toldBeside(agreement), ...partiesTold(agreement, draft)],
  );
}

function namedOnce({ value, source }: Sourced<Agreement>): Diagnostic[] {
  const withheld = value.public?.withheld ?? [];
  if (!isWithheldWhole(value) || withheld.length === 1) return [];
  return withheld.flatMap((each, index) =>
    each === EVERYTHING
      ? []
      : [
          at(source, ['public', 'withheld', index], {
            code: 'public-record',
            message: `\`${EVERYTHING}\` is withheld already, so \`${each}\` says nothing`,
            found: each,
            fix: `remove it, or remove \`${EVERYTHING}\` if the rest may be told`,
          }),
        ],
  );
}

function toldBeside({ value, source }: Sourced<Agreement>): Diagnostic[] {
  const withheld = withheldTexts(value);
  const told = withheld.length === 0 ? [] : publicTexts(value);
  return withheld.flatMap(({ path, text }) => {
    if (text.trim().length < SHORTEST) return [];
    const beside = told.find((each) => folded(each.text).includes(folded(text)));
    if (beside === undefined) return [];
    return [
      at(source, beside.path, {
        code: 'public-record',
        message: `\`${beside.path.filter((each) => typeof each === 'string').join('.')}\` is public, and says what is withheld at ${whereIs(source, path)}`,
        fix: 'say it in other words that do not tell it, or withhold this too',
      }),
    ];
  });
}

/** Who shares, where that is withheld, by the names that they have. */
function partiesTold({ value, source }: Sourced<Agreement>, { organisations }: Draft): Diagnostic[] {
  if (!isWithheld(value, 'parties')) return [];
  const told = publicTexts(value);
  return partiesOf(value).flatMap((id) => {
    const name = organisations.get(id)?.value.name;
    const beside = told.find((each) => name !== undefined && folded(each.text).includes(folded(name)));
    if (beside === undefined) return [];
    return [
      at(source, beside.path, {
        code: 'public-record',
        message: `\`${beside.path.filter((each) => typeof each === 'string').join('.')}\` is public, and names ${id}, a party, which is withheld`,
        fix: 'say it without the name, or withhold this too',
      }),
    ];
  });
}

/** The texts that the record tells: those that are not withheld, and the reason. */
function publicTexts(agreement: Agreement): { readonly path: Path; readonly text: string }[] {
  const reason = { path: ['public', 'reason'], text: agreement.public?.reason ?? '' };
  if (isWithheldWhole(agreement)) return [reason];
  const all = withheldTexts({ ...agreement, public: { withheld: [EVERYTHING], reason: '' } });
  const withheld = new Set(withheldTexts(agreement).map(({ path }) => path.join('.')));
  return [reason, ...all.filter(({ path }) => !withheld.has(path.join('.')))];
}

/** Without the differences of writing that say nothing. */
function folded(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim().replace(/[.;]$/, '');
}
