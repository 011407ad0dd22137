/** What a kind of value is, in words, and how a wrong one is mended. */
import type { FileForm, PlannedType, ScalarType } from '../../wire/contracts';
import { andList, code, joined, orList, say, type Words } from '../../words';
import { GSS_ENTITIES, type GssEntity, KNOWN_TO } from '../gss/codes';
import type { RuleWords } from './rule-words';

/** Said of one value: what it must be, to follow “must”, and how it is mended. */
type Told = Pick<RuleWords, 'must' | 'mend'>;

/** Said of values that a spreadsheet changes as they are typed. */
function asText(form: FileForm): string {
  return form === 'csv'
    ? '; set the column to Text before you type, or the spreadsheet changes what you write'
    : '';
}

/** JSON has no form of its own for days and times. */
const MILLISECONDS: Readonly<Record<'date' | 'time', Words>> = {
  date: say`; a number of milliseconds, as pandas writes it, is no date: make text of the column first, by ${code(".dt.strftime('%Y-%m-%d')")}`,
  time: '; a number of milliseconds is no time',
};

/** What the type itself asks. */
export function typeWords(type: PlannedType, form: FileForm): Told {
  switch (type.kind) {
    case 'text':
      return {
        must: 'be text',
        mend: form === 'json-lines' ? 'write it as a string, in quotes' : 'write it as text',
      };
    case 'integer':
      return {
        must: 'be a whole number, in digits alone',
        mend: {
          csv: 'take out commas, spaces, currency signs and decimal points; a minus may stand before the digits',
          'json-lines': 'write it as a number, without quotes, decimal point or exponent',
          parquet: 'write a whole number from the source',
        }[form],
      };
    case 'number':
      return {
        must: 'be a number, in digits with a point before decimals',
        mend: {
          csv: 'take out commas, spaces, currency and percent signs; write 1234.50, not 1,234.50 or 1.2345E+3',
          'json-lines':
            'write it as a number, without quotes, currency sign or exponent: 1234.50, not "1234.50" or 1.2345e3',
          parquet: 'write a number from the source, or no value: NaN and infinity are no numbers',
        }[form],
      };
    case 'boolean':
      return {
        must: 'be true or false',
        mend: `write true or false${form === 'json-lines' ? ', without quotes' : ''}, not yes, no, Y, N, 1 or 0`,
      };
    case 'date':
      return {
        must: say`be a date that exists, written year-month-day, such as ${code('2027-04-01')}`,
        mend: say`write the year first and the month in two digits${asText(form)}${form === 'json-lines' ? MILLISECONDS.date : ''}. Where day and month could be mixed up, ask whoever knows: do not guess`,
      };
    case 'time':
    case 'timestamp':
      return momentWords(type, form);
    case 'object':
      return { must: 'be a group of members', mend: 'write it as an object in braces' };
    case 'list':
      return { must: 'be a list', mend: 'write it in square brackets' };
    default:
      return ukWords(type, form);
  }
}

function momentWords(type: Extract<ScalarType, { kind: 'time' | 'timestamp' }>, form: FileForm): Told {
  const zone = type.zone === 'required' ? (type.kind === 'time' ? 'Z' : '+01:00') : '';
  const fraction = type.fraction ? `.${'0'.repeat(type.fraction)}` : '';
  const example = `${type.kind === 'time' ? '' : '2027-04-01T'}07:00:00${fraction}${zone}`;
  const what = type.kind === 'time' ? 'a time with hours, minutes and seconds' : 'a date and time that exist';
  const digits =
    type.fraction === undefined
      ? ''
      : type.fraction === 0
        ? ', without parts of a second'
        : `, with ${type.fraction} digits of a second`;
  return {
    must: say`be ${what}${zone ? ', with Z or the offset from UTC' : ', without a time zone'}${digits}, such as ${code(example)}`,
    mend: say`write it so${asText(form)}${form === 'json-lines' ? MILLISECONDS.time : ''}${zone ? '. British summer time is +01:00, winter time is Z' : ''}`,
  };
}

/** What programs make of numbers that tell something apart. */
const SPOILT: Readonly<Record<FileForm, string>> = {
  csv: '. A number such as 1.00012E+11 was spoilt by a spreadsheet: take it from the source again',
  'json-lines':
    '. A number such as 100012345678.0 was made of text by a program: have it keep the column as text',
  parquet: '. If the column was made of numbers, have the program keep it as text',
};

function ukWords(
  type: Exclude<
    ScalarType,
    { kind: 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'time' | 'timestamp' }
  >,
  form: FileForm,
): Told {
  switch (type.kind) {
    case 'uprn':
      return {
        must: 'be a Unique Property Reference Number: 1 to 12 digits, without zeros before them',
        mend: `look the property up on FindMyAddress or in your gazetteer${SPOILT[form]}`,
      };
    case 'usrn':
      return {
        must: 'be a Unique Street Reference Number: 1 to 8 digits, without zeros before them',
        mend: 'look the street up on FindMyStreet or in your gazetteer',
      };
    case 'nhs-number':
      return {
        must: 'be an NHS number: ten digits without spaces, the last of which is the check digit of the others',
        mend: 'compare it with the source: a digit is wrong, missing, or two are swapped. Do not make one up',
      };
    case 'national-insurance-number':
      return {
        must: 'be a National Insurance number in capitals without spaces: two letters that are in use, six digits, and A, B, C or D',
        mend: 'compare it with the source, and take out spaces',
      };
    case 'postcode':
      return {
        must: say`be a postcode in capitals with one space before its last three characters, such as ${code('LS1 1UR')}`,
        mend: 'write it so; look up one that you doubt on Royal Mail’s postcode finder',
      };
    case 'gss-code':
      return {
        must: say`be a GSS code of ${orList(type.entities.map((each) => GSS_ENTITIES[each as GssEntity] ?? each))} (beginning with ${orList(type.entities)})`,
        mend: `look the code up in the register of geographic codes of the Office for National Statistics; ${SINCE}`,
      };
  }
}

