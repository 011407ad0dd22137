/**
 * A drill: the Region is away for a day. Nothing is asked of AWS and nothing runs; events are lost, log files come a day late, more
 * than once and in another order. Gate, broker, audit and sealer as they are, each with AWS in memory.
 */
import { GATE_TAG } from '../../lib/names';
import { drilled } from '../drilled';
import { collect, deposit, gatePage, verdict } from '../transfers/trail-records';
import { HOUR as BROKER_HOUR, World as BrokerWorld, listOf, NOW, share } from './key-grants/world';
import { verified } from './ledger-seal/verified';
import { keyFrom, World as LedgerWorld, publicKeyOf } from './ledger-seal/world';
import { World as GateWorld, HOUR } from './release-gate/world';
import { ChainOfDigests } from './transfer-audit/chain-of-digests';
import { World as AuditWorld, logFile, logKey } from './transfer-audit/world';

const DAY = 24 * HOUR;

/** Hours after the Region is back, until each was done. */
const took: number[] = [];

it('the gate decides once on all that was deposited before, whether its event was lost, late or comes twice', async () => {
  const world = new GateWorld();
  const at = (n: number) => `agreements/benefit-awards/${n}.csv`;
  const decided = world.deposit(at(1), 'good');
  world.scan(decided, 'NO_THREATS_FOUND');
  await world.deliver([world.verdict(decided, 'NO_THREATS_FOUND')]);
  const before = [...world.reports.keys()];
  const [waits, lost, unscanned, broken] = [
    world.deposit(at(2), 'good'),
    world.deposit(at(3), 'good'),
    world.deposit(at(4), 'good'),
    world.deposit(at(5), 'bad'),
  ];
  for (const each of [waits, lost, broken]) world.scan(each, 'NO_THREATS_FOUND');
  const message = world.verdict(waits, 'NO_THREATS_FOUND');

  world.time += DAY;
  // The queue has kept one event, and delivers it twice. Of the others nobody tells.
  await world.deliver([message]);
  await world.deliver([message]);
  world.scan(unscanned, 'NO_THREATS_FOUND');
  let hours = 0;
  const open = () => world.versions.some(({ tags }) => !tags.has(GATE_TAG));
  for (; open() && hours < 16; hours++) {
    world.time += HOUR;
    await world.sweep();
    await world.step();
  }
  took.push(hours);
  const tags = [decided, waits, lost, unscanned, broken].map(({ tags: each }) => each.get(GATE_TAG));
  expect(tags).toEqual(['released', 'released', 'released', 'released', 'rejected']);
  for (const each of world.versions)
    expect(world.reportsOn(each).filter((key) => key.includes('/decided/'))).toHaveLength(1);
  expect(before.every((each) => world.reports.has(each))).toBe(true);
  expect(world.faults).toEqual([]);
});

it('the broker ends what ended on that day and makes what began, in its first run', async () => {
  const world = new BrokerWorld();
  const [stays, ends, begins] = [
    share(1),
    share(2, { until: NOW + 10 * BROKER_HOUR }),
    share(3, { from: NOW + 12 * BROKER_HOUR }),
  ];
  world.prepare(stays, ends, begins);
  await world.run(listOf(stays, ends, begins));
  world.time += DAY;
  await world.run(listOf(stays, ends, begins));
  expect(world.kms.truth().map(({ Name }) => Name)).toEqual([stays.share, begins.share]);
});

it('audit and sealer tell of each thing once, though log files come a day late, twice and the last first', async () => {
  const audit = new AuditWorld();
  audit.steady = false;
  const minutes = (n: number) =>
    new Date(Date.parse('2026-10-01T12:00:00Z') + n * 60_000).toISOString().slice(0, 19);
  const time = (n: number) => `${minutes(n)}Z`;
  const key = (n: number) => `agreements/benefit-awards/${n}.csv`;
  const on = (object: number, id: string, minute: number) => ({
    ...{ key: key(object), version: `version-${object}` },
    ...{ id: `${id}-${object}`, time: time(minute) },
  });
  const life = (object: number) => [
    deposit(on(object, 'deposit', 0)),
    verdict('NO_THREATS_FOUND', on(object, 'verdict', 1)),
    gatePage('released', on(object, 'release', 2)),
  ];
  // Three days to collect; the Region goes in the last minute that the recipients have, and one collects in that minute.
  const deadline = Date.parse(time(3 * 24 * 60));
  const lastMinute = collect({ ...on(1, 'collect', 3 * 24 * 60 - 1), shared: 'shared-1' });
  const files = [life(1), life(2), [collect({ ...on(2, 'collect', 5), shared: 'shared-2' })], [lastMinute]];
  for (const [n, records] of files.entries()) audit.land(logKey(n), logFile(records));
  const chain = new ChainOfDigests((...file) => audit.land(...file), deadline - 3 * DAY);
  audit.time = deadline - 2 * HOUR;
  const first = chain.until(audit.time, { [logKey(0)]: files[0] ?? [] });
  expect(await audit.deliver([logKey(0), first])).toEqual([]);

  // It is back, and its functions run before any log file comes: whoever collected is not said not to have.
  const back = deadline + DAY;
  audit.time = back;
  await audit.invoke({ action: 'sweep' });
  expect([...audit.staged.keys()].filter((id) => id.endsWith('#not-collected'))).toEqual([]);
  for (const n of [2, 1, 0, 2, 1]) expect(await audit.deliver([logKey(n)])).toEqual([]);
  // The notice of the last file is lost: the digest alone tells of it.
  const rest = Object.fromEntries([1, 2, 3].map((n) => [logKey(n), files[n] ?? []]));
  expect(await audit.deliver([chain.until(back, rest)])).toEqual([]);
  let hours = 0;
  for (; hours < 12 && !audit.staged.has('deposit-1#camden#not-collected'); hours++) {
    await audit.invoke({ action: 'sweep' });
    audit.time += HOUR;
    expect(await audit.deliver([chain.until(audit.time, {})])).toEqual([]);
  }
  took.push(Math.ceil((audit.time - back) / HOUR));
  await audit.invoke({ action: 'sweep' });
  const told = [...audit.staged.keys()].filter((id) => !/^(?:register|chain-silent)#/.test(id)).sort();
  expect(told).toEqual(
    [
      ...[1, 2].flatMap((n) => [`deposit-${n}#deposited`, `verdict-${n}#scanned`, `release-${n}#released`]),
      ...[1, 2].flatMap((n) => [`shared-${n}#collected`, `deposit-${n}#camden#not-collected`]),
    ].sort(),
  );

  const ledger = new LedgerWorld();
  ledger.stage(...audit.staged.values());
  const seal = ledger.sealer();
  for (let run = 0; run < 8; run++) await seal();
  expect(await verified(ledger, publicKeyOf(keyFrom('log')))).toBe(audit.staged.size);
});

it('is caught up with within the hours that are waited for late log files', () => {
  expect(took).toHaveLength(2);
  drilled({
    lost: 'the Region, for a day',
    seconds: Math.max(...took) * 3600,
    by: 'simulated',
    forGood: 'nothing',
  });
});
