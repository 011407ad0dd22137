/** What was decided on each agreement before anything is asked: by flags, or in a file. */
import {
  type Decision,
  decisionsIn,
  type Heirs,
  type Matter,
  type Novation,
  novationTo,
  type Undecided,
} from '../../register/changes';
import { documentFile } from '../../start/documents';
import { day, list, type Options, text, UsageError, type ValuesOf } from '../option';
import type { Terminal } from '../terminal';
import { bytesNamed } from '../unread';

/** The options by which decisions are given. */
export const DECISION_OPTIONS = {
  decisions: text(
    'FILE',
    `what becomes of each agreement, in a YAML file; ${documentFile('joining')} shows one`,
  ),
  end: list('agreements that end: a,b'),
  'wind-up': day('until when what it had shared may still be collected; the last day if not given'),
} as const satisfies Options;

/** What of a command line decides. */
export interface Deciding extends ValuesOf<Pick<typeof DECISION_OPTIONS, 'decisions' | 'end'>> {
  /** Agreements that pass on, as `agreement=successor`. */
  readonly novate: readonly string[];
  /** Agreements that stay as they are. */
  readonly keep: readonly string[];
}

/** What options and a file decide, once it is known who departs. @throws UsageError where they say two things of one agreement */
export function decisionsGiven(values: Deciding, terminal: Terminal) {
  const filed = fromFile(values, terminal);
  return ({ heirs }: Undecided, matters: readonly Matter[]): Decision[] => {
    const given = [...filed, ...fromFlags(values, matters, heirs)];
    const twice = given.find(
      (each, index) => given.findIndex((one) => one.agreement === each.agreement) < index,
    );
    if (twice) throw new UsageError(`${twice.agreement} is decided on twice: say one thing of it`);
    return given;
  };
}

/** The decision that has an agreement pass to these successors, each with one of its own. */
export function novatedTo(matter: Matter, successors: readonly string[], heirs: Heirs): Decision {
  const { id } = matter.agreement;
  return {
    agreement: id,
    decision: 'novate',
    into: successors.flatMap((each, index) => novationOf([matter], id, each, heirs, index === 0)),
  } as Decision;
}

function fromFile({ decisions: path }: Deciding, terminal: Terminal): Decision[] {
  if (path === undefined) return [];
  return decisionsIn({ path, bytes: bytesNamed(path, 'name a file of decisions', terminal) });
}

function fromFlags(values: Deciding, matters: readonly Matter[], heirs: Heirs): Decision[] {
  const novate = new Map<string, Novation[]>();
  for (const each of values.novate) {
    const [id = '', to] = each.split('=');
    if (to === undefined || to === '')
      throw new UsageError(`--novate takes agreement=successor: '${each}' names no successor`);
    const earlier = novate.get(id) ?? [];
    novate.set(id, [...earlier, ...novationOf(matters, id, to, heirs, earlier.length === 0)]);
  }
  const simply = (name: 'end' | 'keep') =>
    values[name].map((id) => ({ agreement: id, decision: name }) as Decision);
  return [
    ...simply('end'),
    ...simply('keep'),
    ...[...novate].map(([id, into]) => ({ agreement: id, decision: 'novate', into }) as Decision),
  ];
}

/** @param isFirst of several that follow one agreement, the first has the recipients that stay */
function novationOf(
  matters: readonly Matter[],
  id: string,
  to: string,
  heirs: Heirs,
  isFirst: boolean,
): Novation[] {
  const matter = matters.find(({ agreement }) => agreement.id === id);
  // One that needs no decision is told of with everything else that is to be settled.
  if (matter === undefined) return [{ id } as Novation];
  const novation = novationTo(matter, to, heirs, isFirst);
  if (novation === undefined)
    throw new UsageError(
      `nothing of ${id} can pass to ${to}, which succeeds none of its parties or only both: end it, or name another`,
    );
  if (novation.id.length > 48)
    throw new UsageError(
      `${novation.id} is longer than 48 characters: choose an id for it in a file, with --decisions`,
    );
  return [novation as Novation];
}
