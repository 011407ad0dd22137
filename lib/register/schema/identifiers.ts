/**
 * Official codes and names of an organisation. Each scheme’s form is that of whoever gives the codes out, since a form that is
 * narrower than the register it quotes turns real organisations away.
 */
import { z } from 'zod';
import { isoDate } from './scalars';

/**
 * What a number at Companies House may begin with where it is not all digits: “Uniform Resource Identifiers (URI) Customer
 * Guide”, Companies House, with the overseas entities of the Economic Crime Act 2022. R0 is Northern Ireland before 1922.
 * Registered societies, IP, SP, NP and RS among them, may end in up to three letters.
 */
const COMPANIES_HOUSE_PREFIXES = [
  ...['AC', 'BR', 'CE', 'CS', 'EN', 'ES', 'FC', 'FE', 'GE', 'GN', 'GS', 'IC', 'IP', 'LP', 'NA', 'NC', 'NF'],
  ...['NI', 'NL', 'NO', 'NP', 'NR', 'NV', 'NZ', 'OC', 'OE', 'PC', 'R0', 'RC', 'RS', 'SA', 'SC', 'SE', 'SF'],
  ...['SG', 'SI', 'SL', 'SO', 'SP', 'SR', 'SZ', 'ZC'],
];

const FORMS = {
  gss: { form: /^[EWSNK]\d{8}$/, expects: 'a GSS code: a letter and 8 digits, such as E08000035' },
  ods: { form: /^[A-Z0-9]{3,6}$/, expects: 'an ODS code: 3 to 6 capital letters and digits, such as RR8' },
  'companies-house': {
    form: new RegExp(`^(?:\\d{8}|(?:${COMPANIES_HOUSE_PREFIXES.join('|')})\\d{3}[0-9A-Z]{3})$`),
    expects: 'a Companies House number: 8 digits, or a prefix such as SC and 6 characters, in quotes',
  },
  // The Charity Commission’s linked charities have the number of the main one, a hyphen and a number of their own. OSCR
  // writes SC and 6 digits; the Charity Commission for Northern Ireland NIC and 6 digits.
  charity: {
    form: /^(?:\d{6,7}(?:-[1-9]\d{0,3})?|SC\d{6}|NI[CT]?\d{6})$/,
    expects:
      'a charity number: 6 or 7 digits, with -1 and so on for a linked charity, or SC or NIC and 6 digits, in quotes',
  },
  govuk: {
    form: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    expects: 'the last part of the organisation’s address on GOV.UK',
  },
} as const;

function identifier<Scheme extends keyof typeof FORMS>(scheme: Scheme) {
  const { form, expects } = FORMS[scheme];
  return z.strictObject({
    scheme: z.literal(scheme).meta({ description: 'Whose code it is.' }),
    value: z
      .string()
      .regex(form)
      .meta({ description: `The ${scheme} identifier.`, expects, fix: `write ${expects}` }),
    from: isoDate.meta({ description: 'The first day on which the code was in use.' }),
    until: isoDate.optional().meta({ description: 'The last day on which it was in use, if it has ended.' }),
  });
}

/** An official code or name of an organisation, true from one day until another: a dated alias, never a key. */
export const identifierSchema = z
  .discriminatedUnion('scheme', [
    identifier('gss'),
    identifier('ods'),
    identifier('companies-house'),
    identifier('charity'),
    identifier('govuk'),
  ])
  .meta({ description: 'An official code of the organisation, with the days on which it was in use.' });
