/**
 * That under a reciprocal agreement each party reads what the other owns, by the owner’s own access point and grant, and nothing
 * else; and that the proof finds every small change of either side.
 */
import { openAssembly, worldOf } from '../../lib/assembly';
import { impliedShares } from '../../lib/proof';
import { findingsOf } from '../../lib/proof/findings';
import { linesOf } from '../../lib/proof/in-words';
import { prove } from '../../lib/proof/prove';
import { readBy, readersOf } from '../../lib/proof/readers';
import { Judge } from '../mutation/judge';
import { mutantsOf } from '../mutation/policies';
import { LETTERS_ID, letters } from '../register/letters';
import { synthesised } from '../stacks/sample-assembly';
import { changed } from './world';

const source = openAssembly(synthesised({ files: letters() }).folder);
const world = worldOf(source);
const shares = impliedShares(world.register, world.asOf).filter(({ agreement }) => agreement === LETTERS_ID);
const [toLeeds, toDwp] = ['leeds', 'dwp'].map((id) => shares.find(({ recipient }) => recipient.id === id));
const NOON = '2026-12-01T12:00:00Z';

test('the agreement implies a share of each party to the other, and the whole zone is proved', () => {
  expect(shares.map(({ owner, recipient }) => `${owner.id} to ${recipient.id}`)).toEqual([
    'dwp to leeds',
    'leeds to dwp',
  ]);
  expect(findingsOf(prove(world)).map((each) => linesOf(each).join('\n'))).toEqual([]);
});

test('an object of a party is read by the other alone, and who reads says so of each', () => {
  const [agreement] = world.register.agreements.filter(({ id }) => id === LETTERS_ID);
  if (agreement === undefined) throw new Error('the register has no letters');
  const reading = agreement.directions.map((direction) => [
    direction.owner,
    readersOf(world, agreement, direction, `agreements/${LETTERS_ID}/one.eml`, NOON).flatMap(
      ({ organisation, ways }) => (ways.length > 0 ? [organisation.id] : []),
    ),
  ]);
  expect(reading).toEqual([
    ['dwp', ['leeds']],
    ['leeds', ['dwp']],
  ]);
  const read = world.register.organisations.flatMap((reader) =>
    readBy(world, reader).map(({ owner, way }) => `${reader.id} ${way.share?.agreement} of ${owner.id}`),
  );
  expect(read.sort()).toEqual([
    'dwp safeguarding-letters of leeds',
    'leeds benefit-awards of dwp',
    'leeds safeguarding-letters of dwp',
  ]);
});

test('each access point is in the account of its owner, under a name of its own', () => {
  const points = world.buckets.flatMap(({ account, accessPoints }) =>
    accessPoints.map(({ name }) => `${account} ${name}`),
  );
  for (const share of [toLeeds, toDwp]) expect(points).toContain(`${share?.owner.account} ${share?.name}`);
  expect(toLeeds?.name).not.toBe(toDwp?.name);
});

test('every small change of what the second party shares back is found, or makes no difference', () => {
  const judge = new Judge(source);
  const mutants = mutantsOf(
    source,
    ({ sort, stack, id }) =>
      sort === 'access point' &&
      stack.name === 'Organisation-leeds' &&
      stack.resources[id ?? '']?.Properties?.Name === toDwp?.name,
  );
  expect(mutants.length).toBeGreaterThan(20);
  const alive = mutants
    .map((mutant) => ({ how: mutant.how, ...judge.judge(mutant) }))
    .filter(({ fate }) => fate === 'survived' || fate === 'not asked');
  expect(alive).toEqual([]);
});

test.each(['dwp', 'leeds'])('an access point that %s does not make is missed', (owner) => {
  const stack = `Organisation-${owner}`;
  const of = owner === 'dwp' ? toLeeds : toDwp;
  const without = changed(
    stack,
    (resources) => {
      for (const [id, each] of Object.entries(resources))
        if (each.Type === 'AWS::S3::AccessPoint' && each.Properties.Name === of?.name) delete resources[id];
    },
    source,
  );
  const found = findingsOf(prove(worldOf(without), new Set([String(of?.owner.account)])));
  expect(found.map((each) => linesOf(each).join('\n')).join('\n')).toContain(`missing: ${of?.recipient.id}`);
});

describe('a team is told by a topic in the account of whoever writes, and', () => {
  type Any = import('../compliance/judged-sample').Json;
  const topicsIn = (resources: object, type: string): Any[] =>
    Object.values<Any>(resources).filter(
      ({ Type, Properties }) => Type === type && JSON.stringify(Properties).toLowerCase().includes('inbox'),
    );
  const edited = (change: (resources: object) => void) =>
    findingsOf(prove(worldOf(changed('Organisation-dwp', change, source)))).map((each) =>
      linesOf(each).join('\n'),
    );

  test('its mailbox is the register’s', () => {
    const dwp = source.stacks.find(({ name }) => name === 'Organisation-dwp');
    expect(topicsIn(dwp?.resources ?? {}, 'AWS::SNS::Topic').map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({
        TopicName: expect.stringMatching(/^concordat-inbox-[0-9a-f]{12}-vulnerable-customers--own$/),
        Subscription: [{ Protocol: 'email', Endpoint: 'safeguarding-desk@dwp.example' }],
      }),
      expect.objectContaining({
        TopicName: expect.stringMatching(/^concordat-inbox-[0-9a-f]{12}-adult-safeguarding$/),
        Subscription: [{ Protocol: 'email', Endpoint: 'adult-safeguarding@leeds.example' }],
      }),
    ]);
  });

  test.each<[string, (resources: object) => void, RegExp]>([
    [
      'another that reads it',
      (resources) => {
        for (const { Properties } of topicsIn(resources, 'AWS::SNS::Topic'))
          Properties.Subscription.push({ Protocol: 'email', Endpoint: 'somebody@else.example' });
      },
      /set otherwise: .* has Subscription/,
    ],
    [
      'a topic that nobody can tell, since it is not there',
      (resources) => {
        for (const [id, each] of Object.entries<Any>(resources))
          if (/inbox/i.test(id) && each.Type.startsWith('AWS::SNS::'))
            delete (resources as Record<string, Any>)[id];
      },
      /missing: no template makes AWS::SNS::Topic concordat-inbox-/,
    ],
    [
      'a service that tells it',
      (resources) => {
        for (const { Properties } of topicsIn(resources, 'AWS::SNS::TopicPolicy'))
          Properties.PolicyDocument.Statement.push({
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: '*',
          });
      },
      /sns:Publish/i,
    ],
    [
      'a gate that tells any topic',
      (resources) => {
        const text = JSON.stringify(resources);
        expect(text).toContain('TellTeamsThatAMessageWaits');
        for (const { Type, Properties } of Object.values<Any>(resources))
          if (Type === 'AWS::IAM::Role')
            for (const { PolicyDocument } of Properties.Policies ?? [])
              for (const statement of PolicyDocument.Statement)
                if (statement.Sid === 'TellTeamsThatAMessageWaits')
                  statement.Resource = 'arn:aws:sns:eu-west-2:012345678901:concordat-inbox-*';
      },
      /sns:Publish/i,
    ],
  ])('%s is found', (_what, change, said) => {
    expect(edited(change).join('\n')).toMatch(said);
  });
});
