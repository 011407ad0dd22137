/** That an owner of any number of shares fits into its stacks, and that a share never moves to an earlier stack. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { fullness, headroomOf } from '../../lib/plan/headroom';
import { isLive, sharesOf } from '../../lib/register/share';
import { SHARES_PER_STACK, shardCount, shardOf } from '../../lib/stacks/sharding';
import { AS_OF, registerOf } from '../policy/sample-register';
import { copy, type Edit, edited, SAMPLE, set } from '../register/samples';
import { ofType, type Sample, synthesised } from './sample-assembly';

const anyShareId = fc.stringMatching(/^[0-9a-f]{12}--[a-z]{1,24}$/);

describe('the stack that a share belongs to', () => {
  it('exists', () => {
    fc.assert(
      fc.property(anyShareId, fc.nat({ max: 20_000 }), (id, sharesEver) => {
        const count = shardCount(sharesEver);
        const shard = shardOf(id, count);
        return Number.isInteger(shard) && shard >= 0 && shard < count;
      }),
    );
  });

  it('stays, or moves to a stack that is new, when the number of stacks doubles', () => {
    fc.assert(
      fc.property(anyShareId, fc.nat({ max: 6 }), (id, power) => {
        const count = 2 ** power;
        return [shardOf(id, count), shardOf(id, count) + count].includes(shardOf(id, 2 * count));
      }),
    );
  });

  it('never becomes an earlier one as the owner’s shares grow in number', () => {
    fc.assert(
      fc.property(anyShareId, fc.nat({ max: 10_000 }), fc.nat({ max: 10_000 }), (id, one, more) => {
        return shardOf(id, shardCount(one)) <= shardOf(id, shardCount(one + more));
      }),
    );
  });
});

describe('the number of stacks', () => {
  it('is a power of two, only grows, and holds so many shares each on average', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20_000 }), (sharesEver) => {
        const count = shardCount(sharesEver);
        expect(Number.isInteger(Math.log2(count))).toBe(true);
        expect(shardCount(sharesEver + 1)).toBeGreaterThanOrEqual(count);
        expect(sharesEver / count).toBeLessThanOrEqual(SHARES_PER_STACK);
      }),
    );
    expect([shardCount(0), shardCount(200), shardCount(201), shardCount(401)]).toEqual([1, 1, 2, 4]);
  });
});

describe('an owner that shares with 382 councils under one agreement', () => {
  /** Ids and agreements as long as the register allows, so that nothing real makes larger templates. */
  const council = (index: number) => `metropolitan-borough-${String(index).padStart(3, '0')}`;
  const councils = Array.from({ length: 382 }, (_, index) => council(index));
  const addCouncils: Edit[] = councils.map((id, index) => {
    const account = String(200_000_000_000 + index);
    return copy('organisations/fife.yaml', id, {
      name: `Council ${index}`,
      identifiers: [],
      account,
      // External recipients make the smallest stacks, and are the only ones that a key policy grows with.
      membership: 'external',
      custody: undefined,
      mayDeposit: undefined,
      mayCollect: [`arn:aws:iam::${account}:role/environment/air-quality-analyst`],
    });
  });
  const files = edited(
    SAMPLE,
    ...addCouncils,
    copy('agreements/air-quality-readings.yaml', 'hourly-readings-of-the-quality-of-the-air-in-bel', {
      recipients: councils,
    }),
  );
  const isOfBelfast = ({ name }: { readonly name: string }) =>
    /^Organisation-belfast(?:-shares-\d+)?$/.test(name);

  let large: Sample;
  beforeAll(() => {
    large = synthesised({ files });
  }, 60_000);

  it('has every share in exactly one of its stacks', () => {
    const expected = sharesOf(large.register, AS_OF)
      .filter(isLive)
      .filter(({ owner }) => owner.id === 'belfast')
      .map(({ id }) => id);
    const found = large.stacks
      .filter(isOfBelfast)
      .flatMap((stack) => ofType(stack, 'AWS::S3::AccessPoint').map((each) => each.Properties?.Name));
    expect(found.sort()).toEqual(expected.sort());
    expect(found.length).toBeGreaterThan(380);
  });

  it('has stacks within every limit, by a good margin', () => {
    // Externals are what the policies above accounts grow with; their own tests say how many there may be. What the baseline
    // makes in each account is the same whatever is shared.
    const { fullest } = headroomOf(large.stacks.filter(({ name }) => !/^(?:Guardrails|Baseline)/.test(name)));
    expect(fullest.map((use) => [use.limit, fullness(use) < 0.85])).toEqual(
      fullest.map(({ limit }) => [limit, true]),
    );
  });

  it('has further stacks that hold access points only, in the owner’s account', () => {
    const [main, ...further] = large.stacks.filter(isOfBelfast);
    expect(main?.name).toBe('Organisation-belfast');
    expect(further.length).toBe(shardCount(385) - 1);
    for (const { account, resources } of further) {
      expect(account).toBe(main?.account);
      expect([...new Set(Object.values(resources).map(({ Type }) => Type))]).toEqual([
        'AWS::S3::AccessPoint',
      ]);
    }
  });

  it('deploys them in order, the one with the bucket first', () => {
    const { artifacts } = JSON.parse(readFileSync(join(large.folder, 'manifest.json'), 'utf8')) as {
      artifacts: Record<string, { dependencies?: string[] }>;
    };
    const names = large.stacks.filter(isOfBelfast).map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      const dependencies = (artifacts[name]?.dependencies ?? []).filter((each) =>
        isOfBelfast({ name: each }),
      );
      expect(dependencies).toEqual(index === 0 ? [] : [names[index - 1]]);
    }
  });

  it('moves none of them when some end: shares of the past count as well', () => {
    const ended = { ends: '2026-11-30', review: '2026-11-30' };
    const later = registerOf(edited(files, set('agreements/air-quality-readings.yaml', ended)));
    const ofBelfast = sharesOf(later, AS_OF).filter(({ owner }) => owner.id === 'belfast');
    expect(ofBelfast.filter(isLive)).toHaveLength(382);
    expect(shardCount(ofBelfast.length)).toBe(shardCount(385));
  });
});
