/**
 * That the broker comes to the right state from any other, and never to a wider one: access points open, closed, stopped, without
 * a policy or gone; grants that are right, wrong, doubled, of roles that were made anew, or listed late; answers that pass and
 * answers that last, at any call; runs that die at any call. What is right is said here without the broker’s own comparison.
 */
import fc from 'fast-check';
import { liftStops, stopShares } from '../../../lambda/key-grants/stopping';
import { DENIAL_SIDS } from '../../../lib/names';
import type { ListedShare } from '../../../lib/wire';
import { KmsError, type StoredGrant } from './memory-kms';
import { openPolicy } from './memory-s3-control';
import { FAULTS, grantWith, SERVICES } from './planted-grants';
import { BROKER, HOUR, KEY, listOf, NOW, RIGHT, share, World } from './world';

const DATES = {
  'in force': { from: NOW - 240 * HOUR, until: NOW + 240 * HOUR },
  'ends soon': { from: NOW - 240 * HOUR, until: NOW + 2 * HOUR },
  over: { from: NOW - 240 * HOUR, until: NOW - HOUR },
  'to come': { from: NOW + 1_000 * HOUR, until: NOW + 2_000 * HOUR },
} as const;
const POINTS = ['open', 'open', 'ended', 'stopped by hand', 'lost', 'without a policy', 'missing'] as const;
/** What KMS says, and S3 Control and Parameter Store at the same call. */
const ANSWERS = {
  'asks too fast': ['ThrottlingException', 400, 'ThrottlingException'],
  'a conflict': ['DependencyTimeoutException', 409, 'OperationAborted'],
  'of another time': ['ExpiredTokenException', 403, 'RequestTimeTooSkewed'],
  'a fault': ['KMSInternalException', 503, 'SlowDown'],
  refusal: ['AccessDeniedException', 403, 'AccessDenied'],
  'another refusal': ['ValidationException', 400, 'InvalidRequest'],
} as const;

const step = fc.record({
  act: fc.constantFrom(
    'run',
    'run',
    'stop',
    'lift',
    'stop all',
    'lift all',
    'role made anew',
    'own role made anew',
    'deployed again',
    'listed no more',
    'listed',
    'an intruder',
  ),
  of: fc.nat(3),
  fault: fc.constantFrom(...FAULTS),
  minutes: fc.constantFrom(1, 30, 90),
  crash: fc.option(
    fc.record({ call: fc.nat(20), when: fc.constantFrom('before' as const, 'after' as const) }),
  ),
  /** By call. */
  answers: fc.array(fc.option(fc.constantFrom(...Object.values(ANSWERS)), { freq: 2, nil: undefined }), {
    maxLength: 25,
  }),
  /** Whether the last of these answers goes on for ever. */
  lasts: fc.boolean(),
  lag: fc.nat(3),
  unresolved: fc.nat(2),
});

