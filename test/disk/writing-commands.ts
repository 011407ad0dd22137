/** Which commands write, how each is tried by stopping it (killed.mjs beside this), and which write nothing that anybody keeps. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ORGANISATIONS, playProfile } from '../../lib/mailbox/play/profiles';
import { secretKeyIn } from '../../lib/signatures';
import { sshBlob } from '../../lib/signatures/public-key';
import { profileText } from '../../lib/wire';
import { INIT_BY_FLAGS } from '../commands/own-zone';
import { edited, MINIMAL, set } from '../register/samples';
import { withEngine } from '../stacks/rollout/engine-setting';

/** One way of calling a command that writes. */
export interface Tried {
  readonly words: readonly string[];
  /** What is run before, so that there is something old, or something to act on. */
  readonly first?: readonly (readonly string[])[];
  /** What has to be in the folder before that. */
  readonly prepare?: (folder: string) => void;
  /** Whether it makes several things, one after the other, of which each by itself is as it was or as it is meant: files, or all that lies at the top. */
  readonly apart?: 'at the top' | 'files';
  /** Cuts out of a file what is drawn anew, or tells the time, whenever it is written. */
  readonly anew?: RegExp;
}

const DAY = ['--as-of', '2026-10-01'];
const DAY_BEFORE = ['--as-of', '2026-09-30'];
const AGREEMENT = 'benefit-awards';
const PAUSE = ['pause', 'leeds', '--from', '2026-11-01', '--reason', 'A move of systems', ...DAY];
const ONBOARD = ['onboard', '--no-input', '--as-of', '2026-12-01', ...bradford()];
const APPROVE = ['approve', AGREEMENT, '--as', 'dwp', '--key', 'key', ...DAY];
const DISPOSE = ['dispose', AGREEMENT, '--as', 'leeds', '--key', 'key', ...DAY];
const ALERTS_KEY = 'alerts-and-logs=1234abcd-12ab-34cd-56ef-123456789001';
const KEYS = `shared-data=1234abcd-12ab-34cd-56ef-123456789000,${ALERTS_KEY}`;
const SAMPLE = ['ledger', 'sample', 'bundle'];

