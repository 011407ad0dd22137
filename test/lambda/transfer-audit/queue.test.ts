/** That a message stands by itself, that no more is begun than there is time for, and that what happens is in the log. */

import { gzipSync } from 'node:zlib';
import { parseEnvironment } from '../../../lambda/transfer-audit/environment';
import { EnvironmentError } from '../../../lib/runtime';
import { originOf } from '../../../lib/transfers/ocsf';
import {
  assumed,
  collect,
  DWP,
  deposit,
  INDEX,
  noise,
  onKey,
  record,
  STRANGER,
  verdict,
} from '../../transfers/trail-records';
import { logFile, logKey, sha256, World } from './world';

const three = [1, 2, 3].map((n) => logKey(n));

function worldOfThree(): World {
  const world = new World();
  for (const [n, key] of three.entries())
    world.land(key, logFile([deposit({ id: `d${n}`, key: `agreements/benefit-awards/${n}` })]));
  return world;
}

describe('a batch of messages', () => {
  it('has only those again that failed', async () => {
    const world = worldOfThree();
    const open = world.open.bind(world);
    world.open = async (bucket, key) => {
      if (key === three[1])
        throw Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' });
      return open(bucket, key);
    };
    expect(await world.deliver(three)).toEqual([three[1]]);
    expect([...world.staged.keys()].filter((id) => id.endsWith('#deposited'))).toEqual([
      'd0#deposited',
      'd2#deposited',
    ]);
    expect(world.told('failed')).toMatchObject([{ error: 'SlowDown: Please reduce your request rate.' }]);
    expect(world.metric('Unreadable')).toEqual([0]);
  });

  it('is not begun where there is no time left', async () => {
    const world = worldOfThree();
    world.timeLeft = 20_000;
    expect(await world.deliver(three)).toEqual(three);
    world.timeLeft = 300_000;
    expect(await world.deliver(three)).toEqual([]);
  });

  it('fails a file of which one record can’t be read, and takes in the others', async () => {
    const world = new World();
    world.land(
      logKey(1),
      logFile([deposit({ id: 'a' }), { ...deposit(), eventTime: 'noon' }, collect({ id: 'b' })]),
    );
    expect(await world.deliver([logKey(1)])).toEqual([logKey(1)]);
    expect([...world.staged.keys()]).toEqual(expect.arrayContaining(['a#deposited', 'b#collected']));
    expect(world.told('unreadable-file')).toMatchObject([
      { reason: expect.stringContaining('has no eventTime') },
    ]);
    expect(world.logFiles.size).toBe(0);
  });

  it('passes over records of a category that is not known, with a note, and takes in the others', async () => {
    const world = new World();
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aggregated-events.html
    const aggregated = {
      eventVersion: '1.0',
      accountId: DWP,
      eventId: '62759c1a-6248-48e1-a6b3-d5fb7e6c4bc0',
      eventCategory: 'Aggregated',
      eventType: 'AwsAggregatedEvent',
      awsRegion: 'eu-west-2',
      eventSource: 's3.amazonaws.com',
      timeWindow: {
        windowStart: '2026-10-01T12:00:00Z',
        windowEnd: '2026-10-01T12:05:00Z',
        windowSize: 'PT5M',
      },
      summary: { primaryDimension: { dimension: 'eventName', statistics: [], aggregationType: 'Count' } },
    };
    const ofNextYear = { ...deposit({ id: 'x' }), eventCategory: 'Pondered' };
    const insight = { eventCategory: 'Insight', eventID: 'i', insightDetails: {} };
    world.land(logKey(1), logFile([aggregated, deposit({ id: 'a' }), aggregated, ofNextYear, insight]));
    expect(await world.deliver([logKey(1)])).toEqual([]);
    expect([...world.staged.keys()].slice(1)).toEqual(['a#deposited']);
    expect(world.told('unknown-category')).toMatchObject([
      { category: 'Aggregated', records: 2, key: logKey(1) },
      { category: 'Pondered', records: 1 },
    ]);
    expect(world.metric('Unreadable')).toEqual([0]);
    expect(world.logFiles.size).toBe(1);
  });

  it('alarms of a threat that the scan found, and not of one that somebody else wrote', async () => {
    const world = new World();
    world.land(
      logKey(1),
      logFile([verdict('THREATS_FOUND'), verdict('THREATS_FOUND', { by: assumed(DWP, 'admin') })]),
    );
    await world.deliver([logKey(1)]);
    expect([world.metric('ThreatsFound'), world.metric('Violations')]).toEqual([[1], [1]]);
  });

  it('says how late what it staged was', async () => {
    const world = worldOfThree();
    await world.deliver(three);
    expect([world.metric('Staged'), world.metric('LagSeconds')]).toEqual([[3], [600]]);
  });

  it('alarms of a violation once, and again where the run before may have ended between the entry and the alarm', async () => {
    const world = new World();
    world.land(logKey(1), logFile([collect({ by: assumed(STRANGER, 'x') })]));
    await world.deliver([logKey(1)]);
    await world.deliver([logKey(1)]);
    expect(world.metric('Violations')).toEqual([1]);
    await world.deliver([logKey(1)], '2');
    expect(world.metric('Violations')).toEqual([1, 1]);
  });
});

