/** What each account runs, held against what the rollouts wrote down. Facts; `words.ts` says them. */
import type { RolloutRow, RunsOf } from '../../wire';
import { type ChangedBy, changedBy } from './drift';
import type { DriftedResource, SeenAccount, SeenStack } from './seen';

/** One thing to look at. */
export type StatusFinding =
  /** It runs another register than the newest. */
  | { readonly kind: 'behind' }
  /** It runs another template than the table says: somebody deployed past the rollouts. `known`: that of the plan’s other side. */
  | { readonly kind: 'by-hand'; readonly known?: RunsOf }
  /** Its line is of an engine that did not write down what it runs. */
  | { readonly kind: 'unsaid' }
  /** The register has its account no more, and the stack is still there. */
  | { readonly kind: 'left-over' }
  /** The register has its account no more, and the stack is gone too, or its account cannot be asked. */
  | { readonly kind: 'let-go' }
  /** Its organisation has left for good: rollouts leave it out. */
  | { readonly kind: 'left' }
  /** No rollout has written of it. */
  | { readonly kind: 'no-line' }
  /** The table has it, and the account has not. */
  | { readonly kind: 'not-there' }
  /** CloudFormation could not change it, or not put it back. */
  | { readonly kind: 'failed'; readonly status: string }
  | { readonly kind: 'under-way'; readonly status: string }
  /** The rollout left it so. */
  | {
      readonly kind: 'rollout';
      readonly standing: 'begun' | 'failed' | 'stuck';
      readonly why: readonly string[];
    }
  | { readonly kind: 'unprotected' }
  | { readonly kind: 'drift'; readonly resource: DriftedResource; readonly by: ChangedBy }
  | { readonly kind: 'drift-not-seen'; readonly why: string };

/** One stack. */
export interface StackStatus {
  readonly stack: string;
  /** What it runs; absent where neither side of the last plan is what it runs. */
  readonly runs?: RunsOf;
  readonly status?: string;
  readonly isProtected?: boolean;
  /** When CloudFormation looked for drift last. */
  readonly driftAt?: string;
  readonly findings: readonly StatusFinding[];
}

/** One account. */
export interface AccountStatus {
  readonly account: string;
  readonly stacks: readonly StackStatus[];
  /** The alarms that go off, but for the next. */
  readonly alarms: readonly string[];
  /** Whether a share has waited for its grant for an hour. */
  readonly grantsPending: boolean;
  /** Whether the register has it. Of one that it has no more, nobody has to be able to ask. */
  readonly isDeclared: boolean;
  /** The last day of its organisation, where that has left for good: its account may be closed. */
  readonly left?: string;
  /** Why it could not be asked: nothing of its stacks is known but what the table says. */
  readonly trouble?: string;
}

/** The whole fleet. */
export interface FleetStatus {
  /** What the last rollout brought, or left; absent where none has written anything. */
  readonly newest?: Pick<RunsOf, 'register' | 'asOf' | 'program'>;
  readonly accounts: readonly AccountStatus[];
}

const PENDING = 'concordat-grants-pending';
const IS_FAILED = /_FAILED$|^ROLLBACK_COMPLETE$/;
const NOT_COUNTED: ReadonlySet<ChangedBy> = new Set(['AWS', 'grant broker']);

/**
 * What the fleet stands at.
 * @param seen what each account said, or why it could not be asked
 * @param declared the accounts that the register has
 * @param left of those of organisations that have left for good, their last day
 */
export function fleetStatus(
  rows: readonly RolloutRow[],
  seen: ReadonlyMap<string, SeenAccount | Error>,
  declared: ReadonlySet<string>,
  left: ReadonlyMap<string, string> = new Map(),
): FleetStatus {
  const newest = newestOf(rows);
  const accounts = [...new Set([...rows.map(({ account }) => account), ...seen.keys()])].sort();
  return {
    ...(newest && {
      newest: {
        register: newest.register,
        asOf: newest.asOf,
        ...(newest.program && { program: newest.program }),
      },
    }),
    accounts: accounts.map((account) =>
      ofAccount(
        account,
        rows.filter((row) => row.account === account),
        seen.get(account),
        newest,
        { isDeclared: declared.has(account), left: left.get(account) },
      ),
    ),
  };
}

/** Whether a finding is one to look at, and not only to know. */
export function counts(finding: StatusFinding): boolean {
  if (finding.kind === 'under-way' || finding.kind === 'let-go' || finding.kind === 'left') return false;
  return !(finding.kind === 'drift' && NOT_COUNTED.has(finding.by));
}

/** Whether there is nothing to look at. */
export function isClean({ accounts }: FleetStatus): boolean {
  return accounts.every(
    ({ stacks, alarms, grantsPending, trouble, isDeclared, left }) =>
      (trouble === undefined || !isDeclared || left !== undefined) &&
      !grantsPending &&
      alarms.length === 0 &&
      stacks.every(({ findings }) => !findings.some(counts)),
  );
}

/** What the rollout that wrote last was to bring, if anything runs it by that; else what it left. */
function newestOf(rows: readonly RolloutRow[]): RunsOf | undefined {
  const changed = rows.filter(({ standing }) => standing !== 'unchanged');
  const counted = changed.length > 0 ? changed : [...rows];
  const [last] = counted.sort((a, b) => (a.at < b.at ? 1 : -1));
  if (last?.after === undefined) return last?.before;
  const { register } = last.after;
  const isBrought = counted.some(
    (row) => row.runs === 'after' && row.after?.register === register && row.standing !== 'back',
  );
  return isBrought ? last.after : (last.before ?? last.after);
}

