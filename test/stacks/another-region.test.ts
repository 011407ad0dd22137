/** That a zone with a dated exception, in a Region outside the UK, is proven, evidenced and priced as well as one in London. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type Assembly, openAssembly, worldOf } from '../../lib/assembly';
import { checkResults } from '../../lib/evidence/compose/checks';
import { evidenceOf } from '../../lib/evidence/compose/evidence';
import { proofResult } from '../../lib/evidence/compose/proof';
import { evidenceSourceOf } from '../../lib/evidence/source';
import { costLine, costsOf } from '../../lib/plan';
import { type Proof, prove } from '../../lib/proof';
import { castFor } from '../../lib/rehearsal/cast';
import { clientsOf } from '../../lib/rehearsal/clients';
import { roleActor } from '../../lib/rehearsal/gateway/caller';
import { Gateway } from '../../lib/rehearsal/gateway/gateway';
import { LocalPort } from '../../lib/rehearsal/gateway/local-port';
import { stageAssembly } from '../../lib/rehearsal/staged-assembly';
import { CLEAN_REPORT } from '../evidence/sample-evidence';
import { misfitsIn } from '../policy/reference/misfits';
import { edited, replace, SAMPLE } from '../register/samples';
import { documentsOf, isKnown } from './assembly-documents';
import { type Sample, synthesised, temporaryFolder } from './sample-assembly';

const ELSEWHERE = 'eu-west-1';
const EXCEPTION = [
  `region: ${ELSEWHERE}`,
  'regionException:',
  `  region: ${ELSEWHERE}`,
  '  reason: A supplier that only works there.',
  '  owner: Senior information risk owner',
  '  until: 2030-03-31',
].join('\n');

/** Keys that organisations bring lie in the zone’s Region. */
const moved = () => {
  const brought = SAMPLE.filter(({ bytes }) => Buffer.from(bytes).includes('arn:aws:kms:eu-west-2:'));
  return edited(
    SAMPLE,
    replace('zone.yaml', 'region: eu-west-2', EXCEPTION),
    ...brought.map(({ path }) => replace(path, 'arn:aws:kms:eu-west-2:', `arn:aws:kms:${ELSEWHERE}:`)),
  );
};

let sample: Sample;
let assembly: Assembly;
let proof: Proof;
beforeAll(() => {
  sample = synthesised({ files: moved(), own: true });
  writeFileSync(join(sample.folder, 'validation-report.json'), JSON.stringify(CLEAN_REPORT));
  assembly = openAssembly(sample.folder);
  proof = prove(worldOf(assembly));
});

test('access is proven: no more and no less than the agreements say', () => {
  const { shares, differences, notJudged, withoutAccessPoint, notUnderstood } = proof;
  expect(shares).toBeGreaterThan(10);
  expect({ differences, notJudged, withoutAccessPoint, notUnderstood }).toEqual({
    differences: [],
    notJudged: [],
    withoutAccessPoint: [],
    notUnderstood: [],
  });
});

test('nothing in the evidence fails, and the Region is left to the exception', () => {
  const source = evidenceSourceOf(assembly);
  const evidence = evidenceOf(source, checkResults(source), proofResult(proof));
  const failed = evidence.checks.filter(({ failed: count }) => count > 0);
  expect(failed.map(({ id }) => id)).toEqual([]);
});

test('its policies name only actions, keys and kinds of resource that AWS has', async () => {
  const misfits = await misfitsIn(documentsOf(sample));
  expect(misfits.filter((each) => !isKnown(each))).toEqual([]);
});

test('it is not priced, and says so', () => {
  const costs = costsOf(sample.stacks);
  expect(costs).toEqual({ form: 'concordat-cost/v1', priced: false, region: ELSEWHERE });
  expect(costLine(costs)).toBe(
    `not priced: the table of prices is of eu-west-2 alone, and this is in ${ELSEWHERE}`,
  );
});

test('it is staged for a rehearsal in its own Region', () => {
  const staged = stageAssembly(assembly, temporaryFolder(), () => undefined);
  expect(new Set(staged.map(({ region }) => region))).toEqual(new Set([ELSEWHERE]));
});

test('a rehearsal finds its cast, and its gateway lets the owner deposit in that Region and nobody else', async () => {
  const world = worldOf(assembly);
  const { owner, recipient } = castFor(world, sample.stacks);
  const endpoint = new LocalPort(async () => ({ status: 200, headers: {}, body: Buffer.from('') }));
  const gateway = new Gateway({
    endpoint: await endpoint.open(),
    world,
    stacks: sample.stacks,
    now: () => Date.parse(`${sample.asOf}T12:00:00Z`),
  });
  const deposit = async (account: string) => {
    const role = roleActor(world, `arn:aws:iam::${account}:role/concordat/concordat-deposit`);
    const s3 = clientsOf({ url: await gateway.urlFor(role), account, region: ELSEWHERE }).s3();
    const Bucket = `concordat-exchange-${owner.account}-${ELSEWHERE}-an`;
    const put = new PutObjectCommand({ Bucket, Key: 'agreements/any/file.csv', Body: 'a' });
    return s3.send(put).then(
      () => 'allowed',
      ({ name }: Error) => name,
    );
  };
  try {
    expect(await deposit(owner.account)).toBe('allowed');
    expect(await deposit(recipient.account)).toBe('AccessDenied');
  } finally {
    await gateway.close();
    await endpoint.close();
  }
});

test('no template names a resource in London', () => {
  const text = JSON.stringify(sample.stacks);
  expect(text).not.toContain(':eu-west-2:');
  expect(text).not.toContain('-eu-west-2-an');
});
