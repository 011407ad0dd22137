/** What of an agreement the public record tells, and what it leaves out. */
import { type Agreement, EVERYTHING, type PublicSetting, type WrittenAgreement } from './schema/agreement';

/** Whether an agreement is kept out of the public record as a whole, its title and parties included. */
export function isWithheldWhole(agreement: Agreement): boolean {
  return agreement.public?.withheld.includes(EVERYTHING) ?? false;
}

/** Whether a setting is kept out of the public record, by itself or with all the others. */
export function isWithheld(agreement: Agreement, setting: PublicSetting): boolean {
  return isWithheldWhole(agreement) || (agreement.public?.withheld.includes(setting) ?? false);
}

/** A text that stands in a setting which is withheld. */
export interface WithheldText {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Settings whose texts say what an agreement is about. Ids of organisations and words of a list are in other agreements too. */
const TEXTS = [
  'title',
  'purpose.aim',
  'purpose.necessity',
  'purpose.permittedUses',
  'purpose.prohibitedUses',
  'data.items',
  'data.subjects',
  'lawfulBasis.gateway',
  'dpia.reference',
  'retention.disposal',
  'withoutContract',
] as const;

/** The settings of free text that no setting of `public` is about: they go with another, or are told of no agreement. */
const GOES_WITH: Readonly<Partial<Record<(typeof TEXTS)[number], PublicSetting>>> = {
  'lawfulBasis.gateway': 'lawfulBasis',
  'dpia.reference': 'dpia',
  'retention.disposal': 'retention',
};

/** Every text of an agreement that its own words withhold. */
export function withheldTexts(agreement: Agreement): WithheldText[] {
  if (agreement.public === undefined) return [];
  return TEXTS.flatMap((setting) => {
    const withheld = isWithheldWhole(agreement)
      ? true
      : setting !== 'title' &&
        setting !== 'withoutContract' &&
        isWithheld(agreement, (GOES_WITH[setting] ?? setting) as PublicSetting);
    return withheld ? textsAt(agreement as WrittenAgreement, setting.split('.')) : [];
  });
}

function textsAt(agreement: WrittenAgreement, path: readonly string[]): WithheldText[] {
  const value = path.reduce<unknown>(
    (within, name) => (within as Readonly<Record<string, unknown>> | undefined)?.[name],
    agreement,
  );
  if (typeof value === 'string') return [{ path, text: value }];
  if (!Array.isArray(value)) return [];
  return value.map((text, index) => ({ path: [...path, index], text: String(text) }));
}