/** Each command that writes on this machine alone, by its name: once for each kind of thing that it writes. */
export const TRIED: Readonly<Record<string, readonly Tried[]>> = {
  init: [{ words: ['init', 'zone', '--no-input', ...INIT_BY_FLAGS] }],
  synth: [
    { words: ['synth', ...DAY], first: [['synth', ...DAY_BEFORE]] },
    {
      words: ['synth', '--evidence-pack', 'pack', ...DAY],
      first: [['synth', '--evidence-pack', 'pack', ...DAY_BEFORE]],
      apart: 'at the top',
    },
  ],
  evidence: [
    { words: ['evidence', '--output', 'pack'], first: [['evidence', '--output', 'pack', '--no-proof']] },
  ],
  plan: [{ words: ['plan', 'cdk.out', 'cdk.out', '--out', 'a.plan'] }],
  recover: [
    {
      words: ['recover', 'Organisation-dwp', '--keys', KEYS],
      first: [
        ['synth', ...DAY],
        ['recover', 'Organisation-leeds', '--keys', ALERTS_KEY],
      ],
    },
  ],
  profile: [{ words: ['profile', 'leeds', ...DAY], first: [['profile', 'leeds', ...DAY_BEFORE]] }],
  'probe record': [
    {
      words: [
        'probe',
        'record',
        's3-policy-by-cloudformation',
        '--outcome',
        'seen',
        '--saw',
        'Guardrails-s3 came up',
      ],
    },
  ],
  'identity new': [
    { words: ['identity', 'new', 'team.key'], anew: /# created: \S+|AGE-SECRET-KEY-\S+|age1[0-9a-z]+/g },
  ],
  suspend: [
    { words: ['suspend', AGREEMENT, ...DAY] },
    { words: ['suspend', '--all-of', 'leeds', ...DAY], first: [PAUSE] },
  ],
  onboard: [
    { words: ONBOARD },
    {
      words: ['onboard', 'dwp', '--pack-only', ...DAY],
      first: [['onboard', 'dwp', '--pack-only', ...DAY_BEFORE]],
    },
  ],
  'agreement new': [{ words: ['agreement', 'new', ...agreementByFlags()] }],
  approve: [{ words: APPROVE, prepare: approvers }],
  withdraw: [
    {
      words: ['withdraw', AGREEMENT, '--as', 'dwp', '--from', '2026-11-15', '--key', 'key', ...DAY],
      first: [APPROVE],
      prepare: approvers,
    },
  ],
  dispose: [{ words: DISPOSE, prepare: ended }],
  'agreement certificate': [
    {
      words: ['agreement', 'certificate', AGREEMENT, '--of', 'leeds', ...DAY],
      first: [DISPOSE],
      prepare: ended,
    },
  ],
  'agreement document': [
    {
      words: ['agreement', 'document', AGREEMENT, ...DAY],
      first: [['agreement', 'document', AGREEMENT, ...DAY_BEFORE]],
    },
  ],
  'agreement import': [
    {
      words: [
        ...['agreement', 'import', `documents/${AGREEMENT}.odt`, '--id', 'benefit-awards-2'],
        ...['--starts', '2027-04-01', '--no-input', ...DAY],
      ],
      first: [['agreement', 'document', AGREEMENT, ...DAY]],
    },
  ],
  publish: [
    {
      words: ['publish', '--out', 'public', ...DAY],
      first: [['publish', '--out', 'public', ...DAY_BEFORE]],
    },
  ],
  'agreement change': [
    {
      words: [
        'agreement',
        'change',
        AGREEMENT,
        '--breach-mailbox',
        'incidents@dwp.example',
        '--no-input',
        ...DAY,
      ],
    },
  ],
  'agreement renew': [
    {
      words: [
        ...['agreement', 'renew', AGREEMENT, '--as', 'benefit-awards-2', '--ends', '2032-03-31'],
        ...[
          '--review',
          '2031-03-31',
          '--dpia-reference',
          'DPIA-2026-101',
          '--dpia-date',
          '2026-09-02',
          ...DAY,
        ],
      ],
    },
  ],
  'agreement end': [{ words: ['agreement', 'end', AGREEMENT, '--on', '2027-03-31', ...DAY] }],
  'agreement resume': [
    {
      words: ['agreement', 'resume', AGREEMENT, '--on', '2026-11-02', ...DAY],
      first: [['suspend', AGREEMENT, ...DAY]],
    },
  ],
  pause: [{ words: PAUSE }],
  resume: [{ words: ['resume', 'leeds', '--on', '2026-12-01', ...DAY], first: [PAUSE] }],
  leave: [{ words: ['leave', 'routing', '--on', '2027-03-31', ...DAY] }],
  succeed: [
    {
      words: [
        ...['succeed', '--from', 'leeds', '--to', 'bradford', '--on', '2027-04-01'],
        ...['--novate', `${AGREEMENT}=bradford`, '--as-of', '2026-12-01'],
      ],
      first: [ONBOARD],
    },
  ],
  // Each schema stands by itself, and what else is in its folder is somebody’s.
  schema: [
    { words: ['schema'], apart: 'files' },
    { words: ['schema', '--docs', 'settings.md'], apart: 'files' },
  ],
  'mailbox page': [
    { words: ['mailbox', 'page', 'page', '--profile', 'profile.json'], prepare: profileWithSignIn },
  ],
  'rollout engine': [
    {
      words: ['rollout', 'engine', ...DAY],
      first: [['rollout', 'engine', ...DAY_BEFORE]],
      prepare: rollsOut,
    },
  ],
  'ledger sample': [{ words: SAMPLE }, { words: [...SAMPLE, '--archive', 'logs'], apart: 'at the top' }],
  'ledger cosign': [
    {
      words: [
        ...[
          'ledger',
          'cosign',
          'bundle',
          '--key',
          'bundle/keys/ed25519-39bfd991.pem',
          '--private-key',
          'witness.pem',
        ],
        ...['--name', 'leeds.gov.uk/witness', '--seen', 'seen'],
      ],
      first: [SAMPLE],
      prepare: (folder) => writeFileSync(join(folder, 'witness.pem'), ed25519().pem),
      anew: /^— leeds\S+ \S+$/gm,
    },
  ],
};

/** Commands that write where somebody else’s service answers, and the test that cuts them off there. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  deposit: 'test/delivery/endpoint/interrupted.mjs',
  collect: 'test/delivery/endpoint/collect-interrupted.mjs',
  receipt: 'test/disk/whole.test.ts',
  signin: 'test/disk/whole.test.ts',
  signout: 'test/disk/whole.test.ts',
  probe: 'test/disk/whole.test.ts',
  rollout: 'test/rollout/run.test.ts',
  'mailbox publish': 'test/mailbox/publish.test.ts',
};

/** Commands that leave nothing behind on this machine but what they print. */
export const WRITE_NOTHING: readonly string[] = [
  ...[
    'check',
    'reproduce',
    'acknowledgements',
    'custody',
    'custody import',
    'prove',
    'rehearse',
    'why',
    'who reads',
  ],
  ...['who decrypts', 'what', 'cost', 'status', 'inbox', 'outbox', 'recall', 'calendar', 'end-sessions'],
  ...[
    'agreement compare',
    'processing-record',
    'contract test',
    'contract infer',
    'contract export',
    'mailbox verify',
    'mailbox serve',
  ],
  'verify',
];

/** Another organisation than the first of a zone. */
function bradford(): string[] {
  return INIT_BY_FLAGS.slice(INIT_BY_FLAGS.indexOf('--id')).map((each) =>
    each
      .replaceAll('100000000022', '100000000077')
      .replace('E08000035', 'E08000032')
      .replace(/^leeds$/, 'bradford'),
  );
}

/** The agreement that the docs write by options alone. */
function agreementByFlags(): string[] {
  const page = readFileSync(join(__dirname, '../../docs/agreements.md'), 'utf8');
  const [, typed = ''] = /^npx concordat agreement new (--no-input .*)$/m.exec(page) ?? [];
  return [...typed.matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, plain]) => quoted ?? plain ?? '')
    .filter((each) => each !== '--dry-run');
}

