/**
 * Tries the joining pack as an officer does, on a computer that has nothing but Node and a browser: a folder of its own, outside the
 * clone, with an empty environment and a terminal. Each step of the pack’s page is typed as it is printed, from unpacking to the
 * receipt; after each must be seen what the page says is seen. Prints a line for each step, and ends with 1 where one fails or there
 * are ten or more.
 *   node --import tsx officer.ts VERSITYGW
 */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JSONWebKeySet } from 'jose';
import { Identity } from '../../client/sign-in/identity';
import { children, folder as endpointFolder } from '../endpoint/interruptible.mjs';
import { officerBrowser } from './browser';
import { DOMAIN, OfficerCloud, OfficerSts } from './cloud';
import { type Pack, type PackStep, writePack } from './pack';

const [, , gateway = 'versitygw'] = process.argv;
const ISSUER = 'https://login.leeds.example/tenants/leeds/v2.0';
const CLIENT = 'concordat-people';
const SUBJECT = '7c9e6679-benefits';
const SIGN_IN = `signIn:
  issuer: ${ISSUER}
  client: ${CLIENT}
  mayDeposit:
    subjects: [${SUBJECT}]
  mayCollect:
    subjects: [${SUBJECT}]
  multiFactor: mfa
`;
const TOO_MANY_STEPS = 10;
/** The longest that a step may take here, in milliseconds. */
const PATIENCE = 180_000;

/** The computer: a folder with what the pack holds, and an environment that has nothing more. */
interface Computer {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the desktop’s opener leaves the address that is to be opened. */
  readonly opened: string;
}

function computer(pack: string, endpoint: string, sts: string, provider: string): Computer {
  const place = mkdtempSync(join(tmpdir(), 'officer-'));
  const [folder, home, programs] = ['pack', 'home', 'programs'].map((each) => join(place, each)) as [
    string,
    string,
    string,
  ];
  for (const each of [folder, home, programs]) mkdirSync(each);
  // What the page says to put there, and no more.
  for (const each of ['concordat-client.mjs', 'concordat-profile.json'])
    copyFileSync(join(pack, each), join(folder, each));
  symlinkSync(process.execPath, join(programs, 'node'));
  const opened = join(place, 'opened');
  const opener = `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(opened)}, process.argv[2]);\n`;
  writeFileSync(join(programs, 'xdg-open'), opener, { mode: 0o755 });
  copyFileSync(join(__dirname, 'network.cjs'), join(place, 'network.cjs'));
  return {
    folder,
    opened,
    env: {
      HOME: home,
      PATH: programs,
      DISPLAY: ':0',
      TERM: 'xterm',
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ENDPOINT_URL_STS: sts,
      NODE_OPTIONS: `--require ${join(place, 'network.cjs')}`,
      OFFICER_DOMAIN: DOMAIN,
      OFFICER_ISSUER: new URL(ISSUER).origin,
      OFFICER_PROVIDER: provider,
    },
  };
}

/** What came of a step. */
interface Tried {
  readonly code: number | null;
  readonly said: string;
}

/** Types a line into a terminal, and what is asked for after it. */
async function type(line: string, { folder, env }: Computer, answer: string): Promise<Tried> {
  const child = spawn('/usr/bin/script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    cwd: folder,
    env: { ...env, SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  let isAnswered = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      said += piece.toString();
      if (isAnswered || !/[Tt]ype /.test(said)) return;
      isAnswered = true;
      child.stdin.write(`${answer}\n`);
    });
  const timer = setTimeout(() => child.kill(), PATIENCE);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(timer);
  return { code, said };
}

/** Whether an officer sees what the page says: it was told, or lies in the folder. */
function missing({ seen }: PackStep, { said }: Tried, { folder }: Computer): readonly string[] {
  // A terminal breaks lines where it ends.
  const told = said.replaceAll(/\s+/g, '');
  return seen.filter(
    (each) => !told.includes(each.replaceAll(/\s+/g, '')) && !existsSync(join(folder, each)),
  );
}

async function tried(step: PackStep, place: Computer): Promise<Tried> {
  if (step.lines.startsWith('node ')) {
    const name = step.lines.split('/').at(-1) ?? '';
    return type(step.lines, place, name);
  }
  const [name = ''] = step.seen;
  writeFileSync(join(place.folder, name), `${step.lines}\n`);
  return { code: 0, said: '' };
}

