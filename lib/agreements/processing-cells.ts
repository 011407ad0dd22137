/** What stands in the cells of a record of processing. What the register does not know is said so, for the organisation to complete. */
import { UK_REGION } from '../names';
import {
  depositsUntil,
  durationInWords,
  type Organisation,
  type OrganisationId,
  type Register,
  type Share,
  STATE_IN_WORDS,
} from '../register';
import { addDays, type IsoDate, inWords } from '../register/calendar';
import { plainText } from '../words';
import { measuresOf } from './enforcement';
import type { Processing } from './processing-parts';

/** What the record is made from. */
export interface ProcessingSource {
  readonly register: Register;
  readonly organisation: Organisation;
  readonly asOf: IsoDate;
}

/** One row: a way of an agreement, and what it is told from. */
export interface Row extends ProcessingSource, Processing {
  /** Of this way, to each recipient that the row is about. */
  readonly shares: readonly Share[];
}

export type Cell = string | readonly string[];

/** Stands before what is to be completed. */
export const NOT_KNOWN = 'Not known here';
export const NOT_ASKED = 'Not asked of a processor';
export const NONE = 'None';

export function stateCell({ shares }: Row): Cell {
  const [first, ...rest] = shares;
  if (first !== undefined && rest.every(({ state }) => state === first.state))
    return STATE_IN_WORDS[first.state];
  return shares.map(({ recipient, state }) => `${recipient.name}: ${STATE_IN_WORDS[state]}`);
}

/** What the register settles, and no more: systems of those who share and receive are no part of it. */
export function transfersCell({ register: { zone } }: Row): Cell {
  const exception = zone.regionException;
  const lies =
    zone.region === UK_REGION
      ? `While it is shared it lies in the United Kingdom: AWS Region ${UK_REGION} (London)`
      : `While it is shared it lies outside the United Kingdom: AWS Region ${zone.region}${exception === undefined ? '' : `, by an exception until ${inWords(exception.until)}: ${exception.reason}`}`;
  return [lies, `${NOT_KNOWN}: transfers by the systems of those who share and receive it`];
}

export function retentionCell({ agreement, side, asOf }: Row): Cell {
  const { retention, hold } = agreement;
  const isHeld = hold !== undefined && (hold.until === undefined || hold.until >= asOf);
  const until = depositsUntil(agreement);
  return [
    `Recipients keep their copy for up to ${durationInWords(retention.period)}. ${retention.disposal}`,
    ...(isHeld ? ['A legal hold forbids deleting it for now'] : []),
    ...(side === 'receives'
      ? []
      : [
          until === undefined
            ? 'What the owner deposited is not deleted from its bucket: the legal hold has no last day'
            : `What the owner deposited is deleted from its bucket from ${inWords(addDays(until, 1))} on, unless the agreement goes on or a legal hold puts that off`,
          `${NOT_KNOWN}: how long the organisation keeps its own records, from which it shares`,
        ]),
  ];
}

export function securityCell(row: Row): Cell {
  const { agreement, owner } = row;
  return [
    `Encryption: at rest under the key of ${nameOf(row, owner)}; on the way by TLS 1.2 or later`,
    ...measuresOf(agreement, owner).map(([what, by]) => `${what}: ${plainText(by)}`),
    'What the templates show of it is in the evidence pack',
    `${NOT_KNOWN}: the measures of the organisation’s own systems and people`,
  ];
}

/** The agreement has the basis on which the owner shares. On which a recipient uses what it gets is for the recipient to say. */
export function ofOwner(told: (agreement: Row['agreement']) => Cell): (row: Row) => Cell {
  return (row) => {
    if (row.role === 'processor') return NOT_ASKED;
    const cell = orNone(told(row.agreement));
    if (row.side === 'shares' || cell === NONE) return cell;
    const said = typeof cell === 'string' ? [cell] : cell;
    return [
      `${NOT_KNOWN}: on which the organisation uses what it receives`,
      ...said.map((each) => `${nameOf(row, row.owner)} shares on: ${each}`),
    ];
  };
}

export function orNone(cell: Cell): Cell {
  return cell.length === 0 ? NONE : cell;
}

export function whichOfBoth(row: Row): Cell {
  return [`${NOT_KNOWN}: which of the two`, ...contactsOf(row, [row.owner, ...row.recipients])];
}

/** A recipient’s record is about itself, and not about others that receive the same. */
export function isOfRow({ side, organisation }: Row): (id: OrganisationId) => boolean {
  return (id) => side === 'shares' || id === organisation.id;
}

export function others({ owner, recipients, organisation }: Row): readonly OrganisationId[] {
  return [owner, ...recipients].filter((each) => each !== organisation.id);
}

export function contactsOf({ register }: Row, ids: readonly OrganisationId[]): readonly string[] {
  return ids.map((each) => contactOf(register.organisation(each)));
}

export function contactOf({ name, contacts }: Organisation): string {
  return `${name} (${contacts.dataProtection})`;
}

export function nameOf({ register }: Row, id: OrganisationId): string {
  return register.organisation(id).name;
}

export function plain(word: string): string {
  return word.replaceAll('-', ' ');
}
