/**
 * What a column is guessed to be, from what was seen of it; and what a person has to look at. Nothing is guessed that would
 * change a value.
 */
import type { Observed } from './observe';

/** A guess at a property. */
export interface Guess {
  readonly logicalType: string;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** Custom properties that the guess takes. */
  readonly custom?: Readonly<Record<string, readonly string[]>>;
  readonly required: boolean;
  /** What to look at, each a sentence without its full stop. */
  readonly review: readonly string[];
  readonly members?: readonly (readonly [name: string, guess: Guess])[];
  readonly items?: Guess;
}

/** Guesses from what was seen. @param name of the column, by which some kinds of number are told */
export function guess(name: string, seen: Observed): Guess {
  const required = seen.values > 0 && seen.empty === 0;
  const always = required
    ? ['no value is missing in the sample: is that so always']
    : seen.values === 0
      ? []
      : [`${seen.empty} of ${seen.empty + seen.values} values are empty in the sample: may it be`];
  const kind = guessKind(name, seen);
  return { required, ...kind, review: [...kind.review, ...always] };
}

/** A guess at what kind of value a property has. */
export type Kind = Omit<Guess, 'required'>;

/** The kind alone. */
export function guessKind(name: string, seen: Observed): Kind {
  if (seen.values === 0)
    return { logicalType: 'string', review: ['the column is empty in the sample: what kind of value is it'] };
  if (seen.objects === seen.values)
    return {
      logicalType: 'object',
      members: [...seen.members].map(([member, each]) => [member, guess(member, each)]),
      review: [],
    };
  if (seen.lists === seen.values) {
    const items = seen.items === undefined ? undefined : guess(name, seen.items);
    return {
      logicalType: 'array',
      items: { ...(items ?? { logicalType: 'string' }), required: false, review: items?.review ?? [] },
      review: items === undefined ? ['every list is empty in the sample: what are its items'] : [],
    };
  }
  if (seen.objects + seen.lists > 0 || [seen.texts, seen.numbers, seen.booleans].filter(Boolean).length > 1)
    return {
      logicalType: 'string',
      review: ['values of several kinds are mixed in the sample: which one is meant'],
    };
  if (seen.numbers === seen.values) return numberKind(seen);
  if (seen.booleans === seen.values) return { logicalType: 'boolean', review: [] };
  return textKind(name, seen);
}

function textKind(name: string, seen: Observed): Kind {
  const { forms } = seen;
  if (forms.has('boolean')) return { logicalType: 'boolean', review: [] };
  if (forms.has('date')) return { logicalType: 'date', options: { format: 'yyyy-MM-dd' }, review: [] };
  if (forms.has('zonedTimestamp'))
    return { logicalType: 'timestamp', options: { timezone: true }, review: [] };
  if (forms.has('localTimestamp'))
    return {
      logicalType: 'timestamp',
      options: { timezone: false },
      review: ['the times say no zone: would Z or an offset say more'],
    };
  if (forms.has('localTime')) return { logicalType: 'time', options: { timezone: false }, review: [] };
  if (forms.has('gssCode'))
    return {
      ...withFormat(
        'gss-code',
        'every value is a GSS code that is known here: is it always one, and of which entities',
      ),
      custom: { gssEntities: [...seen.entities].sort() },
    };
  if (forms.has('nhsNumber') && seen.values >= 10)
    return withFormat('nhs-number', 'every value has the check digit of an NHS number: is it one');
  if (forms.has('nationalInsuranceNumber'))
    return withFormat(
      'national-insurance-number',
      'every value has the form of a National Insurance number: is it one',
    );
  if (forms.has('postcode'))
    return withFormat('postcode', 'every value has the form of a postcode: is it one');
  if (forms.has('uuid')) return withFormat('uuid', 'every value has the form of a UUID: is it one');
  if (forms.has('integer') && /uprn/i.test(name) && seen.longest <= 12)
    return withFormat('uprn', 'by its name it is a UPRN: is it one');
  if (forms.has('integer') && /usrn/i.test(name) && seen.longest <= 8)
    return withFormat('usrn', 'by its name it is a USRN: is it one');
  if (forms.has('digits') && (!forms.has('integer') || isReference(name)))
    return {
      logicalType: 'string',
      options: {
        pattern:
          seen.shortest === seen.longest
            ? `^[0-9]{${seen.longest}}$`
            : `^[0-9]{${seen.shortest},${seen.longest}}$`,
      },
      review: [
        'digits that are kept as text, so that no zero in front of them is lost: are they a number to count with',
      ],
    };
  if (forms.has('integer') || forms.has('number')) return numberKind(seen);
  if (forms.has('otherDate'))
    return {
      logicalType: 'string',
      review: [
        'these look like dates in another form than 2027-04-01, in which day and month could be mixed up, so none was guessed: have them written year-month-day, and make this a date',
      ],
    };
  return {
    logicalType: 'string',
    review: forms.has('yesNo')
      ? ['these look like yes and no: have them written true and false, and make this a boolean']
      : [],
  };
}

/** Whether a name is that of a reference rather than of an amount. */
function isReference(name: string): boolean {
  return /(?:^|[_\W])(?:id|ref|reference|code|number|no|phone|telephone|tel|account|urn|uprn|usrn)(?:$|[_\W])/i.test(
    name.replace(/([a-z])([A-Z])/g, '$1_$2'),
  );
}

function numberKind(seen: Observed): Kind {
  if (seen.forms.has('integer'))
    return {
      logicalType: 'integer',
      review: ['whole numbers in the sample: if it is a reference and not an amount, make it a string'],
    };
  if (!seen.forms.has('number'))
    return {
      logicalType: 'number',
      review: ['some numbers are written with an exponent, which is not read: have them written out'],
    };
  return {
    logicalType: 'number',
    options: { multipleOf: Number(`1e-${Math.min(seen.decimals, 12)}`) },
    review: [`numbers with up to ${seen.decimals} decimals in the sample: is that the most`],
  };
}

function withFormat(format: string, review: string): Kind {
  return { logicalType: 'string', options: { format }, review: [review] };
}
