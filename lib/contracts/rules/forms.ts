/**
 * The forms of values, as patterns that look neither ahead nor behind, as those of contracts: what a date, a postcode or a UUID
 * looks like. All are exact: one way to write each value, so that two programs cannot read one value as two. None has a leading
 * or a trailing space.
 */
import type { ScalarType } from '../../wire/contracts';

const DAYS_OF_28 = '02-(?:0[1-9]|1[0-9]|2[0-8])';
const DAYS_OF_30 = '(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)';
const DAYS_OF_31 = '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])';
const LEAP_YEAR = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)';
/** All but 0000. */
const YEAR = '(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])';
/** ISO 8601, years 0001 to 9999 of the Gregorian calendar, also before it was brought in. */
const DATE = `(?:${YEAR}-(?:${DAYS_OF_31}|${DAYS_OF_30}|${DAYS_OF_28})|${LEAP_YEAR}-02-29)`;
/** 24:00:00 and leap seconds, which few programs read, are not taken. */
const TIME = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]';
const FRACTION = '(?:\\.[0-9]{1,9})?';
/** As far as offsets go in XML Schema. ISO 8601 has no -00:00. */
const ZONE =
  '(?:Z|[+](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)|-(?:(?:0[1-9]|1[0-3]):[0-5][0-9]|00:(?:0[1-9]|[1-5][0-9])|14:00))';
/** A fraction of as many digits as are asked for, none of which is left out. */
const fractionOf = (digits: number | undefined) =>
  digits === undefined ? FRACTION : digits === 0 ? '' : `\\.[0-9]{${digits}}`;
const zoned = (zone: 'required' | 'refused') => (zone === 'required' ? ZONE : '');

/** Two letters, but for BG, GB, KN, NK, NT, TN and ZZ, which are not in use. */
const PREFIX_OF_NINO =
  '[ACEHJLMOPRSWXY][A-CEGHJ-NPR-TW-Z]|B[A-CEHJ-NPR-TW-Z]|G[ACEGHJ-NPR-TW-Z]|K[A-CEGHJ-MPR-TW-Z]|' +
  'N[A-CEGHJLMNPRSW-Z]|T[A-CEGHJ-MPR-TW-Z]|Z[A-CEGHJ-NPR-TW-Y]';

/** RFC 8259’s numbers without exponent: no leading zero, which would be an identifier’s, and no plus sign. */
const INTEGER = '-?(?:0|[1-9][0-9]*)';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
const GROUP = '[0-9A-Fa-f]{1,4}';
/** RFC 3986’s IPv6address. */
const IPV6 = [
  `(?:${GROUP}:){7}${GROUP}`,
  `(?:${GROUP}:){6}${IPV4}`,
  // Before `::` stand up to n groups, behind it 7 less n at most, the last two of which may be an IPv4 address.
  ...Array.from({ length: 8 }, (_, before) => {
    const front = before === 0 ? '' : `${GROUP}(?::${GROUP}){${before - 1}}`;
    const after = 7 - before;
    const groups = after === 0 ? '' : `(?:${GROUP}(?::${GROUP}){0,${after - 1}})?`;
    const address = after < 2 ? '' : `|(?:${GROUP}:){0,${after - 2}}${IPV4}`;
    return `${front}::(?:${groups}${address})`;
  }),
].join('|');
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
/** RFC 1123. */
const HOSTNAME = `${LABEL}(?:\\.${LABEL})*`;
const PERCENT = '%[0-9A-Fa-f]{2}';
const PATH_CHARACTER = `(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|${PERCENT})`;
const AUTHORITY =
  `(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|${PERCENT})*@)?` +
  `(?:\\[(?:${IPV6}|[vV][0-9A-Fa-f]+\\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|${PERCENT})*)` +
  '(?::[0-9]*)?';

type TextFormat = NonNullable<Extract<ScalarType, { kind: 'text' }>['format']>['value'];

/** A format of text. */
export interface FormatOfText {
  readonly pattern: string;
  /** The most characters, all of which are ASCII. */
  readonly most?: number;
}

/** The formats of text that a contract can name. */
export const TEXT_FORMATS: Readonly<Record<TextFormat, FormatOfText>> = {
  /** RFC 9562, any version, either case. */
  uuid: { pattern: '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}' },
  /** As browsers check it (HTML’s “valid e-mail address”), with 254 characters at most (RFC 5321). */
  email: { pattern: `[A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]+@${HOSTNAME}`, most: 254 },
  /** RFC 3986, absolute, with or without a fragment. */
  uri: {
    pattern:
      `[A-Za-z][A-Za-z0-9+.-]*:(?://${AUTHORITY}(?:/${PATH_CHARACTER}*)*|/?(?:${PATH_CHARACTER}+(?:/${PATH_CHARACTER}*)*)?)` +
      `(?:\\?(?:${PATH_CHARACTER}|[/?])*)?(?:#(?:${PATH_CHARACTER}|[/?])*)?`,
  },
  /** RFC 3339, in capitals: as the type timestamp with an offset. */
  'date-time': { pattern: `${DATE}T${TIME}${FRACTION}${ZONE}` },
  ipv4: { pattern: IPV4 },
  ipv6: { pattern: IPV6 },
  hostname: { pattern: HOSTNAME, most: 253 },
};

/**
 * The pattern of the form of a type; nothing where any text is of that form, or where a pattern cannot say it.
 * Postcodes are in capitals with one space, by BS 7666’s letters; National Insurance numbers in capitals without spaces, by
 * HMRC’s manual NIM39110.
 */
export function formOf(type: ScalarType): string | undefined {
  switch (type.kind) {
    case 'text':
    case 'nhs-number':
      return undefined;
    case 'integer':
      return INTEGER;
    case 'number':
      return `${INTEGER}(?:\\.[0-9]+)?`;
    case 'boolean':
      return 'true|false';
    case 'date':
      return DATE;
    case 'time':
      return TIME + fractionOf(type.fraction) + zoned(type.zone);
    case 'timestamp':
      return `${DATE}T${TIME}${fractionOf(type.fraction)}${zoned(type.zone)}`;
    case 'uprn':
      return '[1-9][0-9]{0,11}';
    case 'usrn':
      return '[1-9][0-9]{0,7}';
    case 'national-insurance-number':
      return `(?:${PREFIX_OF_NINO})[0-9]{6}[A-D]`;
    case 'postcode': {
      const outward =
        '[A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]';
      return `(?:${outward}) [0-9][ABD-HJLNP-UW-Z]{2}|GIR 0AA`;
    }
    case 'gss-code':
      return type.entities.length === 0 ? '[A-Z][0-9]{8}' : `(?:${type.entities.join('|')})[0-9]{6}`;
  }
}
