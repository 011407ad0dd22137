/** What `status --live` finds, of accounts and a table made up for it: each fault alone turns up, and it alone. */
import {
  type FleetStatus,
  fleetStatus,
  isClean,
  type StatusFinding,
} from '../../../lib/rollout/status/fleet-status';
import type { DriftedResource, SeenAccount, SeenStack } from '../../../lib/rollout/status/seen';
import { statusDocument } from '../../../lib/rollout/status/words';
import type { RolloutRow, RunsOf } from '../../../lib/wire';
import { documentText } from '../../../lib/words';
import { goldenIn } from '../../golden';

const LEEDS = '100000000022';
const STACK = 'Organisation-leeds';
const of = (register: string, template: string): RunsOf => ({
  register: register.repeat(64),
  asOf: '2027-04-01',
  program: 'e'.repeat(64),
  template: template.repeat(64),
});
const [OLD, NEW] = [of('a', '1'), of('b', '2')];
const row = (more: Partial<RolloutRow> = {}): RolloutRow => ({
  stack: STACK,
  account: LEEDS,
  order: 'c'.repeat(64),
  at: '2027-04-02T16:00:00Z',
  standing: 'through',
  runs: 'after',
  found: 'no',
  why: [],
  before: OLD,
  after: NEW,
  ...more,
});
const zone = row({ stack: 'Zone', account: '100000000002', at: '2027-04-02T15:00:00Z' });
const stack = (more: Partial<SeenStack> = {}): SeenStack => ({
  stack: STACK,
  status: 'UPDATE_COMPLETE',
  isProtected: true,
  template: NEW.template,
  ...more,
});
const account = (more: Partial<SeenAccount> = {}): SeenAccount => ({
  stacks: [stack()],
  alarms: [],
  ...more,
});
const DECLARED = new Set([LEEDS, zone.account, '100000000021', '100000000023']);
const ZONE_SEEN = account({ stacks: [stack({ stack: 'Zone' })] });
const looked = (rows: readonly RolloutRow[], leeds: SeenAccount | Error) =>
  fleetStatus(
    [zone, ...rows],
    new Map([
      [LEEDS, leeds],
      [zone.account, ZONE_SEEN],
    ]),
    DECLARED,
  );
const findings = (rows: readonly RolloutRow[], leeds: SeenAccount | Error): StatusFinding[] =>
  looked(rows, leeds).accounts.flatMap(({ stacks }) => stacks.flatMap((each) => each.findings));
const kinds = (...asked: Parameters<typeof findings>) => findings(...asked).map(({ kind }) => kind);

const kindsOf = ({ accounts }: FleetStatus) =>
  accounts.flatMap(({ stacks }) => stacks.flatMap(({ findings }) => findings.map(({ kind }) => kind)));

const drifted = (more: Partial<DriftedResource> = {}): DriftedResource => ({
  id: 'Key',
  type: 'AWS::KMS::Key',
  deleted: false,
  properties: [{ path: '/KeyPolicy', expected: '{"Statement":[]}', actual: '{"Statement":[{}]}' }],
  ...more,
});
const withDrift = (...resources: DriftedResource[]) =>
  account({ stacks: [stack({ drift: { at: '2027-04-02T17:00:00Z', resources } })] });

it('finds nothing where each account runs what the last rollout brought', () => {
  const status = looked([row()], account());
  expect([isClean(status), status.newest?.register]).toEqual([true, NEW.register]);
  expect(kinds([row()], account())).toEqual([]);
});

it.each<[string, readonly RolloutRow[], SeenAccount | Error, StatusFinding['kind'][]]>([
  [
    'an account that was left on the earlier register',
    [row({ runs: 'before', standing: 'failed' })],
    account({ stacks: [stack({ template: OLD.template })] }),
    ['rollout', 'behind'],
  ],
  [
    'what somebody deployed by hand',
    [row()],
    account({ stacks: [stack({ template: '9'.repeat(64) })] }),
    ['by-hand'],
  ],
  [
    'the earlier register, deployed again by hand',
    [row()],
    account({ stacks: [stack({ template: OLD.template })] }),
    ['by-hand', 'behind'],
  ],
  ['a stack of which no rollout has written', [], account(), ['no-line']],
  ['a stack that somebody deleted', [row()], account({ stacks: [] }), ['not-there']],
  [
    'a stack that could not be put back',
    [row()],
    account({ stacks: [stack({ status: 'UPDATE_ROLLBACK_FAILED' })] }),
    ['failed'],
  ],
  [
    'a stack that anybody may delete',
    [row()],
    account({ stacks: [stack({ isProtected: false })] }),
    ['unprotected'],
  ],
  ['a key that somebody changed', [row()], withDrift(drifted()), ['drift']],
  [
    'a line of an engine that did not write what a stack runs',
    [{ ...row(), before: undefined, after: undefined } as unknown as RolloutRow],
    account(),
    ['unsaid'],
  ],
  [
    'what was made again by hand after a rollout had taken it back',
    [row({ standing: 'back', runs: 'nothing' })],
    account({ stacks: [stack({ template: '9'.repeat(64) })] }),
    ['by-hand'],
  ],
  [
    'a rollout that is at it, and no hand, where a stack runs one side of its plan',
    [row({ standing: 'begun', runs: 'before' })],
    account({ stacks: [stack({ template: NEW.template })] }),
    ['rollout'],
  ],
  [
    'a hand beside a rollout that is at it',
    [row({ standing: 'begun', runs: 'before' })],
    account({ stacks: [stack({ template: '9'.repeat(64) })] }),
    ['rollout', 'by-hand'],
  ],
])('finds %s', (_, rows, leeds, expected) => {
  expect(kinds(rows, leeds)).toEqual(expected);
  expect(isClean(looked(rows, leeds))).toBe(false);
});

