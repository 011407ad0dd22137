/** What is decided about one agreement when a party leaves or hands over: it ends, it is novated, or it stays. */
import { z } from 'zod';
import type { IsoDate } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at } from '../draft';
import { locate } from '../explain/fault';
import { schemaFaults } from '../explain/schema-issue';
import type { RegisterFile } from '../folder';
import { directionsOf, eachWay, isReciprocal, partiesOf } from '../parties';
import type { Register } from '../register';
import type { Agreement } from '../schema/agreement';
import { agreementId, organisationId } from '../schema/scalars';
import { YamlSource } from '../yaml-source';
import { ChangeUnsound } from './change';

/** An agreement that takes the place of another, with the parties that differ. */
const novationSchema = z.strictObject({
  id: agreementId.meta({ description: 'The id of the new agreement, never used before.' }),
  owner: organisationId.optional().meta({ description: 'The new owner; as before if not given.' }),
  reciprocal: z.array(organisationId).min(2).max(2).optional().meta({
    description: 'The two new parties of a reciprocal agreement; as before if not given.',
    expects: 'a list of 2 organisations',
  }),
  recipients: z.array(organisationId).min(1).optional().meta({
    description: 'The new recipients; as before if not given.',
  }),
});
export type Novation = z.infer<typeof novationSchema>;

const about = { agreement: agreementId.meta({ description: 'The agreement that is decided on.' }) };

const decisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({ ...about, decision: z.literal('end') }),
  z.strictObject({ ...about, decision: z.literal('keep') }),
  z.strictObject({ ...about, decision: z.literal('novate'), into: z.array(novationSchema).min(1) }),
]);
/** A decision on one agreement. */
export type Decision = z.infer<typeof decisionSchema>;

const fileSchema = z.strictObject({ decisions: z.array(decisionSchema) });

/** An agreement that a decision is needed on. */
export interface Matter {
  readonly agreement: Agreement;
  /** The parties that leave or hand over. */
  readonly parties: readonly string[];
}

/** What the question is called that asks what becomes of an agreement. */
export function becomesOf(agreement: string): string {
  return `agreement ${agreement}`;
}

/** The agreements of these organisations that go on after a day, in the order of their ids. */
export function mattersOf(register: Register, organisations: readonly string[], lastDay: IsoDate): Matter[] {
  return register.agreements.flatMap((agreement) => {
    const parties = partiesOf(agreement).filter((each) => organisations.includes(each));
    return parties.length > 0 && agreement.ends > lastDay ? [{ agreement, parties }] : [];
  });
}

/** Reads a file of decisions. @throws ChangeUnsound if it is faulty, with every fault and its line */
export function decisionsIn(file: RegisterFile): Decision[] {
  const source = new YamlSource(file.path, file.bytes);
  const fail = (diagnostics: readonly Diagnostic[]) =>
    new ChangeUnsound(`${file.path} is faulty`, diagnostics, new Map([[file.path, source.lines]]));
  if (source.diagnostics.length > 0) throw fail(source.diagnostics);
  const { faults, value } = schemaFaults(fileSchema, source.value, 'a file of decisions');
  if (value === undefined) throw fail(faults.map((fault) => locate(source, fault)));
  const twice = value.decisions.flatMap(({ agreement }, index) =>
    value.decisions.findIndex((each) => each.agreement === agreement) === index
      ? []
      : [
          at(source, ['decisions', index, 'agreement'], {
            code: 'duplicate-value',
            message: `${agreement} is decided on twice`,
            found: agreement,
            fix: 'remove one of the two decisions',
          }),
        ],
  );
  if (twice.length > 0) throw fail(twice);
  return value.decisions;
}

/** One way in which a novated agreement shares. */
interface DirectionAfter {
  readonly owner: string;
  readonly recipients: readonly string[];
}

/** The ways in which what follows an agreement shares; undefined where it names parties of the other form. */
export function directionsAfter(
  agreement: Agreement,
  { owner, recipients, reciprocal }: Pick<Novation, 'owner' | 'recipients' | 'reciprocal'>,
): readonly DirectionAfter[] | undefined {
  if (isReciprocal(agreement)) {
    if (owner !== undefined || recipients !== undefined) return undefined;
    return eachWay(reciprocal ?? partiesOf(agreement));
  }
  if (reciprocal !== undefined) return undefined;
  return directionsOf(agreement).map((each) => ({
    owner: owner ?? each.owner,
    recipients: recipients ?? each.recipients,
  }));
}

/** Who goes or hands over, and who takes its place. */
export type Heirs = ReadonlyMap<string, readonly string[]>;

/**
 * A novation to one successor, with the id that suggests itself: the old one’s, with the successor’s in place of the
 * predecessor’s at its end, or after it. In a reciprocal agreement it takes its place among those that stay. An owner that goes
 * is succeeded by it; recipients that go by it, or, where it is the owner, by their other successors. Undefined where that
 * leaves no two parties, or nothing would pass.
 * @param withOthers whether recipients that stay are recipients of the new one too
 */
export function novationTo(
  { agreement, parties }: Matter,
  successor: string,
  heirs: Heirs,
  withOthers: boolean,
): { id: string; owner?: string; recipients?: string[]; reciprocal?: string[] } | undefined {
  const isHeirOf = (party: string) =>
    parties.includes(party) && heirs.get(party)?.includes(successor) === true;
  const id = idAfter(agreement.id, parties, successor);
  if (isReciprocal(agreement)) {
    const staying = partiesOf(agreement).filter((each) => !parties.includes(each) && each !== successor);
    if (staying.length === 0 || !parties.some(isHeirOf)) return undefined;
    return { id, reciprocal: [...staying, successor] };
  }
  const [direction] = directionsOf(agreement);
  if (direction === undefined) return undefined;
  const { owner, recipients } = direction;
  if (owner === successor || (parties.includes(owner) && !isHeirOf(owner))) return undefined;
  const becomesOwner = isHeirOf(owner);
  const next = recipients.flatMap((each): string[] => {
    if (!parties.includes(each)) return withOthers || becomesOwner ? [each] : [];
    if (becomesOwner) return (heirs.get(each) ?? []).filter((heir) => heir !== successor);
    return isHeirOf(each) ? [successor] : [];
  });
  const named = [...new Set(next)];
  if (named.length === 0 || (!becomesOwner && !named.includes(successor))) return undefined;
  const isSame = named.join() === recipients.join();
  return {
    id,
    ...(becomesOwner && { owner: successor }),
    ...(!isSame && { recipients: named }),
  };
}

function idAfter(id: string, parties: readonly string[], successor: string): string {
  const ending = parties.find((each) => id.endsWith(`-${each}`));
  const stem = ending === undefined ? id : id.slice(0, -ending.length - 1);
  return `${stem}-${successor}`;
}
