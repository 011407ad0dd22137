/**
 * That SNS is asked as its API is documented, by AWS’s own client, once; and that each of its answers is taken for what it means: against a
 * server on this machine that answers as the documentation says.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Notice } from '../../../lambda/notices/ports';
import { SnsPost } from '../../../lambda/notices/sns-post';
import { clientSettings } from '../../../lib/runtime';
import { goldenIn } from '../../golden';
import { LETTERS } from './world';

const golden = goldenIn(__dirname);
const TOPIC = 'arn:aws:sns:eu-west-2:100000000002:concordat-notices-01f0560e27c1';
const [inbox] = LETTERS.inboxes;
const NOTICE: Notice = {
  reference: 'concordat/event-1/reminder/adult-safeguarding',
  kind: 'reminder',
  mailbox: inbox?.mailbox ?? '',
  personalisation: {
    inbox: 'Adult safeguarding',
    organisation: 'Department for Work and Pensions',
    deadline: '6 December 2026 at 9am',
  },
  object: 'bucket/agreements/safeguarding-letters/adult-safeguarding/about.jane.doe@dwp.invalid.eml',
  mark: 'mark',
  due: 0,
  lapses: 1,
};
const NOT_DELIVERED: Notice = {
  ...NOTICE,
  reference: 'concordat/event-1/notDelivered/vulnerable-customers',
  kind: 'notDelivered',
  personalisation: {
    agreement:
      '“Letters about adults at risk” between Department for Work and Pensions and Leeds City Council',
    transfer: 'version-1',
    state: 'not read in time',
  },
};

const LISTED = [
  {
    ...LETTERS,
    inboxes: LETTERS.inboxes.map((each) => ({ ...each, topic: TOPIC })),
    own: LETTERS.own.map((each) => ({ ...each, topic: `${TOPIC.slice(0, -12)}9dde55912052` })),
  },
];

let server: Server;
let endpoint: string;
let asked: URLSearchParams[];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      asked.push(new URLSearchParams(text));
      answer(response);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
});

const xml = (status: number, body: string) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
const YES = xml(
  200,
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>',
);
const errs = (status: number, code: string) =>
  xml(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${NOTICE.mailbox}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  );
const post = () =>
  new SnsPost(
    new SNSClient({
      ...clientSettings('eu-west-2', { asksAgain: 'function', seconds: 5 }),
      endpoint,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    }),
    LISTED,
  );

test.each([NOTICE, { ...NOTICE, kind: 'waits' as const }, NOT_DELIVERED])(
  'a notice is published to the topic of its mailbox, in the words of the template and without a name of a person or a file',
  async (notice) => {
    answer = YES;
    expect(await post().send(notice)).toEqual({ outcome: 'accepted' });
    expect(asked.map((each) => [each.get('Action'), each.get('TopicArn')])).toEqual([['Publish', TOPIC]]);
    const subject = asked[0]?.get('Subject') ?? '';
    // As SNS takes it.
    expect(subject).toMatch(/^[A-Za-z][\x20-\x7e]{0,99}$/);
    const text = asked[0]?.get('Message') ?? '';
    golden(`by-sns-${notice.kind}.txt`, `${subject}\n\n${text}`);
    expect(`${subject}${text}`).not.toMatch(/jane|\.eml|@/);
  },
);

test('what has no topic is not published', async () => {
  answer = YES;
  expect((await post().send({ ...NOTICE, mailbox: 'else@else.example' })).outcome).toBe('refused');
  expect(asked).toEqual([]);
});

test.each<[string, typeof YES, string, string]>([
  ['a limit', errs(429, 'ThrottledException'), 'takes-none', '429 ThrottledException'],
  ['a limit by its name', errs(400, 'Throttling'), 'takes-none', '400 Throttling'],
  ['a right that is missing', errs(403, 'AuthorizationError'), 'refused', '403 AuthorizationErrorException'],
  ['a topic that is not there', errs(404, 'NotFound'), 'refused', '404 NotFoundException'],
  ['a key that it may not use', errs(400, 'KMSAccessDenied'), 'refused', '400 KMSAccessDeniedException'],
  ['a fault of its own', errs(500, 'InternalError'), 'unknown', '500 InternalErrorException'],
  [
    'a yes without an id',
    xml(200, '<PublishResponse><PublishResult></PublishResult></PublishResponse>'),
    'unknown',
    'SNS said yes, and gave no id',
  ],
])('%s, and it is asked once', async (_what, answers, outcome, why) => {
  answer = answers;
  expect(await post().send(NOTICE)).toEqual({ outcome, why });
  expect(asked).toHaveLength(1);
});

// The client gives what Node throws as it is, where both are of one realm, which they are not here.
test.each([
  ['a line that is cut', 'ECONNRESET', 'unknown'],
  ['no answer in time', 'ETIMEDOUT', 'unknown'],
  ['where nothing listens', 'ECONNREFUSED', 'takes-none'],
  ['where there is no such name', 'ENOTFOUND', 'takes-none'],
])('%s', async (_what, code, outcome) => {
  const send = async () => {
    throw Object.assign(new Error(`connect ${code} ${NOTICE.mailbox}`), { code });
  };
  expect(await new SnsPost({ send }, LISTED).send(NOTICE)).toEqual({ outcome, why: code });
});

test('no mailbox gets more than ten e-mails in any second, and one waits for no other’s', async () => {
  let now = 1_000;
  const sent: (readonly [number, string | undefined])[] = [];
  const client = {
    send: async ({ input }: { readonly input: { readonly TopicArn?: string } }) => {
      sent.push([now, input.TopicArn]);
      now += 5;
      return { MessageId: 'm' };
    },
  };
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const paced = new SnsPost(client as never, LISTED, clock);
  const [own] = LETTERS.own;
  const both = [NOTICE, { ...NOT_DELIVERED, mailbox: own?.mailbox ?? '' }];
  for (let n = 0; n < 40; n += 1) for (const notice of both) await paced.send(notice);
  for (const [from, topic] of sent) {
    const within = sent.filter(([at, other]) => other === topic && at >= from && at < from + 1_000);
    // Another run may be under way, and do the same.
    expect(2 * within.length).toBeLessThanOrEqual(10);
  }
  expect(sent).toHaveLength(80);
  expect(now).toBeLessThan(1_000 + 40 * 260);
});

test('it keeps no references, and never says that it has one', async () => {
  expect(await post().has()).toBe('unknown');
});

test('a list without topics, as it is where Notify tells, is refused', () => {
  expect(() => SnsPost.of('eu-west-2', [LETTERS])).toThrow(/names mailboxes without topics/);
});