function ed25519() {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  return { pem, sshKey: `ssh-ed25519 ${sshBlob(secretKeyIn(pem).publicKey.der).toString('base64')}` };
}

/** A register in which approvals are asked for, and the key of one who may give them. */
function approvers(folder: string): void {
  const { pem, sshKey } = ed25519();
  writeFileSync(join(folder, 'key'), pem);
  const post = { post: 'data-owner', role: 'Data owner for benefits', sshKey, from: '2026-01-01' };
  written(
    folder,
    edited(
      MINIMAL,
      set('zone.yaml', { approvals: 'required' }),
      set('organisations/dwp.yaml', { approvers: [post] }),
    ),
  );
}

/** A register whose agreement has ended, and the key of who may declare for its recipient. */
function ended(folder: string): void {
  const { pem, sshKey } = ed25519();
  writeFileSync(join(folder, 'key'), pem);
  const post = { post: 'risk-owner', role: 'Senior Information Risk Owner', sshKey, from: '2026-01-01' };
  written(
    folder,
    edited(
      MINIMAL,
      set('organisations/leeds.yaml', { approvers: [post] }),
      set(`agreements/${AGREEMENT}.yaml`, { ends: '2026-06-30', review: '2026-06-30' }),
    ),
  );
}

/** A register whose zone rolls out by an engine. */
function rollsOut(folder: string): void {
  const file = join(folder, 'register/zone.yaml');
  writeFileSync(file, withEngine(readFileSync(file, 'utf8')));
}

/** A profile by which people sign in. */
function profileWithSignIn(folder: string): void {
  writeFileSync(join(folder, 'profile.json'), profileText(playProfile(ORGANISATIONS[0], '2026-10-01')));
}

function written(
  folder: string,
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): void {
  for (const { path, bytes } of files) {
    const target = join(folder, 'register', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
}
