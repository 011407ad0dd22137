/**
 * Organisations that leave, with successors or without, or that hand a part over. No share passes by itself: each agreement
 * that would go on ends, is novated, or (where its parties stay) is kept, by an explicit decision.
 */

import { andList } from '../../words';
import { addDays, type IsoDate, inWords } from '../calendar';
import type { RegisterFile } from '../folder';
import { directionsOf } from '../parties';
import type { Register } from '../register';
import type { OrganisationId } from '../schema/organisation';
import { type Change, ChangeRefused, checkedChange, fileAt, soundRegister } from './change';
import { directionsAfter, type Matter, mattersOf } from './decision';
import type { Departure } from './departure';
import { endedOn, novated } from './novate';
import { unsettled } from './unsettled';
import { listLines, scalar, withSetting } from './yaml-edit';

/**
 * The register after a departure.
 * @throws ChangeRefused with everything that is to be settled first
 * @throws ChangeUnsound if the register is faulty, or would be
 */
export function departed(files: readonly RegisterFile[], departure: Departure, asOf: IsoDate): Change {
  const before = soundRegister(files, asOf, 'the register is faulty');
  const from = [...departure.heirs.keys()];
  const matters = mattersOf(before, from, departure.lastDay);
  const settle = unsettled(before, matters, departure, asOf);
  if (settle.length > 0)
    throw new ChangeRefused(`${from.join(', ')}: not everything is settled, so nothing was changed`, settle);
  const changed = new Map<string, RegisterFile>();
  const says: string[] = [];
  for (const id of from) changeBody(files, before, id, departure, changed, says);
  for (const matter of matters) changeAgreement(files, before, matter, departure, changed, says);
  return checkedChange(files, before, changed, says, asOf);
}

function changeBody(
  files: readonly RegisterFile[],
  before: Register,
  id: string,
  { heirs, lastDay, windsUp, handsOver }: Departure,
  changed: Map<string, RegisterFile>,
  says: string[],
): void {
  const to = heirs.get(id) ?? [];
  const path = `organisations/${id}.yaml`;
  const file = fileAt(files, path);
  if (handsOver !== undefined) {
    const on = addDays(lastDay, 1);
    const already = before.organisation(id as OrganisationId).handsOver ?? [];
    const all = [...already, ...to.map((each) => ({ to: each, on, what: handsOver }))];
    const lines = all.flatMap((each) => [
      `  - to: ${each.to}`,
      `    on: ${each.on}`,
      `    what: ${scalar(each.what)}`,
    ]);
    changed.set(path, withSetting(file, 'handsOver', ['handsOver:', ...lines]));
    says.push(`${id} hands over to ${andList(to)} on ${inWords(on)}, and stays.`);
    return;
  }
  let next = withSetting(file, 'leaves', [`leaves: ${lastDay}`]);
  if (windsUp !== undefined) next = withSetting(next, 'windsUp', [`windsUp: ${windsUp}`]);
  if (to.length > 0) next = withSetting(next, 'successors', listLines('successors', to));
  changed.set(path, next);
  says.push(
    `${id} takes part until ${inWords(lastDay)}${to.length > 0 ? `; ${andList(to)} succeed${to.length === 1 ? 's' : ''} it` : ''}.`,
    ...(windsUp === undefined
      ? []
      : [
          `From then until ${inWords(windsUp)} it winds up: it deposits and collects nothing, and what it had shared may still be collected.`,
        ]),
  );
}

function changeAgreement(
  files: readonly RegisterFile[],
  before: Register,
  { agreement }: Matter,
  departure: Departure,
  changed: Map<string, RegisterFile>,
  says: string[],
): void {
  const { id } = agreement;
  const decision = departure.decisions.find((each) => each.agreement === id);
  if (decision === undefined || decision.decision === 'keep') {
    says.push(`${id} stays as it is.`);
    return;
  }
  const path = `agreements/${id}.yaml`;
  const file = fileAt(files, path);
  const lastRead = lastReadOf(agreement, departure);
  changed.set(path, endedOn(file, agreement, lastRead));
  const still =
    lastRead > departure.lastDay
      ? `; what is there by ${inWords(departure.lastDay)} may be collected until then`
      : '';
  says.push(`${id} ends on ${inWords(lastRead)}${still}.`);
  if (agreement.review > lastRead)
    says.push(
      `Its review of ${inWords(agreement.review)} is on that day too, since a review comes before the end.`,
    );
  if (decision.decision === 'end') return;
  const starts = addDays(departure.lastDay, 1);
  for (const novation of decision.into) {
    const next = novated({
      file,
      agreement,
      novation,
      starts,
      organisation: (each) => before.organisation(each as OrganisationId),
    });
    changed.set(next.path, next);
    const ways = (directionsAfter(agreement, novation) ?? []).map(
      ({ owner, recipients }) => `${owner} to ${recipients.join(', ')}`,
    );
    says.push(`${novation.id} is new from ${inWords(starts)}: ${andList(ways)}.`);
  }
}

/** An owner that winds up deposits nothing, but what it had shared may be collected a while longer. */
function lastReadOf(agreement: Matter['agreement'], { heirs, lastDay, windsUp }: Departure): IsoDate {
  const directions = directionsOf(agreement);
  // One that leaves collects nothing after its last day, so an agreement under which it collects ends with it.
  if (windsUp === undefined || !directions.some(({ owner }) => heirs.has(owner))) return lastDay;
  if (directions.some(({ recipients }) => recipients.some((each) => heirs.has(each)))) return lastDay;
  return agreement.ends < windsUp ? agreement.ends : windsUp;
}
