/** Reads an audit index from its file, and checks all of it. A file that is not in order is no ground to judge anybody. */
import {
  AUDIT_INDEX_FORM,
  AUDITED_ROLES,
  type AuditIndex,
  type IndexedAgreement,
  type IndexedOrganisation,
  type IndexedShare,
  type Span,
} from './audit-index';

/** More than this in one file is no index of ours. */
export const MOST_INDEX_BYTES = 32_000_000;

/** The index is refused. Every fault is in `problems`. */
export class AuditIndexError extends Error {
  override readonly name = 'AuditIndexError';
  constructor(readonly problems: readonly string[]) {
    super(problems.slice(0, 20).join('\n'));
  }
}

type Fields = Readonly<Record<string, unknown>>;

const HANDLE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REDEPLOY = 'Synthesise and deploy again; the file is not to be edited by hand';

/**
 * Reads an index and checks all of it, also that every party of an agreement is there.
 * @throws AuditIndexError with every problem, each naming its place and the fix
 */
export function parseAuditIndex(text: string): AuditIndex {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_INDEX_BYTES)
    throw new AuditIndexError([`the index is ${bytes} bytes, at most ${MOST_INDEX_BYTES} are read`]);
  const reader = new Reader();
  const index = reader.index(readJson(text));
  if (reader.problems.length > 0)
    throw new AuditIndexError(reader.problems.map((each) => `${each}. ${REDEPLOY}`));
  return index;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AuditIndexError([`the index is not JSON: ${(error as Error).message}. ${REDEPLOY}`]);
  }
}

class Reader {
  readonly problems: string[] = [];

  index(value: unknown): AuditIndex {
    const fields = this.object(value, 'the index', [
      'form',
      'register',
      'region',
      'bucketPrefix',
      'roles',
      'organisations',
      'agreements',
    ]);
    if (fields.form !== AUDIT_INDEX_FORM)
      this.problems.push(
        `the index has the form ${show(fields.form)}, this audit reads '${AUDIT_INDEX_FORM}'`,
      );
    const roles = this.object(fields.roles, 'roles', AUDITED_ROLES);
    const role = (purpose: string) =>
      this.text(roles[purpose], `roles.${purpose}`, /^\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+$/);
    const organisations = this.list(fields.organisations, 'organisations').map((each, n) =>
      this.organisation(each, `organisations[${n}]`),
    );
    const ids = new Set(organisations.map(({ id }) => id));
    this.unique(
      organisations.map(({ id }) => id),
      'organisations',
    );
    this.unique(
      organisations.map(({ account }) => account),
      'accounts',
    );
    const agreements = this.list(fields.agreements, 'agreements').map((each, n) =>
      this.agreement(each, `agreements[${n}]`, ids),
    );
    this.unique(
      agreements.map(({ id }) => id),
      'agreements',
    );
    return {
      form: AUDIT_INDEX_FORM,
      register: this.text(fields.register, 'register', /^[0-9a-f]{64}$/),
      region: this.text(fields.region, 'region', /^[a-z]{2}-[a-z]+-\d$/),
      bucketPrefix: this.text(fields.bucketPrefix, 'bucketPrefix', /^[a-z][a-z0-9-]*-$/),
      roles: {
        deposit: role('deposit'),
        collect: role('collect'),
        'malware-scan': role('malware-scan'),
        'contract-gate': role('contract-gate'),
      },
      organisations,
      agreements,
    };
  }

  private organisation(value: unknown, place: string): IndexedOrganisation {
    const fields = this.object(value, place, ['id', 'account', 'bucket']);
    return {
      id: this.text(fields.id, `${place}.id`, HANDLE),
      account: this.text(fields.account, `${place}.account`, /^\d{12}$/),
      ...(fields.bucket !== undefined && { bucket: this.text(fields.bucket, `${place}.bucket`, BUCKET) }),
    };
  }

  private agreement(value: unknown, place: string, ids: ReadonlySet<string>): IndexedAgreement {
    const fields = this.object(value, place, ['id', 'owner', 'collectWithinDays', 'shares']);
    const days = fields.collectWithinDays;
    if (typeof days !== 'number' || !Number.isInteger(days) || days < 1 || days > 6_993)
      this.problems.push(`${place}.collectWithinDays must be whole days from 1 to 6993, found ${show(days)}`);
    const shares = this.list(fields.shares, `${place}.shares`).map((each, n) =>
      this.share(each, `${place}.shares[${n}]`, ids),
    );
    this.unique(
      shares.map(({ recipient }) => recipient),
      `${place}.shares`,
    );
    return {
      id: this.text(fields.id, `${place}.id`, HANDLE),
      owner: this.party(fields.owner, `${place}.owner`, ids),
      collectWithinDays: Number(days),
      shares,
    };
  }

  private share(value: unknown, place: string, ids: ReadonlySet<string>): IndexedShare {
    const fields = this.object(value, place, ['recipient', 'share', 'spans']);
    const recipient = this.party(fields.recipient, `${place}.recipient`, ids);
    const share = this.text(fields.share, `${place}.share`, /^[0-9a-f]{12}--/);
    if (share.slice(14) !== recipient)
      this.problems.push(`${place}.share ${show(share)} does not end with the recipient ${show(recipient)}`);
    const spans = this.list(fields.spans, `${place}.spans`).map((each, n) =>
      this.span(each, `${place}.spans[${n}]`),
    );
    return { recipient, share, spans };
  }

  private span(value: unknown, place: string): Span {
    const fields = this.object(value, place, ['from', 'until']);
    const instant = (name: 'from' | 'until') => {
      const text = this.text(fields[name], `${place}.${name}`, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      if (text !== '' && !isMoment(text))
        this.problems.push(`${place}.${name} '${text}' is no moment that exists`);
      return text;
    };
    const span = { from: instant('from'), until: instant('until') };
    if (span.until <= span.from) this.problems.push(`${place} ends at ${span.until}, not after ${span.from}`);
    return span;
  }

  private party(value: unknown, place: string, ids: ReadonlySet<string>): string {
    const id = this.text(value, place, HANDLE);
    if (id !== '' && !ids.has(id)) this.problems.push(`${place} '${id}' is no organisation of the index`);
    return id;
  }

  private object(value: unknown, place: string, known: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.problems.push(`${place} must be an object, found ${show(value)}`);
      return {};
    }
    const unknown = Object.keys(value).filter((key) => !known.includes(key));
    if (unknown.length > 0)
      this.problems.push(`${place} has the unknown field ${unknown.join(', ').slice(0, 100)}`);
    return value as Fields;
  }

  private list(value: unknown, place: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.problems.push(`${place} must be a list, found ${show(value)}`);
    return [];
  }

  private text(value: unknown, place: string, form: RegExp): string {
    if (typeof value === 'string' && value.length <= 512 && form.test(value)) return value;
    this.problems.push(`${place} is ${show(value)}, which is not of its form`);
    return '';
  }

  private unique(values: readonly string[], place: string): void {
    const seen = new Set<string>();
    for (const value of values) {
      if (value !== '' && seen.has(value)) this.problems.push(`${place} names '${value}' twice`);
      seen.add(value);
    }
  }
}

function isMoment(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && `${new Date(time).toISOString().slice(0, 19)}Z` === text;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100);
}