/** The roles and the provider as the template of the pack has them. */
function known(sts: OfficerSts, { template, profile }: Pack, identity: Identity): void {
  const { account } = profile.organisation;
  for (const { Type, Properties = {} } of Object.values(template.Resources)) {
    if (Type === 'AWS::IAM::Role')
      sts.roles.set(`arn:aws:iam::${account}:role${Properties.Path}${Properties.RoleName}`, {
        trust: Properties.AssumeRolePolicyDocument as object,
        maxSession: Number(Properties.MaxSessionDuration ?? 3600),
      });
    if (Type !== 'AWS::IAM::OIDCProvider') continue;
    const issuer = String(Properties.Url);
    const asked = async (address: string) => (await identity.fetch(address)).json();
    const keys = async () => {
      const { jwks_uri: at } = (await asked(`${issuer}/.well-known/openid-configuration`)) as {
        readonly jwks_uri: string;
      };
      return (await asked(at)) as JSONWebKeySet;
    };
    const arn = `arn:aws:iam::${account}:oidc-provider/${issuer.replace('https://', '')}`;
    sts.providers = [{ arn, issuer, audiences: Properties.ClientIdList as string[], keys }];
  }
}

/** What an owner has sent to the organisation by then: the page names it where it is looked for. */
async function sendAsOwner({ profile, steps }: Pack, cloud: OfficerCloud): Promise<void> {
  const collected = steps.flatMap(({ seen }) => seen).find((each) => each.startsWith('collected/')) ?? '';
  const [, agreement, name = ''] = collected.split('/');
  const found = profile.collects.find((each) => each.agreement === agreement);
  if (found === undefined) throw new Error(`the page collects ${collected}, which the profile does not know`);
  await cloud.ownerDeposits(found.accessPoint, `${found.prefix}${name}`, 'a test\n');
}

async function main(): Promise<boolean> {
  const pack = writePack(join(endpointFolder, 'made'), 'leeds', SIGN_IN);
  const identity = await Identity.start(ISSUER, CLIENT);
  const sts = new OfficerSts();
  const browser = await officerBrowser(identity, endpointFolder);
  let isOver = false;
  let going: Promise<void> | undefined;
  let place: Computer | undefined;
  try {
    await identity.seat({ subject: SUBJECT, methods: ['pwd', 'mfa'] });
    known(sts, pack, identity);
    const cloud = await OfficerCloud.open(gateway, endpointFolder, pack.profile);
    place = computer(join(endpointFolder, 'made'), cloud.address, await sts.start(), identity.here);
    await sendAsOwner(pack, cloud);
    const { opened } = place;
    going = (async () => {
      while (!isOver) {
        await cloud.turn();
        if (existsSync(opened)) {
          const address = readFileSync(opened, 'utf8');
          rmSync(opened);
          await browser.open(address);
        }
        await sleep(500);
      }
    })();
    let failed = 0;
    for (const [n, step] of pack.steps.entries()) {
      const outcome = await tried(step, place);
      const unseen = missing(step, outcome, place);
      const isGood = outcome.code === 0 && unseen.length === 0;
      if (!isGood) failed++;
      console.log(
        `${n + 1}. ${step.title}: ${isGood ? 'as the page says' : `FOUND: ended with ${outcome.code}; not seen: ${unseen.join(', ') || 'nothing'}\n${outcome.said}`}`,
      );
      if (!isGood) break;
    }
    const { length } = pack.steps;
    console.log(
      `${length} steps of the pack, from unpacking to the receipts, by ${browser.name}, with Node and nothing else; ${failed} not as the page says`,
    );
    return failed === 0 && length < TOO_MANY_STEPS;
  } finally {
    isOver = true;
    await going?.catch((error: unknown) => console.log(`FOUND: what stands for AWS failed: ${error}`));
    browser.close();
    await Promise.all([identity.stop(), sts.stop()]);
    for (const child of children) child.kill();
    rmSync(endpointFolder, { recursive: true, force: true });
    if (place) rmSync(join(place.folder, '..'), { recursive: true, force: true });
  }
}

void main().then(
  (isGood) => {
    process.exitCode = isGood ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
