/**
 * The sample where approvals are asked for, with one agreement that has its whole life: made by `agreement new`, signed by both
 * parties, withdrawn from by one, and disposed of. All by the commands, as they are typed.
 */
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { EXIT } from '../../lib/commands/terminal';
import { dateOf } from '../../lib/register/calendar';
import { readRegisterFolder } from '../../lib/register/folder';
import { secretKeyIn } from '../../lib/signatures';
import { sshBlob } from '../../lib/signatures/public-key';
import { folderWithRegister, run } from '../commands/captured-terminal';
import { type Edit, edited, SAMPLE, set } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

export const SIGNED_AGREEMENT = 'school-meals';
/** The day on which it is rehearsed, and that on which its declaration of disposal is deployed. */
const [IN_FORCE, AFTER] = ['2026-10-20', '2026-11-25'].map(dateOf) as [
  ReturnType<typeof dateOf>,
  ReturnType<typeof dateOf>,
];

const NEW: Readonly<Record<string, string>> = {
  id: SIGNED_AGREEMENT,
  title: 'Free school meals in Leeds',
  owner: 'dwp',
  recipients: 'leeds',
  relationship: 'separate-controllers',
  aim: 'To give free school meals without a form',
  necessity: 'The council does not hold the awards',
  'permitted-uses': 'Decide on free school meals',
  'prohibited-uses': 'Build a profile of a family',
  items: 'Name; Date of birth; Award',
  regime: 'uk-gdpr',
  subjects: 'People with an award; Their children',
  'special-categories': 'none',
  'criminal-offence': 'no',
  article6: 'public-task',
  gateway: 'Welfare Reform Act 2012, section 131',
  'dpia-reference': 'DPIA-2026-077',
  'dpia-date': '2026-09-20',
  'dpia-outcome': 'low-risk',
  markings: 'SENSITIVE, PERSONAL DATA',
  contract: 'housing-benefit-awards',
  'collect-within': 'P5D',
  'largest-object': '1 GB',
  'media-types': 'text/csv',
  starts: '2026-10-12',
  ends: '2029-01-03',
  review: '2028-01-03',
  retention: 'P14M',
  disposal: 'It is deleted after the school year',
  'breach-mailbox': 'security-operations@dwp.example',
  'rights-mailbox': 'data-protection@dwp.example',
};

/** The assemblies of both days. */
export async function signedLife(): Promise<{ readonly assembly: string; readonly later: string }> {
  const keys = new Map(['dwp', 'leeds'].map((id) => [id, generateKeyPairSync('ed25519').privateKey]));
  const pem = (id: string) => keys.get(id)?.export({ format: 'pem', type: 'pkcs8' }) as string;
  const approver = (id: string) => ({
    post: 'data-owner',
    role: 'Data owner',
    sshKey: `ssh-ed25519 ${sshBlob(secretKeyIn(pem(id)).publicKey.der).toString('base64')}`,
    from: '2026-01-01',
  });
  /** Beside those that the sample has, who have signed. */
  const joining = (id: string): Edit => {
    const file = SAMPLE.find(({ path }) => path === `organisations/${id}.yaml`);
    const { approvers = [] } = parse(Buffer.from(file?.bytes ?? '').toString()) as { approvers?: unknown[] };
    return set(`organisations/${id}.yaml`, { approvers: [...approvers, approver(id)] });
  };
  const folder = folderWithRegister(
    edited(SAMPLE, set('zone.yaml', { approvals: 'required' }), joining('dwp'), joining('leeds')),
  );
  for (const id of keys.keys()) writeFileSync(join(folder, `${id}.pem`), pem(id), { mode: 0o600 });
  const typed = async (day: string, ...words: string[]) => {
    const { code, err } = await run([...words, '--as-of', day], folder);
    if (code !== EXIT.clean) throw new Error(`${words.join(' ')}: ${err}`);
  };
  const signing = (what: string, who: string, ...more: string[]) => [
    ...[what, SIGNED_AGREEMENT, '--as', who, '--key', `${who}.pem`],
    ...more,
  ];
  const assemblyOn = (asOf: typeof IN_FORCE) =>
    synthesised({ files: readRegisterFolder(join(folder, 'register')), asOf }).folder;

  const options = Object.entries(NEW).flatMap(([name, value]) => [`--${name}`, value]);
  await typed('2026-10-01', 'agreement', 'new', '--no-input', ...options);
  await typed('2026-10-02', ...signing('approve', 'dwp'));
  await typed('2026-10-05', ...signing('approve', 'leeds'));
  await typed('2026-10-19', ...signing('withdraw', 'leeds', '--from', '2026-11-20'));
  const assembly = assemblyOn(IN_FORCE);
  await typed(AFTER, ...signing('dispose', 'leeds'));
  return { assembly, later: assemblyOn(AFTER) };
}
