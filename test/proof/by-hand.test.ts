/**
 * A generated register of many organisations, one of whose templates is changed by hand: `concordat prove` names owner,
 * reader and statement. PROOF_ORGANISATIONS=400 takes so many, PROOF_SEED and PROOF_DRAWS others and more.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/commands/main';
import { dateOf } from '../../lib/register/calendar';
import { readRegisterFolder } from '../../lib/register/folder';
import { AS_OF, generateRegister } from '../bench/generate-register';
import { Random } from '../bench/random';
import { synthesised, temporaryFolder } from '../stacks/sample-assembly';
import type { Document, Json } from './world';

const ORGANISATIONS = Number(process.env.PROOF_ORGANISATIONS ?? 8);
const SEED = Number(process.env.PROOF_SEED ?? 20261123);
const DRAWS = Number(process.env.PROOF_DRAWS ?? 1);
const random = new Random(SEED);
const draws = Array.from({ length: DRAWS }, (_, n) => n + 1);

let folder: string;
/** By the ids of organisations. */
let accounts: ReadonlyMap<string, string>;
beforeAll(() => {
  const register = join(temporaryFolder(), 'register');
  generateRegister(register, { kind: 'zone', organisations: ORGANISATIONS });
  const made = synthesised({ files: readRegisterFolder(register), asOf: dateOf(AS_OF), own: true });
  folder = made.folder;
  accounts = new Map(made.register.organisations.map(({ id, account }) => [id, account]));
});

interface Finding {
  readonly kind: string;
  readonly owner: string;
  readonly who: string;
  readonly can: string;
  readonly because: readonly string[];
}

async function prove() {
  let out = '';
  const keep = (text: string) => {
    out += text;
  };
  const terminal = { out: keep, err: () => undefined, colour: false, cwd: folder };
  const code = await main(['prove', '--assembly', folder, '--json'], terminal);
  return { code, findings: (JSON.parse(out) as { findings: Finding[] }).findings };
}

const fileOf = (owner: string) => join(folder, `Organisation-${owner}.template.json`);
const read = (owner: string) => {
  const text = readFileSync(fileOf(owner), 'utf8');
  const template = JSON.parse(text) as { Resources: Record<string, Json> };
  const points = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::S3::AccessPoint');
  return { text, template, points };
};

/** Changes one access point of a drawn owner in its template, runs the proof, and puts the template back. */
async function changedByHand(change: (policy: Document, rogue: string) => void) {
  const owner = random.one(
    [...accounts.keys()].filter((each) => existsSync(fileOf(each)) && read(each).points.length > 0),
  );
  const { text, template, points } = read(owner);
  const { Name, Policy } = random.one(points).Properties;
  const reader = Name.slice(Name.indexOf('--') + 2);
  const rogue = random.one([...accounts.keys()].filter((each) => each !== owner && each !== reader));
  change(Policy, `arn:aws:iam::${accounts.get(rogue)}:root`);
  try {
    writeFileSync(fileOf(owner), JSON.stringify(template));
    return { owner, reader, rogue, ...(await prove()) };
  } finally {
    writeFileSync(fileOf(owner), text);
  }
}

test(`${ORGANISATIONS} organisations, unchanged: the proof holds`, async () => {
  expect(await prove()).toEqual({ code: 0, findings: [] });
});

test.each(draws)('a rogue reader is found, draw %i', async () => {
  const { code, findings, owner, rogue } = await changedByHand((policy, AWS) => {
    const [first] = policy.Statement;
    if (first === undefined) throw new Error('there is no statement');
    policy.Statement.push({
      Sid: 'Rogue',
      Effect: 'Allow',
      Principal: { AWS },
      Action: ['s3:GetObject'],
      Resource: first.Resource,
    });
  });
  expect(code).toBe(1);
  expect(new Set(findings.map((each) => each.owner))).toEqual(new Set([owner]));
  const reads = findings.filter(
    ({ kind, who, can }) => kind === 'extra' && who.startsWith(`${rogue} (`) && can === 'read',
  );
  expect(reads.length).toBeGreaterThan(0);
  for (const { because } of reads) expect(because.join('\n')).toMatch(`'Rogue' of 'Organisation-${owner}/`);
});

test.each(draws)('a reader that was dropped is found, draw %i', async () => {
  const { code, findings, owner, reader } = await changedByHand((policy) => {
    policy.Statement = policy.Statement.filter(({ Sid }) => !Sid.startsWith('GetBy'));
  });
  expect(code).toBe(1);
  expect(findings.map((each) => [each.kind, each.owner, each.can])).toEqual(
    findings.map(() => ['missing', owner, 'read']),
  );
  expect(findings[0]?.who).toMatch(new RegExp(`^${reader} \\(role/concordat/concordat-collect`));
  expect(findings[0]?.because.join('\n')).toMatch(/no yes from policy of the access point/);
});
