/** The roles that the endpoint has. */
import { forward, NothingLearntError } from './local-port';

/**
 * Whether the endpoint has a role.
 * @param role its ARN
 * @throws NothingLearntError where the endpoint does not say
 */
export async function roleExists(endpoint: string, role: string): Promise<boolean> {
  const account = role.split(':')[4] ?? '';
  const body = Buffer.from(
    new URLSearchParams({
      Action: 'GetRole',
      Version: '2010-05-08',
      RoleName: role.slice(role.lastIndexOf('/') + 1),
    }).toString(),
  );
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00`,
  };
  const reply = await forward(endpoint, { method: 'POST', url: '/', headers, body }, account);
  // Not by its ARN: the endpoint leaves the path out of those of roles that CloudFormation made.
  const path = role.slice(role.indexOf('/'), role.lastIndexOf('/') + 1);
  if (reply.status !== 200 && reply.status !== 404) throw new NothingLearntError(reply);
  return reply.status === 200 && reply.body.includes(`<Path>${path}</Path>`);
}
