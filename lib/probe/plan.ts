/** The plan of a probe: every call, in order, before any is made. It is a function of the sandbox and the list alone. */
import {
  type Assumption,
  AWS_ASSUMPTIONS,
  type ProbeCall,
  type ProbeSide,
  type ProbeStack,
  type ProbeStep,
} from '../policy';
import type { HouseCall, ProbeBucket } from './calls';
import type { Sandbox } from './sandbox';
import { BUCKETS, OF_ORGANISATIONS, REMOVED } from './templates/templates';

/** The test of one assumption. */
export interface ProbeTest {
  readonly assumption: Assumption;
  readonly steps: readonly ProbeStep[];
}

/** What removes a stack: its bucket is emptied first. */
interface Removal {
  readonly stack: ProbeStack;
  readonly bucket: ProbeBucket | undefined;
}

/** What a probe will do. */
export interface ProbePlan {
  readonly sandbox: Sandbox;
  /** Asked before anything is made. */
  readonly first: readonly HouseCall[];
  /** Made before the tests, since most of them need both. */
  readonly setUp: readonly ProbeCall[];
  /** In the order in which their steps begin. */
  readonly tests: readonly ProbeTest[];
  /** Of a whole AWS organisation, which was not given. */
  readonly notAsked: readonly Assumption[];
  readonly byHand: readonly Assumption[];
  readonly takeDown: readonly Removal[];
}

/** Two accounts. */
const SIDES: readonly ProbeSide[] = ['owner', 'recipient'];

export function probePlan(sandbox: Sandbox, assumptions: readonly Assumption[] = AWS_ASSUMPTIONS): ProbePlan {
  const inOrganisation = sandbox.organisation !== undefined;
  const tests: ProbeTest[] = [];
  const notAsked: Assumption[] = [];
  const byHand: Assumption[] = [];
  for (const assumption of assumptions) {
    const { test } = assumption;
    if (test.by === 'hand') byHand.push(assumption);
    else if (test.needsOrganisation && !inOrganisation) notAsked.push(assumption);
    else tests.push({ assumption, steps: test.steps });
  }
  return {
    sandbox,
    first: [
      ...SIDES.map((side) => ({ call: 'identify', side }) as const),
      ...SIDES.map((side) => ({ call: 'find-stacks', side }) as const),
    ],
    setUp: [
      { call: 'make-stack', stack: 'recipient' },
      { call: 'make-stack', stack: 'owner' },
    ],
    tests: tests.sort((a, b) => placeOf(a) - placeOf(b)),
    notAsked,
    byHand,
    takeDown: REMOVED.filter((stack) => inOrganisation || !OF_ORGANISATIONS.includes(stack)).map((stack) => ({
      stack,
      bucket: BUCKETS[stack],
    })),
  };
}

/** Trails first, so that they record what follows; what closes the access point last, so that it stands in no other’s way. */
function placeOf({ steps }: ProbeTest): number {
  if (steps.some(({ call }) => call.call === 'set-access-point')) return 2;
  return steps.some(({ call }) => call.call === 'make-stack' && call.stack.endsWith('-trail')) ? 0 : 1;
}

/**
 * The steps of all tests in the order in which they are made, each with its test. CloudTrail takes minutes: each test does
 * what is to be recorded first, and all of them look for their records at the end.
 */
export function inOrder(
  tests: readonly ProbeTest[],
): { readonly test: ProbeTest; readonly step: ProbeStep }[] {
  const parts = tests.map((test) => {
    const wait = test.steps.findIndex(({ call }) => call.call === 'find-record');
    const at = wait === -1 ? test.steps.length : wait;
    return { test, now: test.steps.slice(0, at), later: test.steps.slice(at) };
  });
  return [
    ...parts.flatMap(({ test, now }) => now.map((step) => ({ test, step }))),
    ...parts.flatMap(({ test, later }) => later.map((step) => ({ test, step }))),
  ];
}
