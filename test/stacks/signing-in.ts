/** A small register in which the people of a member sign in by its own provider, for tests. */
import type { RegisterFile } from '../../lib/register/folder';
import { MINIMAL } from '../register/samples';

/** Whose people sign in. It names no role that deposits, and one that collects. */
export const SIGNING = 'leeds';
export const SIGNING_ACCOUNT = '100000000022';
/** Its provider, as IAM calls it. */
export const PROVIDER = `arn:aws:iam::${SIGNING_ACCOUNT}:oidc-provider/login.leeds.example/tenants/leeds/v2.0`;
/** How the keys of its claims begin. */
export const CLAIM = 'login.leeds.example/tenants/leeds/v2.0';

/** As in the register: subjects deposit, and holders of an app role collect, by more than one factor. */
const SIGN_IN = `signIn:
  issuer: https://${CLAIM}
  client: concordat-people
  mayDeposit:
    subjects: [7c9e6679-benefits, 550e8400-returns]
  mayCollect:
    appRoles: [collector]
  multiFactor: mfa
  maxSession: PT2H
`;

/** The minimal register with how its people sign in. @param text of the file of the member, after all else */
export function signingIn(text = SIGN_IN): RegisterFile[] {
  return MINIMAL.map((file) =>
    file.path === `organisations/${SIGNING}.yaml`
      ? { ...file, bytes: Buffer.concat([Buffer.from(file.bytes), Buffer.from(text)]) }
      : file,
  );
}
