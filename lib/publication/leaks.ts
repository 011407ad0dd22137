/**
 * Looks through all that was made for what must not be public. The record is made so that nothing of it gets there; a text in which
 * somebody wrote a mailbox into the way of disposal, or told in one agreement what another withholds, gets there all the same.
 */
import { isWithheld, isWithheldWhole, partiesOf, type Register, withheldTexts } from '../register';
import { agreementPath } from './paths';

/** Something that stands in a file of the record and must not. */
export interface Leak {
  readonly file: string;
  /** What kind of thing it is; it is not told again. */
  readonly what: string;
  /** The agreement that withholds it, where one does. */
  readonly agreement?: string;
}

/** What nothing public looks like. */
const SHAPES: readonly (readonly [what: string, form: RegExp])[] = [
  ['an ARN of AWS', /\barn:aws[a-z-]*:/],
  ['a mailbox', /[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+/i],
  ['a key of age', /\bage1[a-z0-9]{20,}|AGE-SECRET-KEY/],
  ['a key of SSH', /\bssh-[a-z0-9]+ AAAA/],
  ['a key in PEM', /-----BEGIN /],
];
/** Shorter texts are words that many agreements have. */
const SHORTEST = 20;

/** Everything that is found, file by file. @param files by their paths */
export function leaksIn(files: ReadonlyMap<string, string>, register: Register): Leak[] {
  const secrets = secretsOf(register);
  const withheld = register.agreements.flatMap((agreement) =>
    withheldTexts(agreement)
      .map(({ text }) => folded(text))
      .filter((text) => text.length >= SHORTEST)
      .map((text) => ({ agreement: agreement.id, text })),
  );
  // What one agreement withholds another may tell of itself.
  const toldElsewhere = publicTexts(register);
  const parties = withheldParties(register);
  return [...files].flatMap(([file, content]): Leak[] => {
    const text = plain(content);
    const seen = folded(text);
    return [
      ...SHAPES.flatMap(([what, form]) => (form.test(text) ? [{ file, what }] : [])),
      ...secrets.flatMap(([what, secret]) => (text.includes(secret) ? [{ file, what }] : [])),
      ...withheld.flatMap(({ agreement, text: secret }) =>
        seen.includes(secret) && !toldElsewhere.has(secret)
          ? [{ file, what: 'a text that is withheld', agreement }]
          : [],
      ),
      ...parties.flatMap(({ agreement, name }) =>
        file === agreementPath(agreement) && seen.includes(folded(name))
          ? [{ file, what: 'the name of a party that is withheld', agreement }]
          : [],
      ),
    ];
  });
}

/** Accounts and names in AWS that the register has. */
function secretsOf({ zone, organisations }: Register): (readonly [what: string, secret: string])[] {
  const accounts = [
    zone.accounts.management,
    zone.accounts.zone,
    ...organisations.map(({ account }) => account),
  ];
  return [
    ...[...new Set<string>(accounts)].map((each) => ['an account of AWS', each] as const),
    ['the id of the AWS organisation', zone.awsOrganizationId],
  ];
}

/** The texts of agreements that are not withheld there. */
function publicTexts({ agreements }: Register): ReadonlySet<string> {
  return new Set(
    agreements.flatMap((agreement) => {
      const everything = { withheld: ['everything' as const], reason: '' };
      const withheld = new Set(withheldTexts(agreement).map(({ path }) => path.join('.')));
      return withheldTexts({ ...agreement, public: everything }).flatMap(({ path, text }) =>
        withheld.has(path.join('.')) ? [] : [folded(text)],
      );
    }),
  );
}

/** Who shares under agreements of which that is withheld. On other pages they are parties of other agreements. */
function withheldParties({ agreements, organisations }: Register) {
  return agreements.flatMap((agreement) =>
    isWithheld(agreement, 'parties') && !isWithheldWhole(agreement)
      ? partiesOf(agreement).flatMap((id) => {
          const name = organisations.find((each) => each.id === id)?.name;
          return name === undefined ? [] : [{ agreement: agreement.id, name }];
        })
      : [],
  );
}

/** Without the differences of writing that say nothing: a page breaks lines where a file does not, and the other way round. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/<br>|\\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.;]$/, '');
}

/** The text of a file without the marks of HTML, JSON and CSV that stand for characters. */
function plain(content: string): string {
  return content
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\\"', '"')
    .replaceAll('""', '"');
}
