/**
 * That the team to whose inbox a message was written is told once it is released, where it can open it; that the sender’s own team is
 * told of what was rejected; and nobody of anything else.
 */
import fc from 'fast-check';
import { words } from '../../../lambda/release-gate/words';
import { GATE_TAG, MALWARE_CLEAN } from '../../../lib/names';
import type { GateList } from '../../../lib/wire';
import { goldenIn } from '../../golden';
import { type Kept, LIST, World } from './world';

const golden = goldenIn(__dirname);
const TOPIC = 'arn:aws:sns:eu-west-2:123456789012:concordat-inbox-0123456789ab-adult-safeguarding';
const OWN_TOPIC = 'arn:aws:sns:eu-west-2:123456789012:concordat-inbox-0123456789ab-vulnerable-customers--own';
const LETTERS: GateList = {
  ...LIST,
  agreements: [
    {
      id: 'letters',
      largestObject: 1_000,
      mediaTypes: ['message/rfc822', 'application/pdf'],
      until: '2027-04-01T00:00:00Z',
      collectWithinDays: 3,
      letters: {
        title: 'Letters about adults at risk',
        from: 'Department for Work and Pensions',
        to: 'Leeds City Council',
        inboxes: [{ id: 'adult-safeguarding', team: 'Adult safeguarding team', topic: TOPIC }],
        own: [{ id: 'vulnerable-customers', team: 'Vulnerable customers team', topic: OWN_TOPIC }],
        inForce: [{ from: '2026-06-01T00:00:00Z', until: '2027-04-01T00:00:00Z' }],
      },
      contract: { kind: 'none', reason: 'Letters, which no contract describes' },
    },
  ],
};
const LETTER = 'From: a@b.invalid\r\nDate: Mon, 5 Oct 2026 09:30:00 +0000\r\n\r\nDear team,\r\n';

async function after(
  key: string,
  text = LETTER,
  mediaType = 'message/rfc822',
  list: GateList = LETTERS,
): Promise<{ world: World; kept: Kept }> {
  const world = new World(list);
  const kept = world.deposit(`agreements/letters/${key}`, text, { mediaType });
  world.scan(kept, MALWARE_CLEAN);
  await world.deliver([world.verdict(kept, MALWARE_CLEAN)]);
  await world.deliver([world.verdict(kept, MALWARE_CLEAN)]);
  return { world, kept };
}

test('the team is told of a message that is released for its inbox, once, without what it says or by whom', async () => {
  const { world } = await after('adult-safeguarding/1@dwp.invalid.eml');
  expect(world.sent).toEqual([
    {
      ...words.waits({ inbox: 'Adult safeguarding team', from: 'Department for Work and Pensions', days: 3 }),
      topic: TOPIC,
    },
  ]);
  const [{ subject, text } = { subject: '', text: '' }] = world.sent;
  expect(`${subject}${text}`).not.toMatch(/Dear|@|\.eml/);
  expect(subject).toMatch(/^[ -~]{1,100}$/);
  golden('waits.txt', `${subject}\n\n${text}`);
});

describe('where the team cannot be told', () => {
  const refused = async (name: string) => {
    const world = new World(LETTERS);
    world.refusal = Object.assign(new Error('refused'), { name });
    const kept = world.deposit('agreements/letters/adult-safeguarding/1@dwp.invalid.eml', LETTER, {
      mediaType: 'message/rfc822',
    });
    world.scan(kept, MALWARE_CLEAN);
    await world.deliver([world.verdict(kept, MALWARE_CLEAN)]);
    return { world, kept };
  };

  test('the message is released all the same, and the failure is counted for the alarm', async () => {
    const { world, kept } = await refused('NotFoundException');
    expect(kept.tags.get(GATE_TAG)).toBe('released');
    expect(world.log).toContain('"Failures":1');
    expect(world.log).not.toMatch(/dwp\.invalid|Dear/);
  });

  test('what passes is waited for, and then the team is told and the message released', async () => {
    const { world, kept } = await refused('ThrottlingException');
    expect([kept.tags.get(GATE_TAG), world.sent]).toEqual([undefined, []]);
    world.refusal = undefined;
    await world.deliver([world.verdict(kept, MALWARE_CLEAN)]);
    expect([kept.tags.get(GATE_TAG), world.sent.length]).toEqual(['released', 1]);
  });
});

const DAY = 86_400_000;
const day = (n: number) =>
  `${new Date(Date.parse('2026-11-20') + n * DAY).toISOString().slice(0, 10)}T00:00:00Z`;
/** Of an agreement that is suspended, paused, awaiting approval or ended, the register leaves these runs of days. */
const runs = fc
  .uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 6 })
  .map((days) => days.toSorted((a, b) => a - b))
  .map((days) =>
    days.flatMap((from, n) => (n % 2 === 0 ? [{ from: day(from), until: day(days[n + 1] ?? 30) }] : [])),
  );

