/**
 * What holds every account: policies of AWS Organizations, and the roles that a baseline gives each account. What is proven of
 * access rests on neither. So a guardrail counts as wider unless its statements deny at least as much as before, and a role of a
 * baseline unless its policies allow at most as much.
 */
import { type AssemblyStack, baselinesIn, type TemplateResource } from '../assembly';
import { byName, type Change, changesOf } from './change';
import { isNarrower } from './narrower';
import type { Side } from './side';
import { isNarrowerResource, restrains } from './taking-away';

/** A policy of AWS Organizations. */
export interface Guardrail {
  readonly name: string;
  /** The template that it is in. */
  readonly file: string;
  /** The units that it is attached to. */
  readonly units: readonly string[];
  /** Each statement as JSON; of a policy without statements, its content as one. */
  readonly statements: readonly string[];
}

/** A role, or a policy of one, that a StackSet makes in every account of its units. */
export interface BaselineRole {
  readonly name: string;
  /** The template whose StackSet makes it. */
  readonly file: string;
  readonly units: readonly string[];
  /** All but its metadata, as JSON. */
  readonly made: string;
}

/** The policies that come, go or change. @throws AssemblyError if two have one name */
export function guardrailChanges(before: Side, after: Side): Change<Guardrail>[] {
  const read = ({ source }: Side) => byName(source.stacks.flatMap(guardrailsOf), ({ name }) => name);
  return changesOf(read(before), read(after));
}

/** The roles of baselines that come, go or change. @throws AssemblyError if a template in a StackSet is not JSON */
export function baselineChanges(before: Side, after: Side): Change<BaselineRole>[] {
  const read = ({ source }: Side) => byName(source.stacks.flatMap(baselineRolesOf), ({ name }) => name);
  return changesOf(read(before), read(after));
}

/** What a change of a guardrail comes to. */
export interface GuardrailEffect {
  /** Units that it no longer holds, and units that it now holds too. */
  readonly freed: readonly string[];
  readonly reached: readonly string[];
  /** Whether it may deny less where it stays: a statement is gone, or has another in its place that denies less. */
  readonly loses: boolean;
  /** What it no longer denies, or no longer denies to some, widens. */
  readonly widens: boolean;
}

/** What a change of a guardrail comes to. One that is new, or was attached to nothing, can only take away. */
export function guardrailEffect({ before, after }: Change<Guardrail>): GuardrailEffect {
  const was: Pick<Guardrail, 'units' | 'statements'> = before ?? { units: [], statements: [] };
  const is: Pick<Guardrail, 'units' | 'statements'> = after ?? { units: [], statements: [] };
  const freed = was.units.filter((unit) => !is.units.includes(unit));
  const reached = is.units.filter((unit) => !was.units.includes(unit));
  const [old, now] = [was, is].map(({ statements }) => statements.map((each) => JSON.parse(each) as unknown));
  const loses = !isNarrower(old ?? [], now ?? []);
  const held = was.units.length > 0;
  return { freed, reached, loses, widens: freed.length > 0 || (held && loses) };
}

/** The statements that one side has and the other has not, by their Sids; of one without, by its text. */
export function otherStatements({ before, after }: Change<Pick<Guardrail, 'statements'>>): string[] {
  const [was, is] = [before?.statements ?? [], after?.statements ?? []];
  const other = [...was.filter((each) => !is.includes(each)), ...is.filter((each) => !was.includes(each))];
  return [...new Set(other.map(sidOf))];
}

/** The same of the policies of a role. */
export function otherStatementsOfRole({ before, after }: Change<BaselineRole>): string[] {
  const of = (role: BaselineRole | undefined) =>
    role && { statements: statementsIn(JSON.parse(role.made)).map((each) => JSON.stringify(each)) };
  const [was, is] = [of(before), of(after)];
  return otherStatements({ ...(was && { before: was }), ...(is && { after: is }) });
}

function sidOf(statement: string): string {
  const { Sid } = JSON.parse(statement) as { readonly Sid?: unknown };
  return typeof Sid === 'string' && Sid !== '' ? Sid : statement;
}

/** Every statement below a value, wherever in it policies stand. */
function statementsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(statementsIn);
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'Statement' ? [each].flat() : statementsIn(each),
  );
}

/** Whether a role of a baseline may do more, or is in more accounts; or goes, and held others back. */
export function widensBaseline({ before, after }: Change<BaselineRole>): boolean {
  const [was, is] = [before, after].map((each) => each && (JSON.parse(each.made) as TemplateResource));
  if (after === undefined || before === undefined) return after !== undefined || restrains(was);
  return !isNarrowerResource(was, is) || after.units.some((unit) => !before.units.includes(unit));
}

function guardrailsOf({ resources, file }: AssemblyStack): Guardrail[] {
  return Object.values(resources).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Organizations::Policy') return [];
    const { Statement = [Properties.Content] } = (Properties.Content ?? {}) as { Statement?: unknown };
    return [
      {
        name: String(Properties.Name),
        file,
        units: unitsIn(Properties.TargetIds),
        statements: [Statement].flat().map((each) => JSON.stringify(each)),
      },
    ];
  });
}

function baselineRolesOf(stack: AssemblyStack): BaselineRole[] {
  return baselinesIn([stack]).flatMap(({ name, resources, units }) =>
    Object.entries(resources).flatMap(([logicalId, { Metadata: _, ...made }]) =>
      made.Type.startsWith('AWS::IAM::')
        ? [{ name: `${name}/${logicalId}`, file: stack.file, units, made: JSON.stringify(made) }]
        : [],
    ),
  );
}

function unitsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
