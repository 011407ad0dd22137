/**
 * That GOV.UK Notify is asked as its API is documented, by its own client, and that each of its answers is taken for what it means:
 * against a server on this machine that answers as the documentation says.
 * https://docs.notifications.service.gov.uk/rest-api.html
 */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotifyPost } from '../../../lambda/notices/notify-post';
import type { Notice } from '../../../lambda/notices/ports';

const SERVICE = '26785a09-ab16-4eb0-8407-a37497a57506';
const SECRET = '3d844edf-8d35-48ac-975b-e847b4f122b0';
const API_KEY = `concordat-live-${SERVICE}-${SECRET}`;
const TEMPLATES = {
  waits: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
  reminder: '2f0d5b0e-3b4c-4b0a-9a52-5a3b3a0c7a11',
  notDelivered: '9c1b7f9e-58d7-4f0a-8f42-0f6f3e5d2b77',
};
const NOTICE: Notice = {
  reference: 'concordat/event-1/reminder/adult-safeguarding',
  kind: 'reminder',
  mailbox: 'adult-safeguarding@leeds.example',
  personalisation: {
    inbox: 'Adult safeguarding',
    organisation: 'Department for Work and Pensions',
    deadline: '6 December 2026 at 9am',
  },
  object: 'bucket/key',
  mark: 'mark',
  due: 0,
  lapses: 1,
};

interface Asked {
  readonly method: string | undefined;
  readonly url: string;
  readonly authorization: string;
  readonly body: unknown;
}

let server: Server;
let endpoint: string;
let asked: Asked[];
let answer: (response: ServerResponse, asked: Asked) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const one: Asked = {
        method: request.method,
        url: request.url ?? '',
        authorization: request.headers.authorization ?? '',
        body: text === '' ? undefined : JSON.parse(text),
      };
      asked.push(one);
      answer(response, one);
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

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

function says(status: number, body: unknown, headers: Record<string, string> = {}): typeof answer {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
const errs = (status: number, error: string, message: string) =>
  says(status, { status_code: status, errors: [{ error, message }] });
const ACCEPTED = {
  id: '740e5834-3a29-46b4-9a6f-16142fde533a',
  reference: NOTICE.reference,
  content: {
    subject: 'A reminder',
    body: 'A message still waits',
    from_email: 'concordat@notifications.service.gov.uk',
  },
  uri: 'https://api.notifications.service.gov.uk/v2/notifications/740e5834-3a29-46b4-9a6f-16142fde533a',
  template: {
    id: TEMPLATES.reminder,
    version: 1,
    uri: 'https://api.notifications.service.gov.uk/v2/template/x',
  },
};
const post = (timeout = 5_000) =>
  new NotifyPost({ apiKey: API_KEY, templates: TEMPLATES, endpoint, timeout });

test('a notice is sent by its template, with its fields and its reference, signed by the key for its service', async () => {
  answer = says(201, ACCEPTED);
  expect(await post().send(NOTICE)).toEqual({ outcome: 'accepted' });
  const [one] = asked;
  expect(one).toMatchObject({
    method: 'POST',
    url: '/v2/notifications/email',
    body: {
      template_id: TEMPLATES.reminder,
      email_address: NOTICE.mailbox,
      personalisation: NOTICE.personalisation,
      reference: NOTICE.reference,
    },
  });
  const [head = '', claims = '', signature] = one?.authorization.replace(/^Bearer /, '').split('.') ?? [];
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ typ: 'JWT', alg: 'HS256' });
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    iss: SERVICE,
    iat: expect.any(Number),
  });
  expect(signature).toBe(createHmac('sha256', SECRET).update(`${head}.${claims}`).digest('base64url'));
});

test('a key with a line’s end after it, as editors leave one, is the key', async () => {
  answer = says(201, ACCEPTED);
  await new NotifyPost({ apiKey: `${API_KEY}\n`, templates: TEMPLATES, endpoint }).send(NOTICE);
  const [, claims = ''] = asked[0]?.authorization.split('.') ?? [];
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ iss: SERVICE });
});

