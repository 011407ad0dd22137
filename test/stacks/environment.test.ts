/** That functions are told what they read, and read what they are told: a setting that nothing sets, or nobody reads, is none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES as BROKER } from '../../lambda/key-grants/environment';
import { parseEnvironment as parseSealer, VARIABLES as SEALER } from '../../lambda/ledger-seal/environment';
import { VARIABLES as NOTIFIER, parseEnvironment as parseNotifier } from '../../lambda/notices/environment';
import { VARIABLES as GATE } from '../../lambda/release-gate/environment';
import { VARIABLES as ROLLOUT_STEP } from '../../lambda/rollout-step/environment';
import { VARIABLES as AUDIT } from '../../lambda/transfer-audit/environment';
import type { Assembly, AssemblyStack } from '../../lib/assembly';
import { formatVkey, verifierKey } from '../../lib/ledger';
import type { FunctionName } from '../../lib/names/names';
import type { ROLLOUT_STEP_FUNCTION } from '../../lib/names/rollout-names';
import { ledgerOrigin } from '../../lib/names/zone-names';
import { REQUIRED_BY_LAMBDA } from '../../lib/runtime';
import { letters, MAILBOX, NOTIFY } from '../register/letters';
import { edited, SAMPLE, set } from '../register/samples';
import { engineAssembly } from './rollout/engine-sample';
import { ofType, type Sample, synthesised } from './sample-assembly';

const READ: Readonly<Record<FunctionName | typeof ROLLOUT_STEP_FUNCTION, readonly string[]>> = {
  'concordat-grant-broker': Object.keys(BROKER.shape),
  'concordat-release-gate': Object.keys(GATE.shape),
  'concordat-transfer-audit': Object.keys(AUDIT.shape),
  'concordat-ledger-seal': Object.keys(SEALER.shape),
  'concordat-notices': Object.keys(NOTIFIER.shape),
  'concordat-rollout-step': Object.keys(ROLLOUT_STEP.shape),
};
/** Set by the rehearsal, which has S3 at another address, and by the notifier’s own tests. */
const IN_TESTS = ['S3', 'S3_CONTROL', 'SSM', 'IAM', 'CLOUDFORMATION']
  .map((each) => `AWS_ENDPOINT_URL_${each}`)
  .concat('NOTIFY_ENDPOINT');
const LAMBDA = join(__dirname, '../../lambda');

let plain: Sample;
let full: Sample;
let withLetters: Sample;
let bySns: Sample;
let engine: Assembly;
let replaced: string[];
beforeAll(() => {
  plain = synthesised();
  engine = engineAssembly();
  withLetters = synthesised({ files: letters(NOTIFY) });
  bySns = synthesised({ files: letters(...MAILBOX) });
  const origin = ledgerOrigin(plain.register.zone);
  replaced = [1, 2].map((n) => formatVkey(verifierKey(origin, 'ed25519', Buffer.alloc(32, n))));
  full = withLedger({
    secondSignature: 'ml-dsa-44',
    timestampAuthority: 'https://timestamp.example/tsa',
    formerKeys: replaced,
  });
});

function withLedger(ledger: object): Sample {
  return synthesised({ files: edited(SAMPLE, set('zone.yaml', { ledger })) });
}

/** What each function’s resource sets, in every stack that has it. */
function setFor(name: string, { stacks }: Pick<Sample, 'stacks'>): Record<string, unknown>[] {
  return stacks
    .flatMap((stack) => ofType(stack, 'AWS::Lambda::Function'))
    .filter(({ Properties }) => Properties?.FunctionName === name)
    .map(({ Properties }) => {
      const { Variables = {} } = (Properties?.Environment ?? {}) as { Variables?: Record<string, unknown> };
      return Variables;
    });
}

describe.each(Object.entries(READ))('%s', (name, read) => {
  it('is told nothing that it does not read, and reads nothing that it is never told', () => {
    const told = [plain, full, withLetters, engine].flatMap((sample) => setFor(name, sample));
    expect(told.length).toBeGreaterThan(0);
    const elsewhere = [...Object.keys(REQUIRED_BY_LAMBDA), ...IN_TESTS];
    expect([...new Set(told.flatMap(Object.keys))].sort()).toEqual(
      read.filter((variable) => !elsewhere.includes(variable)).sort(),
    );
  });
});

it('reads its environment in one place, by its schema', () => {
  const files = readdirSync(LAMBDA, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const uses = files.flatMap((file) =>
    (readFileSync(join(LAMBDA, file), 'utf8').match(/.*process\.env.*/g) ?? []).map((line) => [
      file,
      line.trim(),
    ]),
  );
  const functions = readdirSync(LAMBDA);
  expect(functions.length).toBe(Object.keys(READ).length);
  expect(uses.map(([file]) => file).sort()).toEqual(functions.map((name) => `${name}/index.ts`).sort());
  for (const [, line] of uses) expect(line).toContain('= parseEnvironment(process.env)');
});

it('the notifier is told of GOV.UK Notify, or takes what it is told for SNS', () => {
  const told = (sample: Sample) => {
    const [variables] = setFor('concordat-notices', sample);
    const text = Object.entries(variables ?? {}).map(([variable, value]) => [variable, String(value)]);
    return parseNotifier({
      ...Object.fromEntries(text),
      AWS_REGION: 'eu-west-2',
      AWS_LAMBDA_FUNCTION_NAME: 'n',
    });
  };
  expect(told(withLetters).notify?.templates.reminder).toBe('2f0d5b0e-3b4c-4b0a-9a52-5a3b3a0c7a11');
  expect(told(bySns).notify).toBeUndefined();
  expect(() =>
    parseNotifier({ ...setFor('concordat-notices', bySns)[0], NOTIFY_KEY_AT: 'x' } as never),
  ).toThrow(/TEMPLATE_WAITS is not set/);
});

describe('the key that signs the ledger', () => {
  const signing = (zone: AssemblyStack) =>
    Object.entries(zone.resources).filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::KMS::Key' && Properties?.KeySpec === 'ECC_NIST_EDWARDS25519',
    );
  const idIn = ({ zone }: Sample) => {
    const [found, ...more] = signing(zone);
    expect(more).toEqual([]);
    return found?.[0];
  };

  it('is another one as soon as the present one is named as a former key, and again for the next', () => {
    const once = withLedger({ formerKeys: replaced.slice(0, 1) });
    const ids = [plain, once, full].map(idIn);
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(undefined);
    // Nothing else of the zone is made again.
    const others = ({ zone }: Sample) =>
      Object.keys(zone.resources).filter((id) => id !== idIn({ zone } as Sample));
    expect(others(once)).toEqual(others(plain));
  });

  it('stays in the account when CloudFormation lets go of it', () => {
    for (const [, key] of signing(plain.zone))
      expect(key).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  it('is the only one that the sealer signs with; by the former ones it only checks', () => {
    const [told] = setFor('concordat-ledger-seal', full);
    const KEY = 'arn:aws:kms:eu-west-2:111111111111:key/a';
    expect(JSON.stringify(told?.KEY_ARN)).toContain(idIn(full));
    const environment = parseSealer({
      ...Object.fromEntries(Object.entries(told ?? {}).map(([name, value]) => [name, String(value)])),
      KEY_ARN: KEY,
      ML_DSA_KEY_ARN: KEY,
      AWS_REGION: 'eu-west-2',
      AWS_LAMBDA_FUNCTION_NAME: 'seal',
    });
    expect(environment.formerKeys.map(formatVkey)).toEqual(replaced);
    expect(JSON.stringify(full.zone.resources)).not.toContain(`"${idIn(plain)}"`);
  });
});
