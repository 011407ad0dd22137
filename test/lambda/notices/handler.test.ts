/**
 * The notifier as it is deployed: its bundle, in a process of its own, under Lambda’s Runtime API, against DynamoDB, Secrets Manager,
 * GOV.UK Notify and SNS on this machine.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { markKeyOf } from '../../../lib/transfers';
import { type DepositMark, type Mark, markText, noticeListText, spreadValue } from '../../../lib/wire';
import { BundledFunction } from '../function-process';
import { FakeAws } from '../transfer-audit/fake-aws';
import { DAY, HOUR, LETTERS, MINUTE } from './world';

jest.setTimeout(20_000);

const MOST_BUNDLE_BYTES = 800_000;
const SECRET = 'arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3';
const API_KEY = 'live-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0';
const TEMPLATES = {
  TEMPLATE_WAITS: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
  TEMPLATE_REMINDER: '2f0d5b0e-3b4c-4b0a-9a52-5a3b3a0c7a11',
  TEMPLATE_NOT_DELIVERED: '9c1b7f9e-58d7-4f0a-8f42-0f6f3e5d2b77',
};

/** AWS and Notify on one port. */
class Services extends FakeAws {
  readonly sent: { readonly template_id: string; readonly email_address: string }[] = [];
  secret = API_KEY;
  readonly published: URLSearchParams[] = [];
  /** Whether SNS takes what is published, and its answer is lost. */
  loses = false;
  readonly secretsAsked: unknown[] = [];

  protected override answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') {
      this.secretsAsked.push(JSON.parse(body.toString()).SecretId);
      return void json(200, { SecretString: this.secret });
    }
    const form = new URLSearchParams(body.toString());
    if (form.get('Action') === 'Publish') {
      this.published.push(form);
      return void (this.loses
        ? response.destroy()
        : response
            .writeHead(200, { 'content-type': 'text/xml' })
            .end(
              '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>',
            ));
    }
    if (request.url === '/v2/notifications/email') {
      this.sent.push(JSON.parse(body.toString()));
      return void json(201, { id: '740e5834-3a29-46b4-9a6f-16142fde533a' });
    }
    super.answer(request, body, response);
  }

  /** A letter that was released an hour ago. @param left how long there is to read it; it was sent two hours ago */
  keep(name: string, left = 5 * DAY): void {
    const object = `${LETTERS.bucket}/agreements/${LETTERS.agreement}/adult-safeguarding/${name}.eml`;
    const at = (before: number) => `${new Date(Date.now() - before).toISOString().slice(0, 19)}Z`;
    const deposit: DepositMark = {
      kind: 'deposited',
      id: name,
      time: at(2 * HOUR),
      agreement: LETTERS.agreement,
      owner: LETTERS.owner,
      recipients: [LETTERS.recipient],
      collectBy: at(-left),
      gated: true,
    };
    const released: Mark[] = [
      { kind: 'scanned', id: `${name}-s`, time: at(HOUR), scan: 'NO_THREATS_FOUND' },
      { kind: 'gated', id: `${name}-g`, time: at(HOUR), decision: 'released' },
    ];
    for (const mark of [deposit, ...released]) {
      const item = {
        object: { S: object },
        mark: { S: markKeyOf(mark) },
        about: { S: markText(mark) },
        ...(mark === deposit && { open: { S: spreadValue('open', object) }, due: { N: '1' } }),
      };
      this.dynamo.table('concordat-transfers').set(`${object}\n${item.mark.S}`, item);
    }
  }
}

const TOPIC = 'arn:aws:sns:eu-west-2:100000000002:concordat-notices-01f0560e27c1';
const bundled = new BundledFunction('notices');
const ALWAYS = { ...LETTERS, inForce: [{ from: '2026-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' }] };
const list = noticeListText([ALWAYS]);
const withTopic = (inboxes: typeof LETTERS.inboxes) => inboxes.map((each) => ({ ...each, topic: TOPIC }));
const listBySns = noticeListText([
  { ...ALWAYS, inboxes: withTopic(ALWAYS.inboxes), own: withTopic(ALWAYS.own) },
]);
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

it('has a bundle that is small, and holds no path of the machine that built it', () => {
  const { text } = bundled;
  expect(Buffer.byteLength(text)).toBeLessThan(MOST_BUNDLE_BYTES);
  expect(text).not.toContain(process.cwd());
});