const lives = fc.record({
  shares: fc.array(
    fc.record({
      dates: fc.constantFrom(...Object.values(DATES)),
      point: fc.constantFrom(...POINTS),
      listed: fc.boolean(),
      grants: fc.array(fc.oneof(fc.constant('none' as const), fc.constantFrom(...FAULTS)), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
});
type Life = typeof lives extends fc.Arbitrary<infer Value> ? Value : never;
type Step = Life['steps'][number];

/** An owner’s account through one life, and what is right of it at any moment. */
class Account {
  readonly world = new World();
  readonly all: readonly ListedShare[];
  private readonly listed = new Set<ListedShare>();
  private act: Step['act'] = 'run';

  constructor({ shares }: Life) {
    const { world } = this;
    this.all = shares.map(({ dates }, n) => share(n, dates));
    world.prepare(...this.all);
    for (const [n, { point, listed, grants }] of shares.entries()) {
      const about = this.all[n];
      if (!about) continue;
      if (listed) this.listed.add(about);
      for (const fault of grants) {
        const { GrantId } = world.kms.plant(grantWith(about, fault));
        if (SERVICES.includes(fault)) world.services.push(GrantId);
      }
      const policy = pointPolicy(about.share, point);
      if (policy === undefined) world.s3.policies.delete(about.share);
      else world.s3.policies.set(about.share, policy);
    }
    world.changed = ({ what, share: id, closed }) => this.check(what, id, closed);
  }

  get list() {
    return listOf(...this.listed);
  }

  /** Whether the list shares it at this moment. */
  inForce({ from, until, ...about }: ListedShare): boolean {
    const isListed = [...this.listed].some((each) => each.share === about.share);
    return isListed && Date.parse(from) <= this.world.time && this.world.time < Date.parse(until);
  }

  /** Whether the order that was written down last stops it, or somebody has stopped it at its access point. */
  isStopped({ share: id }: ListedShare): boolean {
    const orders = [...this.world.account.parameters.values()]
      .map((text) => JSON.parse(text) as { order: string; at: string; shares: string[] })
      .filter(({ shares }) => shares.includes(id) || shares.includes('*'))
      .sort((a, b) => (`${a.at} ${a.order}` < `${b.at} ${b.order}` ? -1 : 1));
    return orders.at(-1)?.order === 'stop' || this.hasSid(id, DENIAL_SIDS.stopped);
  }

  hasSid(id: string, sid: string): boolean {
    return this.world.s3.statements(id).some(({ Sid }) => Sid === sid);
  }

  working({ share: id }: ListedShare): StoredGrant[] {
    return this.world.kms.grants.filter(
      (grant) => grant.Name === id && isRight(grant) && this.world.kms.works(grant),
    );
  }

  /** What no single change may do. */
  private check(what: string, id: string, closed: boolean): void {
    const about = this.all.find((each) => each.share === id);
    if (what === 'CreateGrant') {
      expect([what, id, about && this.inForce(about) && !this.isStopped(about)]).toEqual([what, id, true]);
      const made = this.world.kms.grants.at(-1);
      expect(made).toMatchObject({ ...RIGHT, Name: id, GranteePrincipal: about?.grantee });
    }
    if (!about) return;
    if (what === 'PUT' && !closed) {
      const mayOpen =
        this.listed.has(about) && this.world.time < Date.parse(about.until) && !this.isStopped(about);
      expect([what, id, mayOpen, this.world.s3.policies.get(id)]).toEqual([what, id, true, openPolicy(id)]);
    }
    const isStop = this.act === 'stop' || this.act === 'stop all';
    if (
      what === 'RevokeGrant' &&
      this.inForce(about) &&
      !this.isStopped(about) &&
      !isStop &&
      this.had.has(id)
    )
      expect([what, id, this.working(about).length > 0]).toEqual([what, id, true]);
  }
  private had = new Set<string>();

  /** One step of a life, with what AWS answers meanwhile. */
  async live(each: Step): Promise<void> {
    const { world } = this;
    const { act, of, crash, answers, lasts } = each;
    world.restart();
    world.time += each.minutes * 60_000;
    const about = this.all[of % this.all.length];
    if (!about) return;
    this.act = act;
    world.kms.lag = each.lag;
    world.kms.unresolved = each.unresolved;
    if (crash) world.crashAt = crash;
    const answerTo = (call: number) => answers[call] ?? (lasts ? answers.at(-1) : undefined);
    const isKms = (action: string) => /^(?:CreateGrant|RevokeGrant|ListGrants|DescribeKey)$/.test(action);
    world.fault = (call, action) => {
      const answer = isKms(action) ? answerTo(call) : undefined;
      return answer && new KmsError(answer[0]);
    };
    world.refusal = (call, action) => {
      const answer = isKms(action) ? undefined : answerTo(call);
      return answer && { status: answer[1], code: answer[2] };
    };
    this.had = new Set(this.all.filter((one) => this.working(one).length > 0).map((one) => one.share));
    await this.do(act, about, each).catch((error: unknown) => {
      // What the test itself finds is no failure of AWS.
      if (error instanceof Error && 'matcherResult' in error) throw error;
    });
  }

  private async do(act: Step['act'], about: ListedShare, { fault }: Step): Promise<void> {
    const { world } = this;
    switch (act) {
      case 'run':
        await world.run(this.list);
        return;
      case 'stop':
      case 'stop all':
        await stopShares([act === 'stop' ? about.share : '*'], this.list, world.ports());
        return;
      case 'lift':
      case 'lift all':
        await liftStops([act === 'lift' ? about.share : '*'], this.list, world.ports());
        await world.run(this.list);
        return;
      case 'role made anew':
        world.kms.makeRole(about.grantee);
        return;
      case 'own role made anew':
        world.kms.makeRole(BROKER);
        return;
      case 'deployed again':
        for (const each of this.listed) world.s3.policies.set(each.share, openPolicy(each.share));
        await world.run(this.list);
        return;
      case 'listed no more':
        this.listed.delete(about);
        await world.run(this.list);
        return;
      case 'listed':
        this.listed.add(about);
        await world.run(this.list);
        return;
      case 'an intruder': {
        const { GrantId } = world.kms.plant(grantWith(about, fault));
        if (SERVICES.includes(fault)) world.services.push(GrantId);
      }
    }
  }

  /** The hours after, in which AWS answers. */
  async calm(): Promise<void> {
    const { world } = this;
    for (let hour = 0; hour < 2; hour++) {
      world.restart();
      world.fault = () => undefined;
      world.refusal = () => undefined;
      world.kms.lag = 0;
      world.kms.unresolved = 0;
      for (let listing = 0; listing < 8; listing++) world.kms.answer('ListGrants', {});
      world.time += 2 * HOUR;
      this.act = 'run';
      this.had = new Set(this.all.filter((one) => this.working(one).length > 0).map((one) => one.share));
      await world.run(this.list);
    }
  }

  /** What is right in the end. */
  expectRight(): void {
    const { world } = this;
    const grants = world.kms.grants.filter(({ GrantId }) => !world.services.includes(GrantId));
    expect(world.kms.grants.length - grants.length).toBe(world.services.length);
    for (const each of this.all) {
      const theirs = grants.filter(({ Name }) => Name === each.share);
      const isOpen = !world.s3.isClosed(each.share);
      const isLost = this.hasSid(each.share, DENIAL_SIDS.ended);
      if (!this.inForce(each) || this.isStopped(each)) expect([each.share, theirs]).toEqual([each.share, []]);
      else if (!isLost) {
        expect([each.share, theirs.length, this.working(each).length]).toEqual([each.share, 1, 1]);
        // Nothing but the broker’s own denials would keep it shut, and there is none.
        if (this.hasSid(each.share, 'GetByTheRecipient'))
          expect([each.share, isOpen]).toEqual([each.share, true]);
      } else {
        expect(world.s3.statements(each.share)).toHaveLength(1);
        // Each run says that its policy is lost; what grants it may have had stay, through which nothing can be read.
        expect([this.working(each).length <= 1, theirs.every(isRight)]).toEqual([true, true]);
      }
      const isOver = this.listed.has(each) && Date.parse(each.until) <= world.time;
      if (isOver || this.isStopped(each))
        expect([each.share, isOpen && this.listed.has(each)]).toEqual([each.share, false]);
    }
    expect(grants.filter(({ Name }) => !this.all.some((each) => each.share === Name))).toEqual([]);
  }
}

function pointPolicy(id: string, point: (typeof POINTS)[number]): string | undefined {
  const { Version, Statement } = JSON.parse(openPolicy(id)) as { Version: string; Statement: object[] };
  const arn = `arn:aws:s3:${KEY.region}:${KEY.account}:accesspoint/${id}`;
  const denial = (Sid: string) => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:GetObject*', 's3:ListBucket*'],
    Resource: [arn, `${arn}/object/*`],
  });
  switch (point) {
    case 'open':
      return openPolicy(id);
    case 'ended':
      return JSON.stringify({ Version, Statement: [denial(DENIAL_SIDS.ended), ...Statement] });
    case 'stopped by hand':
      return JSON.stringify({ Version, Statement: [denial(DENIAL_SIDS.stopped), ...Statement] });
    case 'lost':
      return JSON.stringify({ Version, Statement: [denial(DENIAL_SIDS.ended)] });
    case 'without a policy':
      return '';
    case 'missing':
      return undefined;
  }
}

/** Whether a grant permits what a share’s grant does, and no more. */
function isRight({ Operations, Constraints }: StoredGrant): boolean {
  return (
    [...Operations].sort().join() === [...RIGHT.Operations].sort().join() &&
    JSON.stringify(Constraints) === JSON.stringify(RIGHT.Constraints)
  );
}

it('from any state, through whatever AWS answers and wherever runs die, the broker comes to the right one and to none wider', async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (life) => {
      const account = new Account(life);
      for (const each of life.steps) await account.live(each);
      await account.calm();
      account.expectRight();
    }),
    { numRuns: 250 },
  );
}, 120_000);
