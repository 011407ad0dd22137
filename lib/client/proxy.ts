/**
 * The way through a network’s proxy, which is Node’s own: from 24.5 on, where NODE_USE_ENV_PROXY is 1, Node takes HTTPS_PROXY,
 * HTTP_PROXY and NO_PROXY for `fetch` and for its own agents, and for others where they are given them. Older Nodes pass it over.
 * @see https://nodejs.org/api/http.html#built-in-proxy-support
 */

/** For the settings of an agent of HTTP or HTTPS. */
export function throughProxy(env: NodeJS.ProcessEnv = process.env): {
  readonly proxyEnv?: NodeJS.ProcessEnv;
} {
  return env.NODE_USE_ENV_PROXY === '1' ? { proxyEnv: env } : {};
}

/** For the settings of a client of the AWS SDK that has no agents of its own. */
export function proxiedClient(): { readonly requestHandler?: object } {
  const through = throughProxy();
  if (through.proxyEnv === undefined) return {};
  const agent = { keepAlive: true, ...through };
  return { requestHandler: { httpsAgent: agent, httpAgent: agent } };
}
