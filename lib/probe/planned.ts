/** Every call of a plan in the order in which it is made, with its account and what it asks of AWS: what a dry run prints. */
import { callWords, type ProbeCall, type ProbeOutcome, type ProbeSide } from '../policy';
import { askedBy, type HouseCall, type Operation } from './calls';
import { inOrder, type ProbePlan } from './plan';

/** One call of a probe, before it is made. */
export interface PlannedCall {
  readonly part: 'before' | 'set-up' | 'test' | 'take-down';
  /** The handle of the assumption that it tests. */
  readonly assumption?: string;
  readonly side: ProbeSide;
  readonly account: string;
  readonly words: string;
  readonly call: ProbeCall | HouseCall;
  readonly operations: readonly Operation[];
  readonly expect?: ProbeOutcome;
  /** For how many seconds it is asked again. */
  readonly within?: number;
  /** Whether the assumption is refuted where it comes to something else. */
  readonly decides?: boolean;
}

export function plannedCalls(plan: ProbePlan): PlannedCall[] {
  const { sandbox, first, setUp, tests, takeDown } = plan;
  const planned = (
    part: PlannedCall['part'],
    call: ProbeCall | HouseCall,
    more: Partial<Pick<PlannedCall, 'assumption' | 'expect' | 'within' | 'decides'>> = {},
  ): PlannedCall => {
    const { side, operations } = askedBy(call, sandbox);
    const words = isHouseCall(call) ? houseWords(call) : callWords(call);
    return { part, ...more, side, account: sandbox.accounts[side], words, call, operations };
  };
  return [
    ...first.map((call) => planned('before', call)),
    ...setUp.map((call) => planned('set-up', call)),
    ...inOrder(tests).map(({ test, step: { call, expect, within, decides } }) =>
      planned('test', call, {
        assumption: test.assumption.id,
        expect,
        ...(within !== undefined && { within }),
        ...(decides && { decides }),
      }),
    ),
    ...first.filter(({ call }) => call === 'find-stacks').map((call) => planned('take-down', call)),
    ...takeDown.flatMap(({ stack, bucket }) => [
      ...(bucket === undefined ? [] : [planned('take-down', { call: 'empty-bucket', bucket })]),
      planned('take-down', { call: 'remove-stack', stack }),
    ]),
  ];
}

function isHouseCall(call: ProbeCall | HouseCall): call is HouseCall {
  return call.call === 'identify' || call.call === 'find-stacks' || call.call === 'empty-bucket';
}

function houseWords(call: HouseCall): string {
  switch (call.call) {
    case 'identify':
      return `ask whose account the ${call.side}’s profile belongs to`;
    case 'find-stacks':
      return `look for stacks of a probe in the ${call.side}’s account`;
    case 'empty-bucket':
      return `delete everything in the bucket ${call.bucket}`;
  }
}