it('takes what the plan left as it is for the newest register, whose template it has', () => {
  const same = { ...NEW, template: OLD.template };
  const left = row({ standing: 'unchanged', before: OLD, after: same });
  expect(kinds([left], account({ stacks: [stack({ template: OLD.template })] }))).toEqual([]);
});

it('takes the earlier register for the newest once a rollout was put back, and what was left as it is with it', () => {
  const back = [zone, row()].map((each): RolloutRow => ({ ...each, standing: 'back', runs: 'before' }));
  const left = row({
    stack: 'Organisation-york',
    account: '100000000023',
    standing: 'unchanged',
    after: { ...NEW, template: OLD.template },
  });
  const seen = new Map(
    [...back, left].map((each) => [
      each.account,
      account({ stacks: [stack({ stack: each.stack, template: OLD.template })] }),
    ]),
  );
  const status = fleetStatus([...back, left], seen, DECLARED);
  expect([status.newest?.register, isClean(status)]).toEqual([OLD.register, true]);
});

it('tells of alarms, of grants that wait and of accounts that cannot be asked, and is not clean by any of them', () => {
  for (const [seen, expected] of [
    [
      account({ alarms: ['concordat-gate-failing'] }),
      { alarms: ['concordat-gate-failing'], grantsPending: false },
    ],
    [account({ alarms: ['concordat-grants-pending'] }), { alarms: [], grantsPending: true }],
    [new Error('no'), { alarms: [], grantsPending: false, trouble: 'Error: no' }],
  ] as const) {
    const status = looked([row()], seen);
    expect(status.accounts.find((each) => each.account === LEEDS)).toMatchObject(expected);
    expect(isClean(status)).toBe(false);
  }
});

it('has nobody ask for an account that the register has no more, and tells of what is still there', () => {
  const gone = row({ stack: 'Organisation-gone', account: '100000000024' });
  const of = (seen: SeenAccount | Error) =>
    fleetStatus(
      [zone, row(), gone],
      new Map<string, SeenAccount | Error>([
        [zone.account, ZONE_SEEN],
        [LEEDS, account()],
        [gone.account, seen],
      ]),
      DECLARED,
    );
  for (const seen of [new Error('the account is closed'), account({ stacks: [] })]) {
    const status = of(seen);
    expect([isClean(status), kindsOf(status)]).toEqual([true, ['let-go']]);
  }
  const left = of(account({ stacks: [stack({ stack: gone.stack })] }));
  expect([isClean(left), kindsOf(left)]).toEqual([false, ['left-over']]);
});

