/** The values of terms, as they stand in the register, and in words. */
import { durationInWords, type Register, TERMS, type Term } from '../register';
import { type IsoDate, inWords, isDate } from '../register/calendar';
import { andList, code, lines, listed, say, type Words } from '../words';

/** The value of a term in an agreement as its file says it; undefined where it says nothing. */
function termValue(agreement: object, { path }: Pick<Term, 'path'>): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name],
      agreement,
    );
}

/** The terms that an agreement has a value for, in the order of the document. */
export function termsWithValues(agreement: object): readonly (readonly [term: Term, value: unknown])[] {
  return TERMS.flatMap((term) => {
    const value = termValue(agreement, term);
    return value === undefined ? [] : [[term, value] as const];
  });
}

/** What names of organisations are taken from; an agreement of another day may name some that it has no longer. */
export type Named = Pick<Register, 'organisations'>;

/** The value of a term as a document reads it out. */
export function valueInWords({ form, path }: Term, value: unknown, register: Named): Words {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    return listed(value.map((each) => oneInWords(form, path, each, register)));
  }
  return oneInWords(form, path, value, register);
}

function oneInWords(form: Term['form'], path: string, value: unknown, register: Named): Words {
  switch (form) {
    case 'words':
      return lines(String(value).split('\n'));
    case 'choice':
      return CHOICES[`${path} ${value}`] ?? kebabInWords(String(value));
    case 'day':
      return isDate(String(value)) ? inWords(String(value) as IsoDate) : String(value);
    case 'span':
      return durationInWords(String(value));
    case 'organisation':
      return organisationInWords(String(value), register);
    case 'agreement':
      return code(String(value));
    case 'key':
      return typeof value === 'object' ? keyInWords(value as SealKey, register) : code(String(value));
    case 'inbox':
      return inboxInWords(value as Inbox, register);
  }
}

/** `Leeds City Council (leeds)` */
export function organisationInWords(id: string, { organisations }: Named): Words {
  const name = organisations.find((each) => each.id === id)?.name;
  return name === undefined ? code(id) : say`${name} (${code(id)})`;
}

interface SealKey {
  readonly key: string;
  readonly holder: string;
  readonly keptBy: string;
}

function keyInWords({ key, holder, keptBy }: SealKey, register: Named): Words {
  return say`${code(key)}, of ${organisationInWords(holder, register)}. ${keptBy}`;
}

interface Inbox {
  readonly id: string;
  readonly of: string;
  readonly team: string;
  readonly notices: string;
  readonly readers: { readonly roles?: readonly string[]; readonly appRoles?: readonly string[] };
}

function inboxInWords({ id, of, team, notices, readers }: Inbox, register: Named): Words {
  const who = [...(readers.roles ?? []), ...(readers.appRoles ?? [])];
  return say`${code(id)}: ${team}, of ${organisationInWords(of, register)}; notices to ${notices}; read by ${who.length === 0 ? 'whoever may collect there' : andList(who.map((each) => code(each)))}`;
}

/** Values of which the words of the register are too short for a document. */
const CHOICES: Readonly<Record<string, string>> = {
  'lawfulBasis.regime uk-gdpr': 'UK GDPR (general processing)',
  'lawfulBasis.regime law-enforcement':
    'Data Protection Act 2018, Part 3 (law enforcement processing by competent authorities)',
  'lawfulBasis.regime not-personal-data': 'The data concerns no living person',
  'relationship separate-controllers': 'Separate (independent) controllers',
  'relationship joint-controllers': 'Joint controllers (UK GDPR Article 26)',
  'relationship controller-and-processor': 'Controller and processor (UK GDPR Article 28)',
  'dpia.outcome ico-consulted': 'The Information Commissioner was consulted',
};

/** `public-task` as `Public task` */
function kebabInWords(text: string): string {
  const words = text.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
