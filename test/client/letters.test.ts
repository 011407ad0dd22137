/** `concordat deposit` of messages: each is looked at as the gate will, and lies in an inbox of the other party under its own id. */
import { depositCommand } from '../../lib/commands/delivery/deposit';
import { EXIT } from '../../lib/commands/terminal';
import type { Profile } from '../../lib/wire';
import { Desk, type Told } from './delivery-desk';
import { golden } from './golden';

const SAFEGUARDING = { id: 'adult-safeguarding', team: 'Adult safeguarding team' };
const DISCHARGE = { id: 'discharge-hub', team: 'Discharge hub' };
const HEAD = 'From: a@b.invalid\r\nDate: Mon, 5 Oct 2026 09:30:00 +0000\r\n';
const LETTER = `${HEAD}Message-ID: <a/1@dwp.invalid>\r\n\r\nDear team,\r\n`;
const KEY = 'agreements/benefit-rates/adult-safeguarding/a%2F1@dwp.invalid.eml';

/** A desk whose one agreement has inboxes. */
function desk(...writesTo: readonly (typeof DISCHARGE)[]): Desk {
  return new Desk('dwp', (profile) => ({
    ...profile,
    sends: profile.sends.map((each): Profile['sends'][number] => ({
      ...each,
      mediaTypes: ['message/rfc822', 'application/pdf'],
      ...(writesTo.length > 0 && { writesTo: [...writesTo] }),
    })),
  }));
}
const told: string[] = [];
async function deposit(title: string, from: Desk, ...words: readonly string[]): Promise<Told> {
  const outcome = await from.run(depositCommand(from.open), 'benefit-rates', ...words);
  told.push(
    `== ${title}, exit ${outcome.code}\n${outcome.out}${outcome.err === '' ? '' : `--\n${outcome.err}`}`,
  );
  return outcome;
}

test('a message lies in the one inbox there is, under its Message-ID, and a second time as a version of it', async () => {
  const from = desk(SAFEGUARDING);
  from.file('letter.eml', LETTER);
  const { code, out } = await deposit('one inbox', from, 'letter.eml');
  expect([code, [...from.s3.objects.keys()]]).toEqual([EXIT.clean, [KEY]]);
  expect(out).toContain(SAFEGUARDING.team);
  expect(from.s3.current(KEY)?.about?.mediaType).toBe('message/rfc822');
  from.file('copy of letter.eml', LETTER);
  await deposit('the same message', from, 'copy of letter.eml', '--json');
  expect(from.s3.objects.get(KEY)).toHaveLength(2);
});

test('one of several inboxes is to be named, and gets messages alone', async () => {
  const from = desk(SAFEGUARDING, DISCHARGE);
  from.file('letter.eml', LETTER);
  from.file('plan.pdf', '%PDF');
  const refused = [
    await deposit('none named', from, 'letter.eml'),
    await deposit('another named', from, 'letter.eml', '--inbox', 'discharge-hob'),
    await deposit('a file for an inbox', from, 'plan.pdf', '--inbox', 'discharge-hub'),
  ];
  expect([refused.map(({ code }) => code), from.s3.log]).toEqual([Array(3).fill(EXIT.findings), []]);
  const { code } = await deposit('one named', from, 'letter.eml', '--inbox', 'discharge-hub');
  expect([code, [...from.s3.objects.keys()]]).toEqual([
    EXIT.clean,
    [KEY.replace('adult-safeguarding', 'discharge-hub')],
  ]);
  await deposit('a file for nobody’s inbox', from, 'plan.pdf');
  expect(from.s3.current('agreements/benefit-rates/plan.pdf')).toBeDefined();
});

test('what the gate would reject is refused before anything is sent, with all that is against it', async () => {
  const from = desk(SAFEGUARDING);
  from.file('out/twice.eml', `${HEAD}From: c@d.invalid\r\n\r\nx`);
  from.file('out/table.eml', 'name,age\r\n');
  from.file('out/nameless.eml', `${HEAD}\r\nx`);
  const part = (type: string) => `--b\r\nContent-Type: ${type}\r\n\r\nx\r\n`;
  from.file(
    'out/attached.eml',
    `${HEAD}Message-ID: <1@b>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part('application/zip')}${part('application/pdf')}${part('image/png')}--b--\r\n`,
  );
  const { code } = await deposit('faulty messages', from, 'out');
  expect([code, from.s3.log]).toEqual([EXIT.findings, []]);
});

test('two files with one message are told, and none is sent', async () => {
  const from = desk(SAFEGUARDING);
  for (const name of ['out/a.eml', 'out/b.eml']) from.file(name, LETTER);
  const { code } = await deposit('a message twice', from, 'out');
  expect([code, from.s3.log]).toEqual([EXIT.findings, []]);
});

test('where there are no inboxes a message keeps its name, and an inbox cannot be named', async () => {
  const from = desk();
  from.file('letter.eml', LETTER);
  const { code } = await deposit('an inbox that nobody has', from, 'letter.eml', '--inbox', 'discharge-hub');
  expect(code).toBe(EXIT.findings);
  await deposit('no inbox', from, 'letter.eml');
  expect([...from.s3.objects.keys()]).toEqual(['agreements/benefit-rates/letter.eml']);
});

test('each is said in words that were read aloud', () => golden('letters.txt', told.join('\n')));