describe('an organisation that has left for good', () => {
  const of = (lastDay: string, seen: SeenAccount | Error, more: Partial<RolloutRow> = {}) =>
    fleetStatus(
      [zone, row(more)],
      new Map<string, SeenAccount | Error>([
        [zone.account, ZONE_SEEN],
        [LEEDS, seen],
      ]),
      DECLARED,
      new Map([[LEEDS, lastDay]]),
    );
  const failed: Partial<RolloutRow> = { standing: 'failed', runs: 'before', before: OLD };
  const atOld = account({ stacks: [stack({ template: OLD.template })] });
  const told = (status: FleetStatus) => documentText(statusDocument(status, () => undefined, 'now'));

  it('is told as left, and not as a fault, where its account is closed, or its stack deleted', () => {
    for (const seen of [new Error('the account is closed'), account({ stacks: [] })]) {
      const status = of('2027-03-31', seen, failed);
      expect([isClean(status), kindsOf(status)]).toEqual([true, ['left']]);
      expect(told(status)).toMatch(/To look at\n-+\n\nNothing\.\n[^[]*is of an organisation\s+that has left/);
    }
    expect(told(of('2027-03-31', new Error('no')))).toMatch(
      /To know\n-+\n\n- 100000000022: its organisation has left, and it may be closed: it could not be asked\s+\(Error: no\)\./,
    );
  });

  it('is not behind where its stack runs what was made once it had left', () => {
    const status = of('2027-03-31', atOld, failed);
    expect([isClean(status), kindsOf(status)]).toEqual([true, ['left']]);
  });

  it('is to be looked at while its stack runs what was made before: its roles have their permissions', () => {
    const status = of('2027-04-01', atOld, failed);
    expect([isClean(status), kindsOf(status)]).toEqual([false, ['rollout', 'behind']]);
    expect(isClean(of('2027-03-31', account({ stacks: [stack({ template: '9'.repeat(64) })] })))).toBe(false);
  });

  it('is to be looked at where its stack drifted or is not protected', () => {
    const status = of('2027-03-31', account({ stacks: [stack({ isProtected: false })] }));
    expect([isClean(status), kindsOf(status)]).toEqual([false, ['left', 'unprotected']]);
  });
});

describe('drift', () => {
  const by = (resource: DriftedResource) =>
    findings([row()], withDrift(resource)).flatMap((each) => (each.kind === 'drift' ? [each.by] : []));
  const policy = (...sids: string[]) => JSON.stringify({ Statement: sids.map((Sid) => ({ Sid })) });
  const accessPoint = (expected: string, actual: string) =>
    drifted({ type: 'AWS::S3::AccessPoint', properties: [{ path: '/Policy', expected, actual }] });
  const role = (expected: object[], actual: object[]) =>
    drifted({
      type: 'AWS::IAM::Role',
      properties: [{ path: '/Policies', expected: JSON.stringify(expected), actual: JSON.stringify(actual) }],
    });
  const own = { PolicyName: 'collect', PolicyDocument: { Statement: [{ Sid: 'Collect' }] } };
  const revokes = { PolicyName: 'AWSRevokeOlderSessions' };

  it.each<[string, DriftedResource, string]>([
    [
      'an account that AWS writes as its root, in another order',
      drifted({
        properties: [
          {
            path: '/KeyPolicy',
            expected: '{"Principal":{"AWS":["100000000022","100000000021"]},"Enabled":"true"}',
            actual:
              '{"Enabled":true,"Principal":{"AWS":["arn:aws:iam::100000000021:root","arn:aws:iam::100000000022:root"]}}',
          },
        ],
      }),
      'AWS',
    ],
    [
      'a share that is stopped',
      accessPoint(policy('Get'), policy('StoppedInAnEmergency', 'Get')),
      'grant broker',
    ],
    [
      'a share that is stopped, and has another statement besides',
      accessPoint(policy('Get'), policy('StoppedInAnEmergency', 'Get', 'More')),
      'somebody',
    ],
    ['an access point with another policy', accessPoint(policy('Get'), policy('More')), 'somebody'],
    ['sessions that were ended', role([own], [own, revokes]), 'grant broker'],
    [
      'sessions that were ended, and a policy besides',
      role([own], [own, revokes, { PolicyName: 'more' }]),
      'somebody',
    ],
    ['a resource that is gone', drifted({ deleted: true, properties: [] }), 'somebody'],
    ['a drift without a property', drifted({ properties: [] }), 'somebody'],
  ])('by %s is whose doing it is', (_, resource, expected) => {
    expect(by(resource)).toEqual([expected]);
    expect(isClean(looked([row()], withDrift(resource)))).toBe(expected !== 'somebody');
  });
});

it('says what to do where AWS did not find an account that a policy names', () => {
  const why = ['Key: Policy contains a statement with one or more invalid principals'];
  const left = looked([row({ standing: 'failed', runs: 'before', why })], account());
  expect(documentText(statusDocument(left, () => undefined, 'now'))).toMatch(
    /invalid\s+principals;\s+AWS\s+does\s+not\s+find\s.*\snpx\s+concordat\s+leave\s+ID/s,
  );
});

/** After a change of wording: `UPDATE_GOLDEN=1 npx jest test/rollout/status`, and read it. */
it('says all of it in words', () => {
  const rows = [
    zone,
    row(),
    row({
      stack: 'Organisation-york',
      account: '100000000023',
      standing: 'stuck',
      runs: 'neither',
      why: ['its change set is not what was planned'],
    }),
    row({ stack: 'Organisation-dwp', account: '100000000021', runs: 'before', standing: 'back' }),
    row({ stack: 'Organisation-gone', account: '100000000024' }),
  ];
  const status = fleetStatus(
    rows,
    new Map<string, SeenAccount | Error>([
      [zone.account, ZONE_SEEN],
      [
        LEEDS,
        {
          ...withDrift(drifted(), drifted({ id: 'Bucket', deleted: true })),
          alarms: ['concordat-gate-failing', 'concordat-grants-pending'],
        },
      ],
      [
        '100000000023',
        account({
          stacks: [
            stack({
              stack: 'Organisation-york',
              template: '9'.repeat(64),
              status: 'UPDATE_ROLLBACK_FAILED',
              isProtected: false,
            }),
            stack({ stack: 'Organisation-by-hand' }),
          ],
        }),
      ],
      ['100000000021', new Error('not authorised')],
      ['100000000024', account({ stacks: [] })],
    ]),
    DECLARED,
  );
  const names = new Map([
    [LEEDS, 'Leeds City Council'],
    [zone.account, 'The zone'],
  ]);
  goldenIn(__dirname)(
    'status.txt',
    documentText(
      statusDocument(status, (each) => names.get(each), '2027-04-02T17:05Z'),
      { width: 160 },
    ),
  );
});
