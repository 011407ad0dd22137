/** `concordat why`, run as it is typed. */
import { main } from '../../lib/commands/main';
import { synthesised } from '../stacks/sample-assembly';

let folder: string;
beforeAll(() => {
  folder = synthesised().folder;
});

async function run(...words: string[]) {
  let out = '';
  let err = '';
  const take = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const code = await main([...words, '--assembly', folder], { ...take, colour: false, cwd: folder });
  return { code, out, err };
}

test.each([
  'dwp',
  'arn:aws:s3:::concordat-exchange-100000000011-eu-west-2-an',
  'concordat-exchange-100000000011-eu-west-2-an',
])('leeds reads what is shared by %s, by these statements and grants', async (owner) => {
  const { code, out, err } = await run('why', 'leeds', owner);
  expect(out).toMatch(/^yes: leeds reads agreements\/housing-benefit-awards\/object of dwp/m);
  expect(out).toMatch(/'GetByLeedsUnderHousingBenefitAwards' of 'Organisation-dwp\//);
  expect(out).toMatch(/grant '[0-9a-f]{12}--leeds in /);
  expect(err).toMatch(/leeds can read what dwp shares/);
  expect(code).toBe(0);
});

test('who has no agreement cannot read, and the yes that is missing is named', async () => {
  const { code, out, err } = await run('why', 'fife', 'hmcts');
  expect(out).toMatch(/no yes from policy of the resource \('Organisation-hmcts\//);
  expect(out).toMatch(/no yes from grant/);
  expect(err).toMatch(/fife cannot read what hmcts shares/);
  expect(code).toBe(1);
});

test('the answer is there as data too', async () => {
  const { out } = await run('why', 'leeds', 'dwp', '--json');
  expect(JSON.parse(out)).toMatchObject({
    schema: 'concordat-why/v1',
    can: true,
    reader: 'leeds',
    owner: 'dwp',
  });
});

test('a name that nobody has is wrong usage, with the nearest that there is', async () => {
  const { code, err } = await run('why', 'leads', 'dwp');
  expect(err).toMatch(/did you mean leeds/);
  expect(code).toBe(2);
});

const COLLECT = 'arn:aws:iam::100000000022:role/concordat/concordat-collect';
const OBJECT = 'arn:aws:s3:::concordat-exchange-100000000011-eu-west-2-an/agreements/x/object';

test('one request is decided and held against the register', async () => {
  const { code, out, err } = await run(
    'why',
    '--as',
    COLLECT,
    '--action',
    's3:GetObject',
    '--resource',
    OBJECT,
  );
  expect(out).toMatch(
    /^as agreed: leeds \(role\/concordat\/concordat-collect\) cannot read \(s3:GetObject\) what is dwp’s, and nothing in the register lets it\n {2}on Organisation-dwp\/\w+ agreements\/x\/object\n/,
  );
  expect(out).toMatch(/no yes from policy of the resource/);
  expect(err).toMatch(/The request is implicitly denied\./);
  expect(code).toBe(1);
});

test.each<[string[], RegExp]>([
  [[], /why needs READER and OWNER, or --as, --action and --resource/],
  [['leeds'], /why needs READER and OWNER/],
  [['--as', COLLECT], /why has --as, and needs --action and --resource too/],
  [
    ['leeds', 'dwp', '--as', COLLECT, '--action', 's3:GetObject', '--resource', OBJECT],
    /either 'leeds' or --as/,
  ],
  [
    ['--as', COLLECT, '--action', 'read', '--resource', OBJECT],
    /'read' is not an action .* such as s3:GetObject/,
  ],
  [
    ['--as', COLLECT, '--action', 's3:GetObject', '--resource', 'arn:aws:s3:::another'],
    /--resource is 'arn:aws:s3:::another', which this assembly does not know/,
  ],
  [
    ['--as', 'leeds', '--action', 's3:GetObject', '--resource', OBJECT],
    /--as is 'leeds', which this assembly does not know: give the ARN of a role/,
  ],
  [
    ['--as', COLLECT, '--action', 's3:GetObject', '--resource', OBJECT, '--context', '{"a":1}'],
    /--context is \{"a":1\}: it takes condition keys in JSON/,
  ],
])('what is no request is wrong usage, with what to give: %j', async (words, expected) => {
  const { code, out, err } = await run('why', ...words);
  expect(err).toMatch(expected);
  expect([code, out]).toEqual([2, '']);
});
