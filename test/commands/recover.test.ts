/** `concordat recover`, run as it is typed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenIn } from '../golden';
import { synthesised, temporaryFolder } from '../stacks/sample-assembly';
import { run } from './captured-terminal';

const golden = goldenIn(__dirname);

const KEYS = {
  'shared-data': '1234abcd-12ab-34cd-56ef-1234567890ab',
  'alerts-and-logs': 'arn:aws:kms:eu-west-2:100000000011:key/1234abcd-12ab-34cd-56ef-1234567890ac',
};
const given = (keys: Record<string, string>) =>
  Object.entries(keys)
    .map((each) => each.join('='))
    .join(',');

/** Runs it in a folder of its own, the assembly under its usual name. */
async function recover(stack: string, ...options: string[]) {
  const cwd = temporaryFolder();
  const outcome = await run(['recover', stack, '--assembly', synthesised().folder, ...options], cwd);
  const told = (text: string) => text.replaceAll(synthesised().folder, 'cdk.out');
  return { ...outcome, out: told(outcome.out), cwd };
}

it('says first where the ids of keys stand, and writes nothing', async () => {
  const { code, out, cwd } = await recover('Organisation-dwp');
  golden('recover-lookup.txt', out);
  expect(code).toBe(1);
  expect(existsSync(join(cwd, 'recovery'))).toBe(false);
});

it('writes what CloudFormation takes in, and prints each command', async () => {
  const { code, out, cwd } = await recover('Organisation-dwp', '--keys', given(KEYS));
  golden('recover.txt', out);
  expect(code).toBe(0);
  const read = (file: string) => JSON.parse(readFileSync(join(cwd, 'recovery', file), 'utf8'));
  const asked = read('resources.json') as { LogicalResourceId: string; ResourceIdentifier: object }[];
  expect(asked.map((each) => each.LogicalResourceId)).toEqual(Object.keys(read('template.json').Resources));
  expect(asked.map((each) => each.ResourceIdentifier)).toEqual(
    expect.arrayContaining([
      { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' },
      { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ac' },
      { BucketName: 'concordat-exchange-100000000011-eu-west-2-an' },
      { QueueUrl: 'https://sqs.eu-west-2.amazonaws.com/100000000011/concordat-deposits-held' },
    ]),
  );
});

it('has nothing to take in of a stack that keeps nothing, and gives each parameter that CloudFormation asks for', async () => {
  expect(await recover('Budgets')).toMatchObject({
    code: 0,
    out: 'Nothing outlives Budgets: npx cdk deploy --app cdk.out --exclusively Budgets\n',
  });
  expect(await recover('Trail')).toMatchObject({
    code: 0,
    out: 'Nothing outlives Trail: npx cdk deploy --app cdk.out --exclusively Trail --parameters LogFilesKey=LOGFILESKEY\n',
  });
});

it('says of the baseline what it leaves in each account, which keeps it from being made again', async () => {
  const { code, out } = await recover('Baseline');
  golden('recover-baseline.txt', out.replace(/TriedInCanary=[0-9a-f]{64}/, 'TriedInCanary=DIGEST'));
  expect(code).toBe(0);
});

test.each([
  ['Organisation-dwpp', [], "this assembly has no stack 'Organisation-dwpp': did you mean Organisation-dwp?"],
  [
    'Organisation-dwp',
    ['--keys', 'data=x'],
    "--keys names 'data': the keys of this stack are shared-data, alerts",
  ],
  [
    'Organisation-dwp',
    ['--keys', 'shared-data=alias/x'],
    "--keys has 'alias/x' for shared-data: give the id",
  ],
  [
    'Organisation-dwp',
    ['--keys', 'shared-data=arn:aws:kms:eu-west-2:100000000099:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
    'which begins with arn:aws:kms:eu-west-2:100000000011:key/',
  ],
  [
    'Organisation-dwp',
    ['--keys', given({ ...KEYS, 'alerts-and-logs': KEYS['shared-data'] })],
    "has '1234abcd-12ab-34cd-56ef-1234567890ab' for shared-data and for alerts-and-logs: each key",
  ],
  [
    'Organisation-dwp',
    ['--keys', `${given(KEYS)},shared-data=1234abcd-12ab-34cd-56ef-1234567890ad`],
    '--keys has two ids for shared-data: each key of this stack is another, and has one id',
  ],
])('refuses %s %j', async (stack, options, message) => {
  const { code, err } = await recover(stack, ...options);
  expect(err).toContain(message);
  expect(code).toBe(2);
});
