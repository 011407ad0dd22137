/** Declaring that nothing is left of what was collected: one signed statement more in the register. */
import { DISPOSAL_TYPE, type DisposalStatement, STATEMENT_TYPE } from '../../wire/approval';
import { andList } from '../../words';
import { termsDigest } from '../agreement-terms';
import { type IsoDate, inWords } from '../calendar';
import { type Duty, dutiesOf, holdOn } from '../disposals/duties';
import { holdersOf, recipientsOf } from '../disposals/passing-on';
import type { RegisterFile } from '../folder';
import { directionsOf } from '../parties';
import type { Register } from '../register';
import type { Agreement } from '../schema/agreement';
import type { Approver } from '../schema/organisation';
import { type Change, ChangeRefused, checkedChange, soundRegister } from './change';
import { approverOf, nobody, type Signer, signedFile } from './sign';

/** What is to be declared. */
export interface Disposing {
  readonly agreement: string;
  readonly organisation: string;
  /** How the copies were disposed of, and what shows it; as the agreement says if not given. */
  readonly method: string | undefined;
}

/**
 * Signs, and puts the envelope into the register. The day of signing is the day that is judged for.
 * @throws ChangeRefused if the organisation has nothing to dispose of, the agreement has not ended, a legal hold forbids it, it
 * was declared already, or no approver has that key for the day
 * @throws ChangeUnsound if the register is faulty, or would be, which a signature by another key comes to
 */
export async function disposing(
  files: readonly RegisterFile[],
  wanted: Disposing,
  signer: Signer,
  asOf: IsoDate,
): Promise<Change> {
  const before = soundRegister(files, asOf, 'the register is faulty');
  const { agreement: id, organisation: party } = wanted;
  const organisation = before.organisations.find((each) => each.id === party);
  const agreement = before.agreements.find((each) => each.id === id);
  if (agreement === undefined || organisation === undefined)
    throw new RangeError(`there is no agreement ${id} or no organisation ${party}`);
  const duty = dutiesOf(before).find((each) => each.agreement === agreement && each.organisation === party);
  const approver = approverOf(organisation, signer, asOf);
  const settle = [
    ...(duty === undefined ? [noDuty(before, agreement, party)] : refusals(duty, asOf)),
    ...(approver === undefined ? [nobody(organisation, signer, asOf)] : []),
  ];
  if (settle.length > 0 || duty === undefined || approver === undefined)
    throw new ChangeRefused(`nothing was declared of ${id}`, settle);
  const method = wanted.method ?? agreement.retention.disposal;
  const statement = statementOf(duty, approver, {
    terms: termsDigest(agreement, before.contracts),
    on: asOf,
    method,
  });
  const file = await signedFile(statement, approver, signer);
  const change = checkedChange(files, before, new Map([[file.path, file]]), [], asOf);
  return {
    ...change,
    says: [
      `The ${approver.role} of ${party} declares that no copy is left of what it collected under ${andList(duty.of)} until ${inWords(duty.collectedUntil)}.`,
      `For the file: npx concordat agreement certificate ${id} --of ${party}.`,
    ],
  };
}

/** Why an organisation has no duty under an agreement. */
function noDuty(register: Register, agreement: Agreement, party: string): string {
  const { id } = agreement;
  const directions = directionsOf(agreement);
  const collector = recipientsOf(agreement).find((each) => each === party);
  if (collector !== undefined) {
    const heirs = holdersOf(register, agreement, collector).filter((each) => each.agreement !== agreement);
    const commands = heirs.map(
      (heir) => `npx concordat dispose ${heir.agreement.id} --as ${heir.organisation}`,
    );
    return heirs.length === 0
      ? `nothing was ever shared under ${id}: its parties have not approved it`
      : `${id} passed into ${andList([...new Set(heirs.map((heir) => heir.agreement.id))])}, and what ${party} collected is declared with that: ${andList(commands)}`;
  }
  return directions.some(({ owner }) => owner === party)
    ? `${party} has collected nothing under ${id}: what it shared itself is in its bucket, and its own to keep or delete`
    : `${party} is no party to ${id}`;
}

function refusals(duty: Duty, asOf: IsoDate): string[] {
  const { agreement, collectedUntil, declared } = duty;
  const hold = holdOn(duty, asOf);
  return [
    ...(asOf <= collectedUntil
      ? [
          `${agreement.id} can be collected under until ${inWords(collectedUntil)}: declare on a later day, or end it first (npx concordat agreement end ${agreement.id})`,
        ]
      : []),
    ...(declared !== undefined
      ? [`${duty.organisation} has declared it on ${inWords(declared.on)} (${declared.sha256.slice(0, 12)})`]
      : []),
    ...(hold !== undefined
      ? [
          `a legal hold since ${inWords(hold.from)}, asked for by ${hold.by}, forbids it${hold.until === undefined ? '' : ` until ${inWords(hold.until)}`}: ${hold.reason}`,
        ]
      : []),
  ];
}

function statementOf(
  { agreement, organisation, of, collectedUntil }: Duty,
  { post, role }: Approver,
  { terms, on, method }: { readonly terms: string; readonly on: IsoDate; readonly method: string },
): DisposalStatement {
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: agreement.id, digest: { sha256: terms } }],
    predicateType: DISPOSAL_TYPE,
    predicate: { organisation, post, role, on, agreements: [...of], collectedUntil, method },
  };
}