test.each(['', 'not a key', `{"key":"${API_KEY}"}`, SECRET, `${SERVICE}-${SECRET}`])(
  'a secret that is no API key is refused before anybody is asked, and not shown: %s',
  (apiKey) => {
    expect(() => new NotifyPost({ apiKey, templates: TEMPLATES, endpoint })).toThrow(
      /^the secret holds no API key of GOV.UK Notify: put in the key as Notify shows it, and nothing else$/,
    );
  },
);

test.each<[string, typeof answer, string, string]>([
  [
    'the limit of a minute',
    errs(429, 'RateLimitError', 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds'),
    'takes-none',
    '429 RateLimitError',
  ],
  [
    'the limit of a day',
    errs(429, 'TooManyRequestsError', 'Exceeded send limits (250,000) for today'),
    'takes-none',
    '429 TooManyRequestsError',
  ],
  [
    'a key that it does not know',
    errs(403, 'AuthError', 'Invalid token: API key not found'),
    'takes-none',
    '403 AuthError',
  ],
  [
    'a clock that is off',
    errs(403, 'AuthError', 'Error: Your system clock must be accurate to within 30 seconds'),
    'takes-none',
    '403 AuthError',
  ],
  [
    'an address that this key may not send to',
    errs(400, 'BadRequestError', `Can't send to this recipient using a team-only API key ${NOTICE.mailbox}`),
    'refused',
    '400 BadRequestError',
  ],
  [
    'a field that the template wants and is not given',
    errs(400, 'BadRequestError', 'Missing personalisation: name'),
    'refused',
    '400 BadRequestError',
  ],
  ['a fault of its own', errs(500, 'Exception', 'Internal server error'), 'unknown', '500 Exception'],
  [
    'a page of something in between',
    (response) => response.writeHead(502).end('<html>Bad gateway</html>'),
    'unknown',
    '502',
  ],
  ['a yes without an id', says(201, {}), 'unknown', 'GOV.UK Notify said yes, and gave no id'],
  [
    'a way to somewhere else, which nobody goes',
    (response) => response.writeHead(302, { location: `${endpoint}/elsewhere` }).end(),
    'takes-none',
    '302',
  ],
  ['a line that is cut', (response) => response.destroy(), 'unknown', 'no answer (ECONNRESET)'],
])('%s', async (_what, answers, outcome, why) => {
  answer = answers;
  expect(await post().send(NOTICE)).toEqual({ outcome, why });
  expect(asked).toHaveLength(1);
});

test('no answer in time may be a notice that was sent', async () => {
  answer = () => {};
  expect(await post(50).send(NOTICE)).toMatchObject({ outcome: 'unknown' });
});

test('where nothing listens, nothing was sent', async () => {
  const nowhere = new NotifyPost({ apiKey: API_KEY, templates: TEMPLATES, endpoint: 'http://127.0.0.1:1' });
  expect(await nowhere.send(NOTICE)).toEqual({ outcome: 'takes-none', why: 'no answer (ECONNREFUSED)' });
});

test('a notice of the same reference is found among what was sent, and no other is taken for it', async () => {
  answer = says(200, { notifications: [{ ...ACCEPTED, type: 'email', status: 'delivered' }], links: {} });
  expect(await post().has(NOTICE.reference)).toBe(true);
  expect(asked[0]?.url).toBe(
    `/v2/notifications?template_type=email&reference=${encodeURIComponent(NOTICE.reference)}`,
  );
  expect(await post().has('concordat/event-2/reminder/adult-safeguarding')).toBe(false);
  answer = says(200, { notifications: [], links: {} });
  expect(await post().has(NOTICE.reference)).toBe(false);
});

test('where it does not say what it has sent, that is an error, which shows neither key nor address', async () => {
  answer = errs(403, 'AuthError', `Invalid token ${SECRET}`);
  const error = await post()
    .has(NOTICE.reference)
    .then(() => undefined)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'NoAnswerError',
    message: 'GOV.UK Notify does not say what it has sent: 403 AuthError',
  });
  expect(JSON.stringify(error) + String((error as Error).cause)).not.toMatch(
    new RegExp(`${SECRET}|Bearer|leeds`),
  );
});
