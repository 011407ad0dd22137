/**
 * Sessions of the CDK’s own deployment roles, played: emulators take a session’s access key for another account than the
 * role’s. The session here has the account’s number for its key.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
import { QUALIFIER } from '../../names';
import { type Received, type Reply, signedFor } from './local-port';

const BOOTSTRAP_ROLE = new RegExp(
  `^arn:aws:iam::(\\d{12}):role/cdk-${QUALIFIER}-[a-z-]+-role-\\d{12}-[a-z0-9-]+$`,
);
const AN_HOUR = 3_600_000;

/** The answer to AssumeRole of such a role; undefined for every other request. */
export function roleSession(received: Received): Reply | undefined {
  if (signedFor(received).service !== 'sts') return undefined;
  const form = new URLSearchParams(received.body.toString('utf8'));
  const [arn, account] = BOOTSTRAP_ROLE.exec(form.get('RoleArn') ?? '') ?? [];
  if (form.get('Action') !== 'AssumeRole' || arn === undefined || account === undefined) return undefined;
  const expires = new Date(Date.now() + AN_HOUR).toISOString();
  const text = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROAPLAYED:rehearsal</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>${account}</AccessKeyId><SecretAccessKey>rehearsal</SecretAccessKey><SessionToken>rehearsal</SessionToken><Expiration>${expires}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}
