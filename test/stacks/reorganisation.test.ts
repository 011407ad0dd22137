/** That a reorganisation changes who may do what on its day as agreements say, and no name in AWS. */
import { type AssemblyStack, openAssembly, type World, worldOf } from '../../lib/assembly';
import { decide } from '../../lib/iam/decide';
import { requestOf } from '../../lib/iam/request';
import { auditIndex } from '../../lib/policy/audit-index';
import { findingsOf } from '../../lib/proof/findings';
import { prove } from '../../lib/proof/prove';
import { impliedShares } from '../../lib/proof/shares';
import { addDays, type IsoDate, startOfDay } from '../../lib/register/calendar';
import type { AuditIndex } from '../../lib/wire';
import { registerOf } from '../policy/sample-register';
import {
  accountOf,
  BEFORE,
  COUNTY,
  EAST,
  LAST_DAY,
  reorganised,
  VESTING_DAY,
  WEST,
  WOUND_UP,
} from '../register/changes/councils';
import { type Sample, synthesised } from './sample-assembly';

const AFTER = reorganised();
const LEAVERS = [...EAST, ...WEST, COUNTY, 'north', 'south', 'whole'];

let before: Sample;
let after: Sample;
let [old, now]: World[] = [];
beforeAll(() => {
  before = synthesised({ files: BEFORE, asOf: LAST_DAY });
  after = synthesised({ files: AFTER, asOf: VESTING_DAY });
  old = worldOf(openAssembly(before.folder));
  now = worldOf(openAssembly(after.folder));
});

/** Who reads what on a day, `agreement: owner to recipient`: what is proven to be what the templates allow. */
function readersOn(world: World, day: IsoDate): string[] {
  const noon = `${day}T12:00:00Z`;
  return impliedShares(world.register, world.asOf)
    .filter(({ from, until }) => from <= noon && noon < until)
    .map(({ agreement, owner, recipient }) => `${agreement}: ${owner.id} to ${recipient.id}`)
    .sort();
}

/** Whether a council’s deposit role may deposit into its bucket, with every policy that has a say. */
function mayDeposit(world: World, id: string, at?: string): boolean {
  const account = accountOf(id);
  const role = world.roles.find(
    ({ arn }) => arn === `arn:aws:iam::${account}:role/concordat/concordat-deposit`,
  );
  const bucket = world.buckets.find((each) => each.account === account);
  if (role === undefined || bucket === undefined) throw new Error(`${id} has no role or no bucket`);
  const request = requestOf({
    caller: { type: 'role', arn: role.arn, session: 'test' },
    action: 's3:PutObject',
    resource: `${bucket.arn}/agreements/any/object`,
    resourceAccount: account,
    context: {
      'aws:SecureTransport': 'true',
      's3:TlsVersion': '1.3',
      'aws:PrincipalOrgID': world.register.zone.awsOrganizationId,
      'aws:CurrentTime': at ?? `${world.asOf}T12:00:00Z`,
    },
  });
  const { verdict } = decide(request, {
    identity: role.identity,
    ...(bucket.policy && { resource: bucket.policy }),
  });
  return verdict === 'allowed';
}

test('on both days the templates allow what the agreements imply, and nothing else', () => {
  // One of each kind: the proof of all takes seconds.
  const concerned = new Set(['elmbridge', COUNTY, 'west-surrey', 'takes', 'vale'].map(accountOf));
  for (const world of [old, now] as World[]) expect(findingsOf(prove(world, concerned))).toEqual([]);
});

test('until the last day, those that leave deposit; from vesting day none of them does', () => {
  for (const id of LEAVERS)
    expect([id, mayDeposit(old as World, id), mayDeposit(now as World, id)]).toEqual([id, true, false]);
  for (const id of ['east-surrey', 'west-surrey', 'takes', 'stays', 'renamed'])
    expect([id, mayDeposit(now as World, id)]).toEqual([id, true]);
});