test('whatever breaks off an agreement, the team is told on exactly the days on which it can open the message', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (inForce) => {
      const [agreement] = LETTERS.agreements;
      if (agreement?.letters === undefined) throw new Error('there are no letters');
      const list = { ...LETTERS, agreements: [{ ...agreement, letters: { ...agreement.letters, inForce } }] };
      const { world, kept } = await after('adult-safeguarding/1@dwp.invalid.eml', LETTER, undefined, list);
      const now = new Date(world.time).toISOString();
      const opens = inForce.some(({ from, until }) => from <= now && now < until);
      expect([kept.tags.get(GATE_TAG), world.sent.length]).toEqual(['released', opens ? 1 : 0]);
    }),
  );
});

test('the sender’s own team is told of what is rejected, by its transfer, the agreement’s title and the other party’s name alone, beside the report’s readers', async () => {
  const { world, kept } = await after('adult-safeguarding/1@dwp.invalid.eml', 'name,age\r\n');
  const [report, own, ...others] = world.sent;
  expect([report?.topic, others]).toEqual([undefined, []]);
  expect(own).toEqual({
    ...words.notDelivered({
      why: 'rejected',
      title: 'Letters about adults at risk',
      to: 'Leeds City Council',
      version: kept.version,
    }),
    topic: OWN_TOPIC,
  });
  expect(`${own?.subject}${own?.text}`).not.toMatch(/@|\.eml|name,age/);
  expect(own?.subject).toMatch(/^[ -~]{1,100}$/);
  golden('not-delivered.txt', `${own?.subject}\n\n${own?.text.replace(kept.version, 'VERSION')}`);
});

test.each([
  ['THREATS_FOUND', 'infected'],
  ['UNSUPPORTED', 'unscannable'],
] as const)(
  'the sender’s own team is told of what the scan did not let through, as %s, and nobody else of anything',
  async (status, why) => {
    const world = new World(LETTERS);
    const kept = world.deposit('agreements/letters/adult-safeguarding/1@dwp.invalid.eml', LETTER, {
      mediaType: 'message/rfc822',
    });
    world.scan(kept, status);
    await world.deliver([world.verdict(kept, status)]);
    const told = {
      why,
      title: 'Letters about adults at risk',
      to: 'Leeds City Council',
      version: kept.version,
    };
    expect(world.sent).toEqual([{ ...words.notDelivered(told), topic: OWN_TOPIC }]);
    expect(kept.tags.get(GATE_TAG)).toBe(undefined);
    expect(world.sent[0]?.text).not.toMatch(/dwp\.invalid|Dear/);
    golden(`not-delivered-${why}.txt`, `${world.sent[0]?.text.replace(kept.version, 'VERSION')}`);
  },
);

test.each(['FAILED', 'ACCESS_DENIED'])(
  'a scan that came to nothing, %s, is told to no team',
  async (status) => {
    const world = new World(LETTERS);
    const kept = world.deposit('agreements/letters/adult-safeguarding/1@dwp.invalid.eml', LETTER, {
      mediaType: 'message/rfc822',
    });
    world.scan(kept, status);
    await world.deliver([world.verdict(kept, status)]);
    expect(world.sent).toEqual([]);
  },
);

test('nobody is told of malware in a file that is no letter, nor of a verdict that a later scan took back', async () => {
  const world = new World(LETTERS);
  const file = world.deposit('agreements/other/data.csv', 'a,b\r\n', { mediaType: 'text/csv' });
  world.scan(file, 'THREATS_FOUND');
  const letter = world.deposit('agreements/letters/adult-safeguarding/1@dwp.invalid.eml', LETTER, {
    mediaType: 'message/rfc822',
  });
  world.scan(letter, MALWARE_CLEAN);
  await world.deliver([world.verdict(file, 'THREATS_FOUND'), world.verdict(letter, 'THREATS_FOUND')]);
  expect(world.sent).toEqual([]);
});

test.each([
  [
    'a message for an inbox that the agreement does not have',
    'discharge-hub/1@dwp.invalid.eml',
    LETTER,
    undefined,
    0,
  ],
  ['a message in no inbox', '1@dwp.invalid.eml', LETTER, undefined, 0],
  ['a file', 'adult-safeguarding/plan.pdf', '%PDF-1.7', 'application/pdf', 0],
])('no team is told of %s', async (_what, key, text, mediaType, told) => {
  const { world } = await after(key, text, mediaType);
  expect(world.sent).toHaveLength(told);
  expect(JSON.stringify(world.sent)).not.toContain(TOPIC);
});
