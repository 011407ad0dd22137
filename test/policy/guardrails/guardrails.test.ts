/**
 * That every statement of every guardrail denies what it is for and lets be what it must, and that no part of it could go
 * unnoticed: each is taken away in turn, and a table notices.
 */
import { type Guardrail, guardrails } from '../../../lib/policy/guardrails/guardrails';
import { LIMITS } from '../../../lib/policy/limits';
import { accountId } from '../../../lib/register/schema/scalars';
import type { Zone } from '../../../lib/register/schema/zone';
import { letters, SERVES } from '../../register/letters';
import { registerOf } from '../sample-register';
import { ask, type Compiled, compiled, EXTERNAL, LEEDS, type Row, single, type Table } from './asking';
import { ACCOUNT_TABLES, DEPLOYER_TABLES } from './tables-account';
import { DATA_TABLES } from './tables-data';
import { FUNCTION_TABLES } from './tables-functions';
import { GATE_TABLES } from './tables-gate';
import { PAGE_TABLES } from './tables-page';
import { CUSTODY_TABLES, PERIMETER_TABLES } from './tables-perimeter';
import { SIGN_IN_TABLES } from './tables-sign-in';
import { weakenings } from './weakenings';

const { zone } = registerOf();
const ALL = guardrails(zone, [accountId.parse(EXTERNAL)]);
const DEPLOYERS = ALL.filter(({ name }) => name === 'concordat-deployers');
const MAIN = ALL.filter((each) => !each.name.includes('-custody-') && !DEPLOYERS.includes(each));
const IMPORTED = ALL.filter(({ name }) => name === 'concordat-custody-imported');
const SIGNING_IN = guardrails(zone, [accountId.parse(EXTERNAL)], [accountId.parse(LEEDS)]).filter(
  ({ name }) => name === 'concordat-residency' || name === 'concordat-perimeter',
);
const SERVING = guardrails(registerOf(letters(...SERVES)).zone, []).filter(
  ({ name }) => name === 'concordat-residency',
);
const TABLES = { ...ACCOUNT_TABLES, ...DATA_TABLES, ...FUNCTION_TABLES, ...GATE_TABLES, ...PERIMETER_TABLES };

const sidsOf = (list: readonly Guardrail[]) =>
  list.flatMap(({ content }) => ('Statement' in content ? content.Statement.map(({ Sid }) => Sid) : []));
const words = ([who, action, resource, context]: Row) =>
  `${who} ${action} ${resource} ${context ? JSON.stringify(context) : ''}`.trim();

it('has a table for every statement', () => {
  const plain = new Set(sidsOf(MAIN));
  expect(Object.keys(SIGN_IN_TABLES)).toEqual(
    expect.arrayContaining(sidsOf(SIGNING_IN).filter((each) => !plain.has(each))),
  );
  expect(Object.keys(PAGE_TABLES)).toEqual(
    expect.arrayContaining(sidsOf(SERVING).filter((each) => !plain.has(each))),
  );
  expect(Object.keys(TABLES).sort()).toEqual(sidsOf(MAIN).sort());
  expect(Object.keys(CUSTODY_TABLES).sort()).toEqual(sidsOf(IMPORTED).sort());
  expect(Object.keys(DEPLOYER_TABLES).sort()).toEqual(sidsOf(DEPLOYERS).sort());
});

describe.each([
  ['', TABLES, MAIN],
  ['in the unit of imported keys, ', CUSTODY_TABLES, IMPORTED],
  ['in the account of those who deploy, ', DEPLOYER_TABLES, DEPLOYERS],
  ['where people of a member sign in, ', SIGN_IN_TABLES, SIGNING_IN],
  ['where the zone serves the mailbox’s page, ', PAGE_TABLES, SERVING],
] as const)('%s', (_where, tables: Readonly<Record<string, Table>>, list) => {
  const policies = compiled(list);
  /** Every row of a table that does not come out as it says. */
  const surprises = (sid: string, asked: Compiled) => {
    const { deny, allow } = tables[sid] as Table;
    return [
      ...single(deny).filter((row) => !ask(asked, row).by.some((each) => each.sid === sid)),
      ...single(allow).filter((row) => ask(asked, row).verdict !== 'allowed'),
    ];
  };

  it.each(Object.keys(tables))('%s denies what it is for, and lets be what it must', (sid) => {
    expect(surprises(sid, policies).map(words)).toEqual([]);
    const { deny, allow } = tables[sid] as Table;
    expect([deny.length > 0, allow.length > 0]).toEqual([true, true]);
  });

  it.each(
    list.flatMap((guardrail) =>
      weakenings(guardrail)
        .filter(([, sid]) => sid in tables)
        .map((each) => [...each, guardrail] as const),
    ),
  )('a table notices: %s', (_how, sid, weak, guardrail) => {
    const others = list.filter((each) => each !== guardrail);
    expect(surprises(sid, compiled([...others, weak])).length).toBeGreaterThan(0);
  });
});

/** What AWS took of service control policies before 15 May 2026, and how many on a unit. */
const BEFORE = { bytes: 5_120, number: 5 } as const;

