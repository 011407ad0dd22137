/** What the engine’s table says of registers after a rollout: also of the stacks that the plan leaves as they are. */
import { rolloutDefinition } from '../../../lib/constructs/rollout/machine';
import { USUAL_TEMPO } from '../../../lib/rollout/forecast';
import { USUAL_CAUTION } from '../../../lib/rollout/waves';
import { parseRolloutRow } from '../../../lib/wire';
import { fleetOf } from '../fleets';
import { SimulatedClock } from '../simulated-clock';
import { EngineWorld, sideText } from './accounts';
import { Interpreter } from './interpreter';

const DEFINITION = rolloutDefinition({
  functionArn: 'arn:aws:lambda:eu-west-2:100000000003:function:concordat-rollout-step',
  bucket: 'concordat-rollout-100000000003-eu-west-2-an',
  table: 'concordat-rollout',
  approval: 'where-access-widens',
});
const NEWER = 'd'.repeat(64);
const [SAME, FRESH, OTHERWISE, STUCK] = [
  'Organisation-same',
  'Organisation-fresh',
  'Organisation-otherwise',
  'Organisation-stuck',
];
const line = { standing: 'through', runs: 'after', found: 'no', why: '[]', plan: 'a'.repeat(64), before: '' };

it('has the register and the template of each stack, and of what the plan leaves as it is the later register', async () => {
  const clock = new SimulatedClock();
  const world = new EngineWorld(fleetOf(3), clock, {
    caution: USUAL_CAUTION,
    tempo: USUAL_TEMPO,
    unchanged: [SAME, FRESH, OTHERWISE, STUCK],
  });
  // One ran the same template by the earlier register; one another; of one nobody knows what it runs.
  world.table.set(SAME, { ...line, after: sideText(SAME, 'after').replace(NEWER, 'c'.repeat(64)) });
  world.table.set(OTHERWISE, { ...line, after: sideText(OTHERWISE, 'before') });
  world.table.set(STUCK, { ...line, standing: 'stuck', runs: 'unknown', after: sideText(STUCK, 'after') });
  const { ended } = new Interpreter(DEFINITION, clock, world.services(), (bucket, key, version) =>
    world.items(bucket, key, version),
  ).start({ order: world.order });
  expect(await clock.until(ended)).toMatchObject({ status: 'SUCCEEDED' });

  const rows = [...world.table].map(([stack, item]) =>
    parseRolloutRow({ ...item, stack, account: '100000000000', order: world.order, at: 'now' }),
  );
  const registerOf = (name: string) => {
    const row = rows.find(({ stack }) => stack === name);
    return row?.runs === 'after' ? row.after?.register : row?.runs;
  };
  expect(['O0', 'O1', 'O2', 'Zone', SAME, FRESH].map(registerOf)).toEqual(Array(6).fill(NEWER));
  expect([OTHERWISE, STUCK].map(registerOf)).toEqual(['c'.repeat(64), 'unknown']);
  expect(rows.find(({ stack }) => stack === 'O1')?.after?.template).toBe(
    JSON.parse(sideText('O1', 'after')).template,
  );
});
