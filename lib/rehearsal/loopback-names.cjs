// Has names below a domain mean this computer, as a name server would in AWS: an access point, and a bucket, is a host of its own.
// Loaded before the client by NODE_OPTIONS; the domain is named by REHEARSAL_DOMAIN.
const dns = require('node:dns');

const domain = process.env.REHEARSAL_DOMAIN;
const { lookup } = dns;

if (domain !== undefined)
  dns.lookup = (name, ...rest) => lookup(`.${name}`.endsWith(`.${domain}`) ? '127.0.0.1' : name, ...rest);