describe('the size of the policies', () => {
  const members = (count: number) => Array.from({ length: count }, (_, n) => String(300_000_000_000 + n));
  const bytes = (externals: readonly string[], of: Zone = zone) =>
    guardrails(
      of,
      externals.map((each) => accountId.parse(each)),
    ).map(({ name, content }) => [name, JSON.stringify(content).length] as const);

  it('grows with externals alone, and in the perimeter alone, by 15 bytes each', () => {
    const one = new Map(bytes(members(1)));
    for (const [name, size] of bytes(members(41)))
      expect([name, size - (one.get(name) ?? 0)]).toEqual([name, name === 'concordat-perimeter' ? 600 : 0]);
  });

  it('grows by 15 bytes for each member whose people sign in, and leaves room for 100', () => {
    const signing = (count: number) =>
      guardrails(
        zone,
        [],
        members(count).map((each) => accountId.parse(each)),
      ).map(({ name, content }) => [name, JSON.stringify(content).length] as const);
    const one = new Map(signing(1));
    for (const [name, size] of signing(41))
      expect([name, size - (one.get(name) ?? 0)]).toEqual([name, name === 'concordat-perimeter' ? 600 : 0]);
    for (const [name, size] of signing(100))
      expect([name, size < LIMITS.resourceControlPolicyBytes.most]).toEqual([name, true]);
    for (const [name, size] of signing(1)) expect([name, size < BEFORE.bytes]).toEqual([name, true]);
  });

  it('leaves room for 200 externals', () => {
    for (const [name, size] of bytes(members(200)))
      expect([name, size < LIMITS.resourceControlPolicyBytes.most]).toEqual([name, true]);
  });

  it('is within what AWS took before it doubled the limit, so that either way it is taken', () => {
    const most = { ...zone, namePrefix: 'x'.repeat(20) };
    for (const [name, size] of bytes([], most)) expect([name, size < BEFORE.bytes]).toEqual([name, true]);
  });

  it('stays under 95% of what AWS takes, with the longest names and 190 externals', () => {
    const most = { ...zone, namePrefix: 'x'.repeat(20) };
    const takes = {
      SERVICE_CONTROL_POLICY: LIMITS.serviceControlPolicyBytes.most,
      RESOURCE_CONTROL_POLICY: LIMITS.resourceControlPolicyBytes.most,
      S3_POLICY: LIMITS.resourceControlPolicyBytes.most,
    };
    const types = new Map(ALL.map(({ name, type }) => [name as string, type]));
    for (const [name, size] of bytes(members(190), most))
      expect([name, size < 0.95 * takes[types.get(name) as Guardrail['type']]]).toEqual([name, true]);
  });

  it('names no account but those of externals', () => {
    const text = JSON.stringify(guardrails(zone, [accountId.parse(EXTERNAL)]).map(({ content }) => content));
    expect([...new Set(text.match(/\b\d{12}\b/g))]).toEqual([EXTERNAL]);
  });
});

describe('the roll-out', () => {
  const at = (stage: Zone['guardrails']['stage']) =>
    guardrails({ ...zone, guardrails: { ...zone.guardrails, stage } }, []);
  const { canary, members, zone: operators, custody } = zone.guardrails.units;

  it('makes every policy and attaches none, before it begins', () => {
    expect(at('nowhere').map(({ units }) => units)).toEqual(ALL.map(() => []));
  });

  it('reaches the canary unit alone, and then every unit, with the same policies', () => {
    expect([...new Set(at('canary').flatMap(({ units }) => units))]).toEqual([canary]);
    const units = new Set(at('all').flatMap((each) => each.units));
    const deployers = zone.guardrails.deployers.map((arn) => String(arn.split(':')[4]));
    expect([...units].sort()).toEqual(
      [canary, members, operators, ...Object.values(custody), ...deployers].sort(),
    );
    const contents = (list: readonly Guardrail[]) => JSON.stringify(list.map(({ content }) => content));
    expect(contents(at('all'))).toBe(contents(at('nowhere')));
  });

  it('holds the account of those who deploy to its record, and keeps its roles as they are', () => {
    const [account] = zone.guardrails.deployers.map((arn) => String(arn.split(':')[4]));
    const held = at('all').filter(({ units }) => units.includes(String(account)));
    expect(held.map(({ name }) => name)).toEqual(['concordat-accountability', 'concordat-deployers']);
    // In the management account no service control policy has an effect.
    const inManagement = { ...zone, accounts: { ...zone.accounts, management: accountId.parse(account) } };
    const everywhere = { ...inManagement, guardrails: { ...zone.guardrails, stage: 'all' as const } };
    expect(guardrails(everywhere, []).flatMap(({ units }) => units)).not.toContain(account);
  });

  it('leaves room on each unit for AWS’s own policy, within the five that there may be', () => {
    for (const type of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']) {
      const attached = at('all').filter((each) => each.type === type);
      for (const unit of [canary, members, operators])
        expect(attached.filter(({ units }) => units.includes(unit)).length).toBeLessThan(BEFORE.number);
    }
  });
});