test('on vesting day those that leave deposit no more, though what was deployed is of the day before', () => {
  const eve = worldOf(synthesised({ files: AFTER, asOf: LAST_DAY }).assembly);
  for (const id of LEAVERS)
    expect([id, mayDeposit(eve, id), mayDeposit(eve, id, startOfDay(VESTING_DAY))]).toEqual([
      id,
      true,
      false,
    ]);
  expect(findingsOf(prove(eve, new Set(['elmbridge', COUNTY].map(accountOf))))).toEqual([]);
});

test('from vesting day successors read what a novated agreement says, and nothing else', () => {
  expect(readersOn(now as World, VESTING_DAY)).toEqual([
    'awards-east: dwp to east-surrey',
    'awards-west: dwp to west-surrey',
    'bins: takes to vale',
    'care-half-a: vale to half-a',
    // Surrey winds up: what was there by its last day may still be collected, by whom it was shared with.
    'carers: surrey to vale',
    'of-the-renamed: renamed to vale',
    'parish-of-x-takes: takes to vale',
    'records-for-east: surrey to east-surrey',
    'returns-waverley: waverley to vale',
    'returns-west: west-surrey to vale',
    'the-rest: stays to vale',
    'transport-surrey: surrey to routing',
    'transport-west: west-surrey to routing',
  ]);
});

test('once Surrey has wound up, nobody reads anything of it', () => {
  const readers = readersOn(now as World, addDays(WOUND_UP, 1));
  expect(readers.length).toBeGreaterThan(5);
  expect(readers.filter((each) => /: (?:surrey|waverley|elmbridge) to /.test(each))).toEqual([]);
});

test('of what is there on the last day, nothing is renamed, moved or taken away but shares that ended', () => {
  const gone: string[] = [];
  const changed: string[] = [];
  for (const stack of before.stacks) {
    const next = after.stacks.find(({ name }) => name === stack.name);
    expect([stack.name, next?.account]).toEqual([stack.name, stack.account]);
    for (const [id, resource] of Object.entries(stack.resources)) {
      const same = next?.resources[id];
      if (same === undefined)
        gone.push(`${stack.name} ${resource.Type} ${JSON.stringify(resource.Properties?.Name)}`);
      else if (namesIn(same.Properties) !== namesIn(resource.Properties)) changed.push(`${stack.name} ${id}`);
    }
  }
  expect(changed).toEqual([]);
  expect(gone.filter((each) => !each.includes(' AWS::S3::AccessPoint '))).toEqual([]);
  const kept = accessPoints(after.stacks);
  const ended = accessPoints(before.stacks).filter((each) => !kept.includes(each));
  expect(gone).toHaveLength(ended.length);
  expect(ended.length).toBeGreaterThan(10);
});

test('the ledger knows every account and every agreement of before by the same id', () => {
  const [earlier, later] = [BEFORE, AFTER].map(
    (files) => JSON.parse(auditIndex(registerOf(files, VESTING_DAY))) as AuditIndex,
  );
  for (const { account, id, bucket } of earlier?.organisations ?? [])
    expect(later?.organisations).toContainEqual({ id, account, ...(bucket && { bucket }) });
  for (const { id, owner } of earlier?.agreements ?? [])
    expect(later?.agreements).toContainEqual(expect.objectContaining({ id, owner }));
  expect(earlier?.agreements.length).toBeGreaterThan(10);
});

/** Everything that names something in AWS. */
function namesIn(properties: object | undefined): string {
  return JSON.stringify(
    Object.entries(properties ?? {}).filter(([name]) => /(?:^|[a-z])Name(?:Prefix)?$|^Path$/.test(name)),
  );
}

function accessPoints(stacks: readonly AssemblyStack[]): string[] {
  return stacks.flatMap(({ resources }) =>
    Object.values(resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::S3::AccessPoint' ? String(Properties?.Name) : [],
    ),
  );
}
