/** A contract of one column, and what stands for the engine: what a file comes to is written in it. */

import type { Engine } from '../../../lambda/release-gate/ports';
import { CheckpointError } from '../../../lib/contracts';
import { sealFault } from '../../../lib/contracts/sealed/age-form';
import { type ContractOutcome, type ContractPlan, contractPlanText } from '../../../lib/wire/contracts';

const DIGEST = 'c'.repeat(64);
const REQUIRED = '/schema/0/properties/0/required';

export const PLAN: ContractPlan = {
  form: 'concordat-contract-plan/v1',
  contract: { id: 'benefit-awards-extract', version: '1.0.0', digest: DIGEST },
  object: 'awards',
  csv: { columnOrder: 'free' },
  columns: [
    {
      name: 'award',
      at: '/schema/0/properties/0',
      required: { rule: REQUIRED },
      type: { kind: 'text', rule: '/schema/0/properties/0/logicalType' },
    },
  ],
  unique: [],
  comparisons: [],
  references: [],
  metrics: [],
  recipients: [],
};
export const PLAN_TEXT = contractPlanText(PLAN);

/** What a contract comes to. */
export function outcomeOf(word: 'good' | 'bad' | 'warn', bytes: number): ContractOutcome {
  const broken = {
    rule: REQUIRED,
    severity: word === 'bad' ? ('error' as const) : ('warning' as const),
    count: 2,
    places: [{ row: 1, column: 'award', line: 2, byte: 6 }],
  };
  return {
    contract: PLAN.contract,
    form: 'csv',
    result: word === 'bad' ? 'failed' : 'passed',
    complete: true,
    rows: 2,
    bytes,
    passed: word === 'good' ? [REQUIRED] : [],
    broken: word === 'good' ? [] : [broken],
    unasked: [],
    recipients: [],
  };
}

/** How often a check of a file pauses that says `slow`. */
const PAUSES = 3;

/**
 * Reads the whole file, then acts on its words: `bad`, `warn` or `good`; `slow` pauses three times before; `locked` is locked.
 * A checkpoint is of one file: it holds a part of its content, which the real one may not.
 */
export const ENGINE: Engine = {
  formOf: (mediaType) => (mediaType === 'text/csv' ? 'csv' : undefined),
  lockedAs: async (file) =>
    Buffer.from(await file.slice(0, file.bytes))
      .toString()
      .includes('locked')
      ? 'zip'
      : undefined,
  sealFault,
  canPause: () => true,
  async check(_plan, _format, source, { from, pauseWhen }) {
    const pieces: Uint8Array[] = [];
    for await (const piece of source.read(0)) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    const [of, round] = from === undefined ? [text, '0'] : from.split('#');
    if (of !== text) throw new CheckpointError('it is of another file');
    const paused = Number(round) + 1;
    if (text.includes('slow') && paused <= PAUSES && pauseWhen)
      return { kind: 'paused', checkpoint: `${text}#${paused}` };
    const word = (['bad', 'warn'] as const).find((each) => text.includes(each)) ?? 'good';
    return { kind: 'done', outcome: outcomeOf(word, text.length) };
  },
};