function ofAccount(
  account: string,
  rows: readonly RolloutRow[],
  seen: SeenAccount | Error | undefined,
  newest: RunsOf | undefined,
  { isDeclared, left }: { readonly isDeclared: boolean; readonly left: string | undefined },
): AccountStatus {
  const isSeen = seen !== undefined && !(seen instanceof Error);
  const found = new Map(isSeen ? seen.stacks.map((each) => [each.stack, each]) : []);
  const names = [...new Set([...rows.map(({ stack }) => stack), ...found.keys()])].sort();
  const alarms = isSeen ? seen.alarms : [];
  return {
    account,
    isDeclared,
    ...(left !== undefined && { left }),
    stacks: names.map((stack) => {
      const row = rows.find((each) => each.stack === stack);
      const is = ofStack(stack, row, isSeen ? { now: found.get(stack) } : undefined, newest);
      // What is to be of it, no rollout says any more.
      if (!isDeclared) return { ...is, findings: [{ kind: found.has(stack) ? 'left-over' : 'let-go' }] };
      return left === undefined ? is : ofLeft(is, left);
    }),
    alarms: alarms.filter((each) => each !== PENDING),
    grantsPending: alarms.includes(PENDING),
    ...(seen instanceof Error && { trouble: `${seen.name}: ${seen.message}` }),
  };
}

/** What rollouts no longer do, and so say nothing of. */
const NO_MORE: ReadonlySet<StatusFinding['kind']> = new Set(['behind', 'rollout', 'not-there']);

/**
 * A stack of an organisation that has left for good. While it is there and runs what was made before its last day was over, it has
 * still to be deployed: until then its roles keep their permissions.
 */
function ofLeft(is: StackStatus, lastDay: string): StackStatus {
  const isThere = is.status !== undefined;
  if (isThere && (is.runs === undefined || is.runs.asOf <= lastDay)) return is;
  return {
    ...is,
    findings: [{ kind: 'left' }, ...is.findings.filter(({ kind }) => !NO_MORE.has(kind))],
  };
}

function ofStack(
  stack: string,
  row: RolloutRow | undefined,
  seen: { readonly now: SeenStack | undefined } | undefined,
  newest: RunsOf | undefined,
): StackStatus {
  const side = row && (row.runs === 'before' || row.runs === 'after') ? row[row.runs] : undefined;
  const now = seen?.now;
  const sides = [row?.after, row?.before].flatMap((each) => each ?? []);
  const known = now && sides.find(({ template }) => template === now.template);
  // What the account says counts; the table only where it was not asked.
  const runs = seen === undefined ? side : ((side?.template === now?.template ? side : undefined) ?? known);
  const isOfNewest =
    newest === undefined ||
    runs === undefined ||
    sides.some(({ register, template }) => register === newest.register && template === runs.template);
  const findings: StatusFinding[] = [
    ...(row === undefined ? [{ kind: 'no-line' as const }] : rolloutFindings(row)),
    ...(seen !== undefined && now === undefined && side !== undefined
      ? [{ kind: 'not-there' as const }]
      : []),
    ...(row && now ? pastTheTable(row, side, sides, now, known) : []),
    ...(isOfNewest ? [] : [{ kind: 'behind' as const }]),
    ...(now === undefined ? [] : stackFindings(now)),
  ];
  return {
    stack,
    ...(runs && { runs }),
    ...(now && { status: now.status, isProtected: now.isProtected }),
    ...(now?.drift && { driftAt: now.drift.at }),
    findings,
  };
}

/** Whether a stack runs what its line does not say. Of one that a rollout is at, or left aside, either side may be there. */
function pastTheTable(
  row: RolloutRow,
  side: RunsOf | undefined,
  sides: readonly RunsOf[],
  now: SeenStack,
  known: RunsOf | undefined,
): StatusFinding[] {
  if (sides.length === 0) return [{ kind: 'unsaid' }];
  if (side?.template === now.template) return [];
  const isAtIt = row.standing === 'begun' || row.standing === 'stuck';
  if (isAtIt && (known !== undefined || side === undefined)) return [];
  return [{ kind: 'by-hand', ...(known && { known }) }];
}

function rolloutFindings({ standing, why }: RolloutRow): StatusFinding[] {
  return standing === 'begun' || standing === 'failed' || standing === 'stuck'
    ? [{ kind: 'rollout', standing, why }]
    : [];
}

function stackFindings({ status, isProtected, drift }: SeenStack): StatusFinding[] {
  return [
    ...(IS_FAILED.test(status) ? [{ kind: 'failed' as const, status }] : []),
    ...(status.endsWith('_IN_PROGRESS') ? [{ kind: 'under-way' as const, status }] : []),
    ...(isProtected ? [] : [{ kind: 'unprotected' as const }]),
    ...(drift?.resources ?? []).map((resource) => ({
      kind: 'drift' as const,
      resource,
      by: changedBy(resource),
    })),
    ...(drift?.trouble === undefined ? [] : [{ kind: 'drift-not-seen' as const, why: drift.trouble }]),
  ];
}
