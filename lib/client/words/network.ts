/** What to do where nothing answers, by what the network said: in offices it is mostly a proxy, or what opens TLS on its way. */

/** Nobody whom this computer trusts vouches for who answers. @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The proxy answered, and does not hand on: by Node’s agents, and by its fetch. */
const BY_PROXY: ReadonlySet<string> = new Set(['ERR_PROXY_TUNNEL', 'UND_ERR_ABORTED']);

/** What to do. @param code Node’s @param again what comes after it, such as to run the command again */
export function networkMend(code: string, again: string): string {
  if (UNTRUSTED.has(code))
    return `Your network may open TLS on its way. If so, have your organisation’s IT give you the certificate of its authority, and name its file by NODE_EXTRA_CA_CERTS; then ${again}. If it does not, do not go on, and tell them.`;
  if (BY_PROXY.has(code))
    return `Have your organisation’s IT let this computer through its proxy to it; where the proxy asks who you are, HTTPS_PROXY takes a name and a password. Then ${again}.`;
  return `Look at the network and the firewall; then ${again}. Where your network has a proxy, it takes Node 24.5 or later, HTTPS_PROXY, and NODE_USE_ENV_PROXY=1 beside it.`;
}
