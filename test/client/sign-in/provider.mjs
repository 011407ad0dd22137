/**
 * An OpenID Connect provider that others wrote (oidc-provider, certified by the OpenID Foundation), for tests of signing in. It has
 * the address of an organisation’s own provider, and is reached on this computer, as behind a proxy. What a person does in front of
 * it is said before, at `/person`: who they are, how they show it, whether they agree.
 *   node provider.mjs ISSUER CLIENT [REDIRECT]
 * With REDIRECT the client is a page in a browser that comes back there; without, a program on this computer.
 * Prints the port that it listens on.
 */
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [, , issuer, client, redirect] = process.argv;
/** The path of the issuer: all that the provider has lies below it. */
const prefix = new URL(issuer).pathname.replace(/\/$/, '');
const TAGS = 'https://aws.amazon.com/tags';
/** The one tag that is had in a claim of its own too. */
const FLAT = `${TAGS}/principal_tags/`;
const CLAIMS = ['sub', 'amr', TAGS, `${FLAT}concordat-role`];

/** Who sits in front of the browser, and for how many seconds their token is good. */
let person = {};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client,
      application_type: redirect === undefined ? 'native' : 'web',
      token_endpoint_auth_method: 'none',
      redirect_uris: [redirect ?? 'http://127.0.0.1/signed-in'],
      response_types: ['code'],
      grant_types: [
        'authorization_code',
        'urn:ietf:params:oauth:grant-type:device_code',
        ...(redirect === undefined ? [] : ['refresh_token']),
      ],
    },
  ],
  claims: { openid: CLAIMS },
  // In the token itself, as STS reads it.
  conformIdTokenClaims: false,
  features: {
    devInteractions: { enabled: false },
    deviceFlow: { enabled: true },
    revocation: { enabled: redirect !== undefined },
  },
  // As providers of single-page applications do, without asking the person each time.
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token') && person.renews === true,
  ttl: {
    IdToken: () => person.seconds ?? 3600,
    AccessToken: 3600,
    AuthorizationCode: 60,
    DeviceCode: () => person.codeSeconds ?? 600,
    Interaction: 600,
    Session: 3600,
    Grant: 3600,
    RefreshToken: 3600,
  },
  clientBasedCORS: () => redirect !== undefined,
  cookies: { keys: ['of-tests'] },
  interactions: { url: (_ctx, { uid }) => `${prefix}/interaction/${uid}` },
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: () => ({
      sub,
      ...(person.tags && { [TAGS]: { principal_tags: person.tags } }),
      ...Object.fromEntries(
        Object.entries(person.flatTags ?? {}).map(([name, value]) => [`${FLAT}${name}`, value]),
      ),
    }),
  }),
});
provider.proxy = true;

/** What the person does where the provider asks: signs in, and agrees or not. */
async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  const finish = (result) =>
    provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  if (prompt.name === 'login') {
    const { subject, methods } = person;
    return finish({ login: { accountId: subject, ...(methods && { amr: methods }) } });
  }
  if (person.denies) return finish({ error: 'access_denied', error_description: 'said no' });
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  if (prompt.details.missingOIDCScope) grant.addOIDCScope(prompt.details.missingOIDCScope.join(' '));
  if (prompt.details.missingOIDCClaims) grant.addOIDCClaims(prompt.details.missingOIDCClaims);
  return finish({ consent: { grantId: await grant.save() } });
}

const app = provider.callback();
const server = createServer(async (request, response) => {
  try {
    // As a server that it is mounted in says it.
    if (request.url.startsWith(`${prefix}/`)) {
      request.originalUrl = request.url;
      request.url = request.url.slice(prefix.length);
    }
    if (request.url.startsWith('/interaction/')) return await interact(request, response);
    if (request.url !== '/person') return app(request, response);
    let body = '';
    for await (const piece of request) body += piece;
    person = JSON.parse(body);
    response.end();
  } catch (error) {
    response.writeHead(500).end(String(error.stack));
  }
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
