/** The minimal register with approvers, whose keys tests have, and with approvals that they sign. */
import { generateKeyPairSync, sign } from 'node:crypto';
import canonicalize from 'canonicalize';
import { dateOf } from '../../../lib/register/calendar';
import { approving, type Signer } from '../../../lib/register/changes';
import { changedFiles } from '../../../lib/register/changes/change';
import type { RegisterFile } from '../../../lib/register/folder';
import { preAuthentication, secretKeyIn, sshFingerprint } from '../../../lib/signatures';
import { sshBlob } from '../../../lib/signatures/public-key';
import { type Edit, edited, MINIMAL, set } from '../samples';

/** The day of signing, unless a test says another. */
export const SIGNED_ON = dateOf('2026-09-01');
export const AGREEMENT = 'benefit-awards';

/** A key of a file. Made anew for each run: nothing that tests hold depends on which it is. */
export function fileKey() {
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = secretKeyIn(privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
  const sshKey = `ssh-ed25519 ${sshBlob(secret.publicKey.der).toString('base64')}`;
  return {
    secret,
    sshKey,
    keyid: sshFingerprint(secret.publicKey),
    signer: { kind: 'file', secret } as Signer,
  };
}

/** A key that stands for one of KMS, which signs DER by ECDSA. */
function kmsKey(account: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const arn = `arn:aws:kms:eu-west-2:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const signer: Signer = {
    kind: 'kms',
    arn,
    sign: async (message) => sign('sha256', message, privateKey),
  };
  return {
    arn,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    signer,
  };
}

export const DWP = fileKey();
export const LEEDS = kmsKey('100000000022');

const POSTS = {
  dwp: { post: 'data-owner', role: 'Data owner for benefits', sshKey: DWP.sshKey, from: '2026-01-01' },
  leeds: {
    post: 'risk-owner',
    role: 'Senior Information Risk Owner',
    kmsKey: LEEDS.arn,
    publicKey: LEEDS.publicKey,
    from: '2026-01-01',
    until: '2027-12-31',
  },
};

/** The minimal register in which approvals are asked for, and two posts may give them. */
export function asked(...edits: Edit[]): RegisterFile[] {
  return edited(
    MINIMAL,
    set('zone.yaml', { approvals: 'required' }),
    set('organisations/dwp.yaml', { approvers: [POSTS.dwp] }),
    set('organisations/leeds.yaml', { approvers: [POSTS.leeds] }),
    ...edits,
  );
}

type Decision = Parameters<typeof approving>[1]['decision'];
const APPROVES: Decision = { kind: 'approves', until: undefined };

/** The files with one signature more. */
export async function signedBy(
  files: readonly RegisterFile[],
  organisation: 'dwp' | 'leeds',
  decision: Decision = APPROVES,
  on = SIGNED_ON,
): Promise<RegisterFile[]> {
  const { signer } = { dwp: DWP, leeds: LEEDS }[organisation];
  const { files: changed } = await approving(
    files,
    { agreement: AGREEMENT, organisation, decision },
    signer,
    on,
  );
  return changedFiles(files, changed);
}

/** The files with the approvals of both parties. */
export async function signedByBoth(files = asked()): Promise<RegisterFile[]> {
  return signedBy(await signedBy(files, 'dwp'), 'leeds');
}

/** An envelope of dwp around any statement, by any key and of any type: what nobody’s command would write. */
export function envelopeOf(
  statement: unknown,
  {
    key = DWP,
    type = 'application/vnd.in-toto+json',
    keyid,
  }: { readonly key?: typeof DWP; readonly type?: string; readonly keyid?: string } = {},
) {
  const payload = Buffer.from(canonicalize(statement) ?? '');
  const sig = key.secret.sign(preAuthentication(type, payload)).toString('base64');
  return {
    payload: payload.toString('base64'),
    payloadType: type,
    signatures: [{ keyid: keyid ?? key.keyid, sig }],
  };
}