describe('a change that could silence alarms and logs', () => {
  const ZONE = '100000000002';
  const key = (name: string, account: string, more: object = {}) =>
    onKey(
      name,
      {},
      {
        resources: [
          {
            accountId: account,
            type: 'AWS::KMS::Key',
            ARN: `arn:aws:kms:eu-west-2:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
          },
        ],
        recipientAccountId: account,
        ...more,
      },
    );
  const management = (source: string, eventName: string, requestParameters: object, account = ZONE) =>
    record({
      eventSource: `${source}.amazonaws.com`,
      eventName,
      requestParameters,
      managementEvent: true,
      eventCategory: 'Management',
      userIdentity: assumed(account, 'admin'),
      recipientAccountId: account,
    });
  const table = `arn:aws:dynamodb:eu-west-2:${ZONE}:table/concordat-staging`;
  const topicArn = `arn:aws:sns:eu-west-2:${ZONE}:concordat-alerts`;
  const deployer = { ...assumed(ZONE, 'x'), invokedBy: 'cloudformation.amazonaws.com' };
  const staged = async (value: { [key: string]: unknown }) => {
    const world = new World();
    world.index = { ...INDEX, zone: ZONE };
    world.land(logKey(1), logFile([value]));
    expect(await world.deliver([logKey(1)])).toEqual([]);
    const kinds = (world.entries() as never as { metadata: { event_code: string } }[]).map(
      ({ metadata }) => metadata.event_code,
    );
    return {
      kinds: kinds.slice(1),
      alarms: world.metric('SilencingChanges').length,
      told: world.told('silencing-change'),
    };
  };

  it.each([
    ['a key of the operator that is disabled', key('DisableKey', ZONE), 'key-state-changed'],
    ['a key of a member that is to be deleted', key('ScheduleKeyDeletion', DWP), 'key-state-changed'],
    [
      'the policy of a table',
      management('dynamodb', 'PutResourcePolicy', { resourceArn: table }),
      'policy-changed',
    ],
    [
      'a table that is deleted by its name',
      management('dynamodb', 'DeleteTable', { tableName: 'concordat-staging' }),
      'policy-changed',
    ],
    ['the policy of a topic', management('sns', 'SetTopicAttributes', { topicArn }), 'policy-changed'],
    [
      'a topic of a member',
      management('sns', 'DeleteTopic', { topicArn: topicArn.replace(ZONE, DWP) }, DWP),
      'policy-changed',
    ],
  ])('is an entry and an alarm: %s', async (_, value, kind) => {
    const found = await staged(value);
    expect(found).toMatchObject({ kinds: [kind], alarms: 1 });
    expect(found.told[0]).toMatchObject({ level: 'ERROR', security: true, kind });
  });

  it.each([
    [
      'a policy that a deployment sets',
      { ...management('dynamodb', 'PutResourcePolicy', { resourceArn: table }), userIdentity: deployer },
      ['policy-changed'],
    ],
    ['a key that rotates', key('RotateKey', ZONE), ['key-state-changed']],
    ['a refusal', key('DisableKey', ZONE, { errorCode: 'AccessDenied' }), ['denied']],
    [
      'a table of somebody else’s',
      management('dynamodb', 'PutResourcePolicy', {
        resourceArn: `${table.replace('concordat-', 'other-')}`,
      }),
      [],
    ],
    ['a key of an account that is no part of it', key('DisableKey', STRANGER), []],
    ['a grant on a key of the operator, which AWS makes', key('CreateGrant', ZONE), []],
  ])('is no alarm: %s', async (_, value, kinds) => {
    expect(await staged(value)).toMatchObject({ kinds, alarms: 0 });
  });
});

describe('an entry', () => {
  const CONTENT = 64 * 1024 * 1024;
  /** A file that is read as it comes, with so many collections in it. */
  const large = (collections: number) => {
    const padding = Array.from({ length: 70 }, () => ({ ...noise(), padding: 'x'.repeat(1024 * 1024) }));
    return {
      Records: [...padding, ...Array.from({ length: collections }, (_, n) => collect({ id: `large-${n}` }))],
    };
  };
  const origins = (world: World) =>
    world
      .entries()
      .map(originOf)
      .filter((each) => each !== undefined);

  it('names the file that it comes from, with the hash that CloudTrail’s digest has of it', async () => {
    const world = new World();
    const records = [collect({ id: 'one' }), deposit({ id: 'two' })];
    world.land(logKey(1), logFile(records));
    await world.deliver([logKey(1)]);
    const file = logKey(1).replace('AWSLogs/o-example0000/', '');
    const hash = sha256(JSON.stringify({ Records: records }));
    expect(origins(world)).toEqual(['one', 'two'].map((eventId) => ({ file, eventId, sha256: hash })));
  });

  it.each([3, 2_500])(
    'of %d from a file too large to be read as a whole names it by its hash too',
    async (count) => {
      const world = new World();
      const text = JSON.stringify(large(count));
      expect(text.length).toBeGreaterThan(CONTENT);
      world.land(logKey(1), gzipSync(text, { level: 1 }));
      expect(await world.deliver([logKey(1)])).toEqual([]);
      expect(origins(world)).toHaveLength(count);
      expect(new Set(origins(world).map((each) => each.sha256))).toEqual(new Set([sha256(text)]));
    },
  );

  it('from a file that is cut short is not lost, and claims no hash', async () => {
    const world = new World();
    const whole = gzipSync(JSON.stringify(large(2_500)), { level: 1 });
    world.land(logKey(1), whole.subarray(0, whole.length - 9));
    expect(await world.deliver([logKey(1)])).toEqual([logKey(1)]);
    expect(origins(world).length).toBeGreaterThan(2_000);
    expect(new Set(origins(world).map((each) => each.sha256))).toEqual(new Set([undefined]));
  });
});

describe('a sweep', () => {
  const later = async () => {
    const world = worldOfThree();
    await world.deliver(three);
    world.time += 5 * 86_400_000;
    return world;
  };
  const reports = (world: World) => [...world.staged.keys()].filter((id) => id.endsWith('#not-collected'));

  it('tells each owner once of what nobody collected', async () => {
    const world = await later();
    expect(await world.invoke({ action: 'sweep' })).toEqual({ reviewed: 3, left: false });
    await world.invoke({ action: 'sweep' });
    expect(reports(world)).toHaveLength(6);
    expect(world.metric('NonDelivery').at(-2)).toBe(6);
    expect(world.metric('NonDelivery').at(-1)).toBe(0);
  });

  it('does what it can where one transfer fails, and then fails itself', async () => {
    const world = await later();
    const marksOf = world.marksOf.bind(world);
    world.marksOf = async (object) => {
      if (object.endsWith('/1')) throw new Error('gone');
      return marksOf(object);
    };
    await expect(world.invoke({ action: 'sweep' })).rejects.toThrow('1 failed of 3 reviews');
    expect(reports(world)).toHaveLength(4);
  });

  it('leaves to the next what there is no time for', async () => {
    const world = await later();
    world.timeLeft = 5_000;
    expect(await world.invoke({ action: 'sweep' })).toEqual({ reviewed: 0, left: true });
    world.timeLeft = 300_000;
    await world.invoke({ action: 'sweep' });
    expect(reports(world)).toHaveLength(6);
  });
});

describe('the environment', () => {
  it('is refused with everything that is wrong at once', () => {
    expect(() => parseEnvironment({ INDEX_FILE: 'index.json' })).toThrow(EnvironmentError);
    expect(() => parseEnvironment({ INDEX_FILE: 'index.json' })).toThrow(
      /AWS_REGION is not set.*INDEX_FILE is 'index\.json': set it to the absolute path.*STAGING_TABLE.*TRANSFERS_TABLE.*LEDGER_BUCKET/,
    );
  });
});
