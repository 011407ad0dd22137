/** What is seen of the values of one column: which kinds of value it could still be. No value is kept, but digests of some. */
import { createHash } from 'node:crypto';
import { gssLookup } from '../gss/lookup';

const MOST_DISTINCT = 20_000;

/** Forms of text that a column may have throughout. */
const FORMS = {
  boolean: (text: string) => text === 'true' || text === 'false',
  integer: (text: string) => /^-?(?:0|[1-9]\d{0,14})$/.test(text),
  number: (text: string) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text),
  digits: (text: string) => /^\d+$/.test(text),
  date: (text: string) => isDay(text),
  localTime: (text: string) => TIME.test(text),
  zonedTimestamp: (text: string) => isDay(text.slice(0, 10)) && ZONED.test(text.slice(10)),
  localTimestamp: (text: string) => isDay(text.slice(0, 10)) && LOCAL.test(text.slice(10)),
  otherDate: (text: string) => /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?: .*)?$/.test(text),
  yesNo: (text: string) => /^(?:y|n|yes|no|t|f|0|1)$/i.test(text),
  nhsNumber: (text: string) => isNhsNumber(text),
  nationalInsuranceNumber: (text: string) => /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(text),
  postcode: (text: string) => /^[A-Z]{1,2}\d[A-Z0-9]? \d[A-Z]{2}$/.test(text),
  gssCode: (text: string) => gssLookup(text) !== undefined,
  uuid: (text: string) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text),
} as const;
/** A form that texts may have throughout. */
export type Form = keyof typeof FORMS;

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?$/;
const ZONED = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-8]):[0-5]\d)$/;
const LOCAL = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?$/;

/** What is seen of one column, or of the items of a list. */
export class Observed {
  /** Values, empty ones not among them. */
  values = 0;
  empty = 0;
  texts = 0;
  numbers = 0;
  booleans = 0;
  objects = 0;
  lists = 0;
  shortest = Number.POSITIVE_INFINITY;
  longest = 0;
  /** The most digits behind a point. */
  decimals = 0;
  readonly forms = new Set<Form>(Object.keys(FORMS) as Form[]);
  readonly members = new Map<string, Observed>();
  readonly entities = new Set<string>();
  items: Observed | undefined;
  #distinct: Set<string> | undefined = new Set();

  /** Whether no value occurred twice, as far as was looked. */
  get distinct(): boolean {
    return this.#distinct !== undefined && this.#distinct.size === this.values && this.values > 1;
  }

  /** Takes a value of JSON, or the text of a field. */
  see(value: unknown): void {
    if (value === null || value === undefined || value === '') {
      this.empty += 1;
      return;
    }
    this.values += 1;
    if (Array.isArray(value)) {
      this.lists += 1;
      this.items ??= new Observed();
      for (const each of value) this.items.see(each);
    } else if (typeof value === 'object') {
      this.objects += 1;
      this.seeMembers(value as Record<string, unknown>);
    } else {
      if (typeof value === 'boolean') this.booleans += 1;
      else if (typeof value === 'number') this.numbers += 1;
      else this.texts += 1;
      this.#seeText(String(value));
    }
  }

  /** Takes an object: a member that it does not have is empty in it, and was in all before it that did not have it. */
  seeMembers(value: Readonly<Record<string, unknown>>): void {
    const before = this.objects - 1;
    for (const [name, each] of Object.entries(value)) {
      let member = this.members.get(name);
      if (member === undefined) {
        member = new Observed();
        member.empty = Math.max(0, before);
        this.members.set(name, member);
      }
      member.see(each);
    }
    for (const [name, member] of this.members) if (!Object.hasOwn(value, name)) member.see(null);
  }

  #seeText(text: string): void {
    this.shortest = Math.min(this.shortest, [...text].length);
    this.longest = Math.max(this.longest, [...text].length);
    for (const form of this.forms) if (!FORMS[form](text)) this.forms.delete(form);
    this.decimals = Math.max(this.decimals, /\.(\d+)$/.exec(text)?.[1]?.length ?? 0);
    if (this.forms.has('gssCode')) this.entities.add(text.slice(0, 3));
    if (this.#distinct === undefined) return;
    this.#distinct.add(createHash('sha256').update(text).digest('base64').slice(0, 16));
    if (this.#distinct.size < this.values || this.#distinct.size > MOST_DISTINCT) this.#distinct = undefined;
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

function isNhsNumber(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  const sum = [...text.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  return (11 - (sum % 11)) % 11 === Number(text[9]);
}