bundled.underEachRunner((running) => {
  const aws = new Services();
  const start = (extra: Record<string, string> = {}, text = list) => {
    const file = join(bundled.folder, 'notices.json');
    writeFileSync(file, text);
    running.start(host, {
      AWS_ENDPOINT_URL_DYNAMODB: `http://${host}`,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://${host}`,
      AWS_ENDPOINT_URL_SNS: `http://${host}`,
      NOTIFY_ENDPOINT: `http://${host}`,
      LIST_FILE: file,
      LIST_SHA256: digestOf(list),
      TRANSFERS_TABLE: 'concordat-transfers',
      NOTICES_TABLE: 'concordat-notices',
      NOTIFY_KEY_AT: SECRET,
      ...TEMPLATES,
      ...extra,
    });
  };
  const startBySns = (text = listBySns) => {
    const none = Object.fromEntries(
      ['NOTIFY_KEY_AT', 'NOTIFY_ENDPOINT', ...Object.keys(TEMPLATES)].map((name) => [name, '']),
    );
    start({ ...none, LIST_SHA256: digestOf(text) }, text);
  };
  let host = '';
  beforeAll(async () => {
    host = await aws.start();
    start();
  });
  afterAll(async () => {
    await running.stop();
    await aws.stop();
  });

  it('reads the one secret, tells of each letter once, and says how many', async () => {
    for (const name of ['one', 'two', 'three']) aws.keep(name);
    for (const runs of [1, 2]) {
      const { outcome, body } = await aws.invoke({}, 120);
      expect([runs, outcome, body]).toEqual([runs, 'response', '{"failures":0}']);
    }
    expect(new Set(aws.secretsAsked)).toEqual(new Set([SECRET]));
    expect(aws.sent.map(({ template_id, email_address }) => [template_id, email_address])).toEqual(
      [1, 2, 3].map(() => [TEMPLATES.TEMPLATE_WAITS, 'adult-safeguarding@leeds.example']),
    );
    const kept = [...aws.dynamo.table('concordat-notices').values()];
    expect(kept.map(({ ending, unsent, due }) => [ending?.S, unsent, due])).toEqual(
      [1, 2, 3].map(() => ['sent', undefined, undefined]),
    );
    await running.wrote('"Sent":3');
    expect(running.output).not.toMatch(new RegExp(`${API_KEY.slice(-36)}|leeds\\.example|Bearer`));
  });

  it('with no key in the secret it tells nobody, fails, and shows nothing of what was in it', async () => {
    aws.secret = '{"password":"hunter2"}';
    aws.keep('four');
    const { outcome, body } = await aws.invoke({}, 120);
    expect([outcome, body]).toEqual(['error', expect.stringContaining('RunFailedError')]);
    await running.wrote('the secret holds no API key of GOV.UK Notify');
    expect(running.output).not.toContain('hunter2');
    expect(aws.sent).toHaveLength(3);
    aws.secret = `${API_KEY}\n`;
    expect((await aws.invoke({}, 120)).outcome).toBe('response');
    expect(aws.sent).toHaveLength(4);
  });

  it('with a list that was changed on its way it tells nobody', async () => {
    await running.stop();
    aws.disconnect();
    start({ LIST_SHA256: 'a'.repeat(64) });
    aws.keep('five');
    expect((await aws.invoke({}, 120)).outcome).toBe('error');
    await running.wrote('is not the one that was synthesised');
    expect(aws.sent).toHaveLength(4);
  });

  it('without a key it tells by SNS: of what waits nobody, of its deadline the team once, and no other service is asked', async () => {
    await running.stop();
    aws.disconnect();
    startBySns();
    const before = aws.secretsAsked.length;
    aws.keep('waiting');
    aws.keep('due', 30 * MINUTE);
    for (const runs of [1, 2]) {
      const { outcome, body } = await aws.invoke({}, 120);
      expect([runs, outcome, body]).toEqual([runs, 'response', '{"failures":0}']);
    }
    expect(aws.published.map((form) => [form.get('TopicArn'), form.get('Subject')])).toEqual([
      [TOPIC, 'Concordat: a message still waits for your team'],
    ]);
    expect([aws.sent.length, aws.secretsAsked.length]).toEqual([4, before]);
    const kept = aws.dynamo.table('concordat-notices').get('concordat/due/reminder/adult-safeguarding');
    expect(kept?.ending?.S).toBe('sent');
    await running.wrote('"action":"sent"');
    expect(running.output).not.toMatch(/leeds\.example/);
  });

  it('what SNS took without an answer is not published again', async () => {
    aws.loses = true;
    aws.keep('lost', 30 * MINUTE);
    expect((await aws.invoke({}, 120)).outcome).toBe('error');
    aws.loses = false;
    expect((await aws.invoke({}, 120)).outcome).toBe('response');
    expect(aws.published).toHaveLength(2);
  });

  it('without a key, and with a list as for GOV.UK Notify, it tells nobody', async () => {
    await running.stop();
    aws.disconnect();
    startBySns(list);
    expect((await aws.invoke({}, 120)).outcome).toBe('error');
    await running.wrote('names mailboxes without topics');
    expect(aws.published).toHaveLength(2);
  });
});
