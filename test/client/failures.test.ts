/** That what an office’s network puts in the way is told as that, with what its IT can do, and not as a fault of AWS or of ours. */
import { failureOf } from '../../lib/client/failures';
import { networkMend } from '../../lib/client/words/network';
import { systemWords } from '../../lib/words';

const AGAIN = 'run it again';
const mendOf = (code: string) => networkMend(code, AGAIN);

describe.each<[string, RegExp, readonly string[]]>([
  [
    'a proxy that opens TLS with a certificate of its own',
    /NODE_EXTRA_CA_CERTS/,
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
    ],
  ],
  ['a proxy that does not hand on', /let this computer through its proxy/, ['ERR_PROXY_TUNNEL']],
  [
    'what speaks no TLS, or for somebody else',
    /Look at the network/,
    ['EPROTO', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
  ],
])('%s', (_what, mend, codes) => {
  test.each(codes)('%s', (code) => {
    const error = Object.assign(new Error('in the way'), { code });
    for (const each of [error, new Error('it failed', { cause: error })])
      expect(failureOf(each)).toMatchObject({ kind: 'unreachable', code });
    expect(systemWords(code)).not.toContain(code);
    expect(mendOf(code)).toMatch(mend);
    expect(mendOf(code)).toContain(AGAIN);
  });
});
