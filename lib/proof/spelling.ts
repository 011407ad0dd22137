/**
 * Texts of policies with their names left out, so that two that differ in names alone have one form. What is a name, and
 * why renaming changes no decision: docs/proof.md, “Why one organisation stands for others of its shape”. Where that reasoning does
 * not hold, there is no form.
 */
import type { RegisterFacts } from '../assembly';
import { SaidOften } from '../iam';
import { STRANGERS } from './askers';
import { ANOTHER_ACCOUNT, metBy } from './met-by';
import { statementsAbout } from './of-a-service';

/** A text without its names, and the names in the order of the gaps. */
export interface Spelling {
  /** Texts with the same number here are the same but for names. */
  readonly form: number;
  /**
   * Each once, after the letter of its kind: `a` an account, `r` a role, `h` an access point’s hash, `i` an organisation, `g`
   * an agreement, `t` a moment.
   */
  readonly names: readonly string[];
}

type Group = Readonly<Record<string, unknown>>;

/** Stands where a name was. */
const GAP = '§';
/** Numbers and hashes that the proof itself uses; they stand for themselves. */
const OWN_WORDS = new Set([ANOTHER_ACCOUNT, ...STRANGERS]);
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const ROLE = /^arn:aws:iam::(\d{12}):role\/(.+)$/;
const NAMES =
  /(?<![0-9A-Za-z?])([0-9a-f]{12}|\?{12})--([a-z][a-z0-9-]+)|(?<=(?:^|\/)agreements\/)([a-z][a-z0-9-]+)(?=\/|$)|(?<=:stack\/Organisation-)([a-z][a-z0-9-]+)(?=\/|$)|(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/g;
/** An access point of anybody, or of one organisation. */
const ANY_SHARE = /(?<=^|[:/])\?{12}--(?:\*$|§i(?=[:/]|$))/g;
/** A wildcard that does not stand between colons, slashes and ends could cut a name in two. No name is one character. */
const LOOSE = /[^:/][*?]|[*?][^:/]|^\?|\?$/;
/** These could also take a role, or a moment. */
const ANY_KIND = /^\*|^arn:(?!aws:[a-z0-9-]+:)|^\d{4}-/;
/** ARNs in which accounts are all that is swapped. */
const ACCOUNTS_ALONE = /^arn:aws:(?!(?:s3|kms|iam|sts|cloudformation):)[a-z0-9-]+:/;
/** There a wildcard could see a part of an account only beside digits that no letter is joined to. */
const CUTS_AN_ACCOUNT = /(?<![0-9A-Za-z])\d+[*?]|[*?]\d+(?![0-9A-Za-z])|§a[*?]|[*?]§a/;
/** Any stack of ours in one account: what is swapped stands after the word, and the wildcard takes all of that. */
const STACKS_OF_OURS = /^arn:aws:cloudformation:[a-z0-9-]+:(?:§a|\d{12}):stack\/Organisation-\*$/;
/** The stack of an organisation where it was not told as one, and could be taken for a word. */
const STACK_BY_NAME = /^Organisation-(?!§i$)/;
const ROLES_OF_OURS = /^arn:aws:iam::(?:\*|§a):role\/concordat\/[a-z-]+$/;
/** Operators whose answers renaming cannot change. Of dates, those that change at the very moment that is named. */
const OPERATORS =
  /^(?:For(?:All|Any)Value[s]?:)?(?:String(?:Not)?(?:Equals|Like)|Arn(?:Not)?(?:Equals|Like)|Bool|Null|Numeric\w+|DateGreaterThanEquals|DateLessThan)(?:IfExists)?$/;

/** Spells texts and documents of one register. */
export class Speller {
  readonly #accounts: ReadonlySet<string>;
  readonly #organisations: ReadonlySet<string>;
  readonly #agreements: ReadonlySet<string>;
  readonly #roles: ReadonlySet<string>;
  readonly #forms = new Map<string, number>();
  readonly #texts = new Map<string, Spelling | undefined>();
  /** Texts of documents without their names, as JSON, and these in turn. */
  readonly #spelt = new Map<
    string,
    { readonly form: string | undefined; readonly names: readonly string[] }
  >();
  readonly #documents = new Map<string, WeakMap<object, { readonly spelling: Spelling | undefined }>>();
  readonly #statements = new WeakMap<object, { readonly spelling: Spelling | undefined }>();
  /** Statements as all those meet them whom they do not name. */
  readonly #statementsMet = new WeakMap<object, { readonly spelling: Spelling | undefined }>();

  constructor({ organisations, agreements, zone }: RegisterFacts) {
    const apart = new Set([...OWN_WORDS, zone.accounts.zone, zone.accounts.management]);
    this.#accounts = new Set(organisations.map(({ account }) => account).filter((each) => !apart.has(each)));
    this.#organisations = new Set(organisations.map(({ id }) => id));
    this.#agreements = new Set(agreements.map(({ id }) => id));
    const declared = organisations.flatMap(
      ({ mayDeposit = [], mayCollect, mayStop = [], mayLift = [], custody }) => [
        ...mayDeposit,
        ...mayCollect,
        ...mayStop,
        ...mayLift,
        ...(custody?.administrators ?? []),
      ],
    );
    this.#roles = new Set(
      declared
        .map((arn) => ROLE.exec(arn)?.[2] ?? '')
        .filter((path) => path !== '' && !/^(?:concordat|aws-service-role)\/|[*?]|\d{12}/.test(path)),
    );
  }

  /** A text, such as an ARN. Undefined if it has no form. */
  text(text: string): Spelling | undefined {
    const known = this.#texts.get(text);
    if (known !== undefined || this.#texts.has(text)) return known;
    const names: string[] = [];
    const form = this.#spell(text, names);
    const spelling = form === undefined ? undefined : this.#numbered(form, names);
    this.#texts.set(text, spelling);
    return spelling;
  }

  /**
   * A policy’s document, or anything else that JSON can hold. Undefined if it has no form.
   * @param service of the actions that are asked about, such as `s3`: statements about other services alone are left out
   */
  document(document: unknown, service = ''): Spelling | undefined {
    if (typeof document !== 'object' || document === null) return undefined;
    const documents = this.#documents.get(service) ?? new WeakMap();
    this.#documents.set(service, documents);
    const known = documents.get(document);
    if (known !== undefined) return known.spelling;
    const { Statement, ...others } = document as { readonly Statement?: unknown };
    const spelling = Array.isArray(Statement)
      ? this.#policy(others, statementsAbout(Statement, service))
      : this.#whole(document, '');
    documents.set(document, { spelling });
    return spelling;
  }

  /**
   * The same of a policy, as those of one account meet it: what names the account comes first in each list, and other accounts
   * that a condition on the asker’s own lists are one. Accounts that one list names at different places can be of one form so.
   * @param account undefined for those of no account, and any that the policy does not name
   */
  documentMetBy(account: string | undefined, document: unknown, service: string): Spelling | undefined {
    const spelling = this.document(document, service);
    const { Statement, ...others } = (document ?? {}) as { readonly Statement?: unknown };
    if (spelling === undefined || !Array.isArray(Statement)) return spelling;
    const statements = statementsAbout(Statement, service);
    return this.#policy(others, statements, (each) => this.#statementMetBy(account, each));
  }

  /** A policy, statement by statement: most of them are spelt for several services. */
  #policy(
    others: object,
    statements: readonly unknown[],
    spell = (statement: unknown) => this.#statement(statement),
  ): Spelling | undefined {
    const names: string[] = [];
    const form = this.#walk(others, '', names);
    if (form === undefined) return undefined;
    const forms: (string | number)[] = [form];
    for (const each of statements) {
      const spelling = spell(each);
      if (spelling === undefined) return undefined;
      forms.push(spelling.form);
      names.push(...spelling.names);
    }
    return this.joined(forms, names);
  }

  #statement(statement: unknown): Spelling | undefined {
    if (typeof statement !== 'object' || statement === null) return this.#whole(statement, 'Statement');
    const known = this.#statements.get(statement);
    if (known !== undefined) return known.spelling;
    const spelling = this.#whole(statement, 'Statement');
    this.#statements.set(statement, { spelling });
    return spelling;
  }

  #statementMetBy(account: string | undefined, statement: unknown): Spelling | undefined {
    const spelling = this.#statement(statement);
    if (spelling === undefined || typeof statement !== 'object' || statement === null) return spelling;
    const isNamed = account !== undefined && spelling.names.includes(`a${account}`);
    const known = isNamed ? undefined : this.#statementsMet.get(statement);
    if (known !== undefined) return known.spelling;
    const met = metBy(account, statement, this.#accounts);
    const made = met === statement ? spelling : this.#whole(met, 'Statement');
    // Of those whom it does not name, one meets it as the other does.
    if (!isNamed) this.#statementsMet.set(statement, { spelling: made });
    return made;
  }

  #whole(value: unknown, element: string): Spelling | undefined {
    const names: string[] = [];
    const form = this.#walk(value, element, names);
    return form === undefined ? undefined : this.#numbered(form, names);
  }

  /** Several spellings, and words of the proof’s own between them, as one. @param names of all of them, in turn */
  joined(forms: readonly (string | number)[], names: readonly string[]): Spelling {
    // No text and no document begins so.
    return this.#numbered(`${GAP} ${forms.join(' ')}`, names);
  }

  #numbered(form: string, names: readonly string[]): Spelling {
    const order = new Map<string, number>();
    let whole = `${form} `;
    for (const name of names) {
      let n = order.get(name);
      if (n === undefined) {
        n = order.size;
        order.set(name, n);
      }
      whole += `${n} `;
    }
    let number = this.#forms.get(whole);
    if (number === undefined) {
      number = this.#forms.size;
      this.#forms.set(whole, number);
    }
    return { form: number, names: [...order.keys()] };
  }

  /** @param element the element of a statement, or the operator of a condition, that the value is of */
  #walk(value: unknown, element: string, names: string[]): string | undefined {
    if (typeof value === 'string') return this.#walkText(value, element, names);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (!Array.isArray(value)) return this.#walkGroup(value as Group, element, names);
    if (element === 'Condition') return undefined;
    let form = '[';
    for (const each of value) {
      const member = this.#walk(each, element, names);
      if (member === undefined) return undefined;
      form += `${member},`;
    }
    return `${form}]`;
  }

  #walkGroup(group: Group, element: string, names: string[]): string | undefined {
    const isOfKeys = isOperator(element);
    let form = '{';
    for (const key of Object.keys(group)) {
      const each = group[key];
      // What a statement is called decides nothing.
      if (key === 'Sid' && typeof each === 'string') continue;
      if (element === 'Condition' && !isOperator(key)) return undefined;
      const member = this.#walk(each, isOfKeys ? element : key, names);
      if (member === undefined) return undefined;
      form += `${quoted(key)}:${member},`;
    }
    return `${form}}`;
  }

  #walkText(text: string, element: string, names: string[]): string | undefined {
    // An action is no name, and its wildcards meet no name.
    if (element === 'Action' || element === 'NotAction') return text.includes(GAP) ? undefined : quoted(text);
    // Most texts are said in several policies.
    let spelt = this.#spelt.get(text);
    if (spelt === undefined) {
      const own: string[] = [];
      const form = this.#spell(text, own);
      spelt = { form: form && JSON.stringify(form), names: own };
      this.#spelt.set(text, spelt);
    }
    if (spelt.form === undefined || !fitsOperator(element, text, spelt.names.length > 0)) return undefined;
    for (const name of spelt.names) names.push(name);
    return spelt.form;
  }

  #spell(text: string, names: string[]): string | undefined {
    if (text.includes(GAP)) return undefined;
    if (MOMENT.test(text)) {
      names.push(`t${text}`);
      return `${GAP}t`;
    }
    const [, account = '', path = ''] = ROLE.exec(text) ?? [];
    if (this.#accounts.has(account) && this.#roles.has(path)) {
      names.push(`a${account}`, `r${path}`);
      return `arn:aws:iam::${GAP}a:role/${GAP}r`;
    }
    const form = text.replace(
      NAMES,
      (whole, hash?: string, organisation?: string, agreement?: string, stack?: string) => {
        if (hash !== undefined && organisation !== undefined) {
          if (!this.#organisations.has(organisation)) return whole;
          if (!hash.startsWith('?')) names.push(`h${hash}`);
          names.push(`i${organisation}`);
          return `${hash.startsWith('?') ? hash : `${GAP}h`}--${GAP}i`;
        }
        if (agreement !== undefined) {
          if (!this.#agreements.has(agreement)) return whole;
          names.push(`g${agreement}`);
          return `${GAP}g`;
        }
        if (stack !== undefined) {
          if (!this.#organisations.has(stack)) return whole;
          names.push(`i${stack}`);
          return `${GAP}i`;
        }
        if (!this.#accounts.has(whole)) return whole;
        names.push(`a${whole}`);
        return `${GAP}a`;
      },
    );
    const isOfAccounts = ACCOUNTS_ALONE.test(form);
    if (isOfAccounts && names.some((each) => !each.startsWith('a'))) return undefined;
    return this.#isSafe(form, isOfAccounts) ? form : undefined;
  }

  /** Whether the wildcards of a text cannot tell names by a part of them, nor meet one where none is expected. */
  #isSafe(form: string, isOfAccounts: boolean): boolean {
    if (/^arn:aws:sts:/.test(form)) return false;
    if (form === '*' || !/[*?]/.test(form)) return true;
    if (ANY_KIND.test(form)) return false;
    if (form.startsWith('arn:aws:iam:')) return ROLES_OF_OURS.test(form);
    if (STACKS_OF_OURS.test(form)) return true;
    if (isOfAccounts) return !CUTS_AN_ACCOUNT.test(form);
    const rest = form.replace(ANY_SHARE, `${GAP}s`);
    if (LOOSE.test(rest)) return false;
    return !rest.split(/[:/]/).some((each) => this.#agreements.has(each) || STACK_BY_NAME.test(each));
  }
}

const operators = new SaidOften<boolean>();

function isOperator(element: string): boolean {
  return operators.of(element, namesOperator);
}

function namesOperator(element: string): boolean {
  return OPERATORS.test(element);
}

const quotedOnce = new SaidOften<string>();

/** An action, or the name of an element, as JSON: there are few of them, and each is said thousands of times. */
function quoted(text: string): string {
  return quotedOnce.of(text, JSON.stringify);
}

/** Numbers are compared by size, and so are dates: no name may be one, and a moment must be written as all others are. */
function fitsOperator(element: string, value: string, isNamed: boolean): boolean {
  if (/Numeric|Bool|Null/.test(element)) return !isNamed;
  return !/Date/.test(element) || MOMENT.test(value);
}
