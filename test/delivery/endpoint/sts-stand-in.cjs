/**
 * Stands in for AWS STS in tests against an S3 endpoint that has none: it says who the caller is, and gives each role the
 * endpoint’s own keys. It judges nothing. Prints the port that it listens on.
 *   node sts-stand-in.cjs ACCOUNT ACCESS-KEY SECRET-KEY
 */
const { createServer } = require('node:http');

const [, , account, accessKey, secretKey] = process.argv;
const XML = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

const ANSWERS = {
  GetCallerIdentity: () =>
    `<Arn>arn:aws:iam::${account}:user/tester</Arn><UserId>AIDATESTER</UserId><Account>${account}</Account>`,
  AssumeRole: (asked) => {
    const name = asked.get('RoleArn').split('/').at(-1);
    const ends = new Date(Date.now() + 3_600_000).toISOString();
    return `<AssumedRoleUser><AssumedRoleId>AROATESTER:x</AssumedRoleId><Arn>arn:aws:sts::${account}:assumed-role/${name}/x</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>${accessKey}</AccessKeyId><SecretAccessKey>${secretKey}</SecretAccessKey><SessionToken></SessionToken><Expiration>${ends}</Expiration></Credentials>`;
  },
};

const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  const asked = new URLSearchParams(body);
  const action = asked.get('Action');
  response.setHeader('content-type', 'text/xml');
  response.end(
    `<${action}Response ${XML}><${action}Result>${ANSWERS[action](asked)}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
  );
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
