/**
 * The network of the computer on which an officer tries the pack, loaded into Node before the client: names that nobody has given
 * lead to this computer, as names of AWS and of a provider lead to theirs.
 *   OFFICER_DOMAIN the domain of the S3 endpoint; OFFICER_ISSUER the provider’s origin; OFFICER_PROVIDER where it really listens
 */
const dns = require('node:dns');

const { OFFICER_DOMAIN, OFFICER_ISSUER, OFFICER_PROVIDER } = process.env;
const { lookup } = dns;
dns.lookup = (name, ...rest) =>
  lookup(`.${name}`.endsWith(`.${OFFICER_DOMAIN}`) ? '127.0.0.1' : name, ...rest);

const asked = globalThis.fetch;
globalThis.fetch = (address, how = {}) => {
  const { origin, host, pathname, search } = new URL(address);
  if (origin !== OFFICER_ISSUER) return asked(address, how);
  const headers = new Headers(how.headers);
  headers.set('x-forwarded-proto', 'https');
  headers.set('x-forwarded-host', host);
  return asked(`${OFFICER_PROVIDER}${pathname}${search}`, { ...how, headers });
};
