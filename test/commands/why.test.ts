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
