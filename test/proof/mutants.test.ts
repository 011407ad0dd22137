/**
 * A few mutants of the sample’s policies, drawn by a seed. Each is found by the proof, or shown by the engine to make no
 * difference to what the proof asks. `npm run mutate` does so with all of them.
 */

import { mutate } from '../mutation/mutate';
import { synthesised } from '../stacks/sample-assembly';

const SEED = '20261122';
const COUNT = 40;

test(`of ${COUNT} mutants drawn with the seed ${SEED}, none survives, and the proof of everything agrees`, async () => {
  let report = '';
  const terminal = {
    out: (text: string) => {
      report += text;
    },
    err: () => undefined,
  };
  const { folder } = synthesised();
  const words = [
    '--assembly',
    folder,
    '--draw',
    String(COUNT),
    '--seed',
    SEED,
    '--full-agrees',
    '1',
    '--jobs',
    '1',
    '--json',
  ];
  expect(await mutate(words, terminal)).toBe(0);
  const { killed, equivalent } = JSON.parse(report) as { killed: number; equivalent: number };
  expect(killed).toBeGreaterThan(equivalent);
});