const SINCE = `codes are known here as they stood on ${KNOWN_TO}: if yours was made since, ask whoever keeps the contract to add it under gssCodesAlso`;

/** The further rules of a type, by their places: limits, lengths, pattern, format. */
export function optionWords(type: PlannedType, form: FileForm): (readonly [rule: string, told: Told])[] {
  switch (type.kind) {
    case 'text':
      return textWords(type, form);
    case 'integer':
    case 'number':
      return numberWords(type, form);
    case 'date':
    case 'time':
    case 'timestamp':
      return boundWords(type.minimum, type.maximum, 'before', 'after', 'correct the day or time');
    case 'gss-code':
      return type.validOn === undefined
        ? []
        : [
            [
              type.validOn.rule,
              {
                must: 'be a code that was in use on the day in question',
                mend: `councils merge and split, and their codes with them: look up the code of that day; ${SINCE}`,
              },
            ],
          ];
    case 'list':
      return [
        ...sizeWords(type.minItems, 'at least', 'items', 'add what is missing'),
        ...sizeWords(type.maxItems, 'at most', 'items', 'take out what is too much'),
        ...(type.uniqueItems
          ? [
              [
                type.uniqueItems.rule,
                { must: 'have no item twice', mend: 'take out the second one' },
              ] as const,
            ]
          : []),
        ...optionWords(type.items, form),
      ];
    default:
      return [];
  }
}

function textWords(
  type: Extract<PlannedType, { kind: 'text' }>,
  form: FileForm,
): (readonly [string, Told])[] {
  const { pattern, format } = type;
  return [
    ...sizeWords(
      type.minLength,
      'at least',
      'characters',
      'compare it with the source: something is missing',
    ),
    ...sizeWords(
      type.maxLength,
      'at most',
      'characters',
      `shorten it, or ask whether the contract should allow more${form === 'csv' ? '; if whole rows stand in it, a quote was lost: take the file from its source again' : ''}`,
    ),
    ...(pattern
      ? [
          [
            pattern.rule,
            {
              must: say`have the form ${code(pattern.value)}`,
              mend: 'compare it with values that are right; look for spaces at its ends, small letters and missing zeros',
            },
          ] as const,
        ]
      : []),
    ...(format
      ? [[format.rule, { must: say`be of the form ${code(format.value)}`, mend: 'correct it' }] as const]
      : []),
  ];
}

function numberWords(
  type: Extract<PlannedType, { kind: 'integer' | 'number' }>,
  form: FileForm,
): (readonly [string, Told])[] {
  const { fits, multipleOf } = type;
  return [
    ...boundWords(
      type.minimum,
      type.maximum,
      'less than',
      'more than',
      'correct the number; look for a lost decimal point',
    ),
    ...(fits
      ? [
          [
            fits.rule,
            {
              must: say`be from ${fits.minimum} to ${fits.maximum}`,
              mend: 'correct the number, or ask whether the contract should allow more',
            },
          ] as const,
        ]
      : []),
    ...(multipleOf
      ? [
          [
            multipleOf.rule,
            {
              must: say`be a multiple of ${code(multipleOf.value)}`,
              mend: `round it as your records are rounded; ${form === 'csv' ? 'a spreadsheet shows fewer decimals than it writes' : 'a program that counts in floating point may write more decimals than were meant'}`,
            },
          ] as const,
        ]
      : []),
  ];
}

interface Bound {
  readonly rule: string;
  readonly value: string;
  readonly exclusive: boolean;
}

function boundWords(
  minimum: Bound | undefined,
  maximum: Bound | undefined,
  below: string,
  above: string,
  mend: string,
): (readonly [string, Told])[] {
  const told = (bound: Bound | undefined, beyond: string, within: string) =>
    bound === undefined
      ? []
      : [
          [
            bound.rule,
            {
              must: bound.exclusive
                ? say`be ${within} ${code(bound.value)}`
                : say`not be ${beyond} ${code(bound.value)}`,
              mend,
            },
          ] as const,
        ];
  return [...told(minimum, below, above), ...told(maximum, above, below)];
}

function sizeWords(
  size: { readonly rule: string; readonly value: number } | undefined,
  limit: string,
  unit: string,
  mend: string,
): (readonly [string, Told])[] {
  if (size === undefined) return [];
  return [
    [
      size.rule,
      { must: `have ${limit} ${size.value} ${size.value === 1 ? unit.replace(/s$/, '') : unit}`, mend },
    ],
  ];
}

/** The values that are allowed, as far as a reader takes them in. */
export function listedValues(values: readonly string[]): Words {
  const most = 20;
  const shown = values.slice(0, most).map(code);
  return values.length > most
    ? say`${joined(shown, ', ')} or ${values.length - most} more, which the contract lists`
    : shown.length > 1
      ? orList(shown)
      : andList(shown);
}
