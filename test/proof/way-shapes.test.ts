/** That of ways of one shape the groups are of the same shapes in turn and cover as many: so what was asked of one is known of all. */
import { type World, worldOf } from '../../lib/assembly';
import { Askers } from '../../lib/proof/askers';
import { Entitlements } from '../../lib/proof/entitlement/entitlements';
import { groupsOf, seenFrom } from '../../lib/proof/groups';
import { Shapes } from '../../lib/proof/shape';
import { Speller } from '../../lib/proof/spelling';
import { everyWay } from '../../lib/proof/ways';
import { all, changed, type Json, sample } from './world';

interface Shaped {
  readonly owner: string | undefined;
  readonly kind: string;
  readonly shape: string | undefined;
  readonly groups: string;
}

/** Of each way its shape, and of its groups how many accounts each covers and of which shape it is. */
function shapesIn(world: World): Shaped[] {
  const askers = new Askers(world);
  const entitlements = new Entitlements(world);
  const shapes = new Shapes(new Speller(world.register));
  return [...everyWay(world)].map(({ way, owner, keyArn, readers }) => {
    const { account, kind } = way.target;
    const shares = kind === 'role' ? [] : entitlements.sharesOf(account);
    const of = {
      owner,
      keyArn,
      isActive: entitlements.isActive(owner),
      awsOrganization: askers.organizationOf(account),
    };
    const seen = seenFrom(way, owner, shares, askers, readers);
    const groups = groupsOf(seen, askers).map((each) => [each.covers, shapes.of({ ...of, ...each })]);
    const shape = shapes.ofWay(seen, of, askers);
    return { owner: owner?.id, kind, shape, groups: JSON.stringify(groups) };
  });
}

const WORLDS: readonly (readonly [string, () => World])[] = [
  ['the sample', () => worldOf(sample())],
  [
    'one whose key names an account more',
    () =>
      worldOf(
        changed('Organisation-cardiff', (resources: Record<string, Json>) => {
          all(resources, 'AWS::KMS::Key')[0]?.Properties.KeyPolicy.Statement.push({
            Sid: 'NoMore',
            Effect: 'Deny',
            Principal: { AWS: 'arn:aws:iam::200000000007:root' },
            Action: ['kms:*'],
            Resource: '*',
          });
        }),
      ),
  ],
  [
    'one in which keys that are alike have grants for other days',
    () => {
      const world = worldOf(sample());
      const alike = world.register.organisations.filter(({ id }) => ['fife', 'cardiff'].includes(id));
      const grants = world.keys
        .flatMap((each) => each.grants)
        .filter(({ grantee }) => !alike.some(({ account }) => grantee.includes(account)))
        .slice(0, 1);
      const turned = grants.map((each) => ({ ...each, from: each.until, until: each.from }));
      const given = new Map([
        ['Organisation-fife', grants],
        ['Organisation-cardiff', turned],
      ]);
      const keys = world.keys.map((key) => ({
        ...key,
        grants: given.get(key.place.slice(0, key.place.indexOf('/'))) ?? key.grants,
      }));
      return { ...world, keys };
    },
  ],
  [
    'one that has a role less',
    () => {
      const world = worldOf(sample());
      const isLeft = (arn: string) => !/:20000000000[37]:role\/concordat\/concordat-collect$/.test(arn);
      return { ...world, roles: world.roles.filter(({ arn }) => isLeft(arn)) };
    },
  ],
  [
    'those of which some may not act, and some name other people',
    () => {
      const world = worldOf(sample());
      const organisations = world.register.organisations.map((each, n) =>
        n % 3 === 0 ? each : { ...each, ...(n % 3 === 1 ? { leaves: '2026-01-01' } : { mayCollect: [] }) },
      );
      return { ...world, register: { ...world.register, organisations } };
    },
  ],
];

test.each(WORLDS)('ways of one shape have groups of the same shapes: %s', (_, made) => {
  const ways = shapesIn(made());
  const first = new Map<string, string>();
  const otherwise = ways.filter(({ shape, groups }) => {
    if (shape === undefined) return false;
    const known = first.get(shape) ?? groups;
    first.set(shape, known);
    return known !== groups;
  });
  expect(otherwise).toEqual([]);
  // Many are of one shape, or it would show nothing.
  expect(ways.length - first.size).toBeGreaterThan(20);
});

test('what a role may do with keys counts for the shapes of keys, and not for those of buckets', () => {
  const ways = shapesIn(
    worldOf(
      changed('Organisation-cardiff', (resources: Record<string, Json>) => {
        const [policy] = all(resources, 'AWS::IAM::Role').flatMap(
          ({ Properties }) => Properties.Policies ?? [],
        );
        policy?.PolicyDocument.Statement.push({
          Sid: 'More',
          Effect: 'Allow',
          Action: ['kms:Decrypt'],
          Resource: '*',
        });
      }),
    ),
  );
  // But for their names, the two are the same otherwise.
  const ofKind = (kind: string, id: string) =>
    ways
      .filter((each) => each.owner === id && each.kind === kind)
      .map(({ shape, groups }) => [shape, groups]);
  expect(ofKind('bucket', 'cardiff')).toEqual(ofKind('bucket', 'fife'));
  const [fife, cardiff] = [ofKind('key', 'fife'), ofKind('key', 'cardiff')];
  expect(fife.length).toBeGreaterThan(1);
  for (const [n, [shape, groups]] of fife.entries()) {
    expect(cardiff[n]?.[0]).not.toBe(shape);
    expect(cardiff[n]?.[1]).not.toBe(groups);
  }
});
