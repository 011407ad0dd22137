/** What a system refuses by its codes, in words: of files and folders, of ports, and of the network. */

/** What was asked of it: of a file or a folder, of a program, of a port of this computer, or of another computer. */
export type Asked = 'read' | 'write' | 'start' | 'listen' | 'reach';

const EITHER: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EBUSY: 'it is where you are, a disk of its own, or held by something else',
  EACCES: 'you may not read or write it',
  EPERM: 'you may not change it',
  EROFS: 'it lies on a disk that cannot be written to',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  ENOTDIR: 'what should be a folder is a file',
  EISDIR: 'what should be a file is a folder',
  ENOTEMPTY: 'it is a folder that holds something',
  ELOOP: 'it is a link that leads nowhere, or in a circle',
  ENAMETOOLONG: 'its name is too long',
  EEXIST: 'it is there already, and is not written over',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this computer',
  EFBIG: 'the disk takes no file of that size',
  EIO: 'its disk does not work',
  ENXIO: 'it is no file, and nothing answers there',
  ENODEV: 'it is no file, and nothing answers there',
  EXDEV: 'it lies on another disk',
  ETXTBSY: 'it is a program that runs',
  ESTALE: 'the server on which it lies has lost it',
  ENOMEM: 'there is not enough memory',
  ENOEXEC: 'it is no program that runs here',
  EINVAL: 'the system does not take it',
  ENOTSUP: 'its disk cannot do that',
  EOPNOTSUPP: 'its disk cannot do that',
  ENOSYS: 'its disk cannot do that',
  ERR_FS_FILE_TOO_LARGE: 'it is too large to be read as a whole',
  ERR_STRING_TOO_LONG: 'it is too large to be read as a whole',
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this computer has no such address',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut off',
  ECONNABORTED: 'the connection was cut off',
  EPIPE: 'the connection was cut off',
  ETIMEDOUT: 'no answer came in time',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ENETUNREACH: 'this computer reaches no network there',
  ENETDOWN: 'the network is down',
  EHOSTUNREACH: 'no way leads there',
  EHOSTDOWN: 'it is down',
  EPROTO: 'it does not speak TLS as it should',
  TimeoutError: 'no answer came in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer came in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'no answer came in time',
  UND_ERR_SOCKET: 'the connection was cut off',
  UND_ERR_ABORTED: 'something on the way to it, such as a proxy, ended it',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was cut off',
  ERR_PROXY_TUNNEL: 'the network’s proxy does not let it through',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, by the clock of this computer',
  CERT_UNTRUSTED: 'nobody whom this computer trusts has signed its certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'nobody whom this computer trusts has signed its certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'nobody whom this computer trusts has signed its certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'nobody whom this computer trusts has signed its certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'nobody whom this computer trusts has signed its certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody whom this computer trusts has signed its certificate',
};

/** What differs by what was asked. */
const OF: Readonly<Record<Asked, Readonly<Record<string, string>>>> = {
  read: { EACCES: 'you may not read it', EPERM: 'you may not read it' },
  write: { EACCES: 'you may not write there', ENOENT: 'its folder is not there, or takes nothing new' },
  start: { EACCES: 'you may not start it', EPERM: 'you may not start it' },
  listen: { EACCES: 'you may not listen there', EPERM: 'you may not listen there' },
  reach: {
    EACCES: 'this computer lets nothing through to it',
    EPERM: 'this computer lets nothing through to it',
  },
};

/**
 * The system’s own code in an error, which is for comparing and never for showing; undefined of an error that is not the system’s.
 * @see https://nodejs.org/api/errors.html#common-system-errors
 */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && (/^E[A-Z0-9]+$/.test(code) || Object.hasOwn(EITHER, code))
    ? code
    : undefined;
}

/**
 * Why a system did not do what was asked of it: a clause with `it` for the file, the folder, or who was to answer.
 * @param code as Node gives it; one without words of its own is named, for somebody to look up
 * @param asked where it is known
 */
export function systemWords(code: string, asked?: Asked): string {
  const own = asked && OF[asked];
  if (own && Object.hasOwn(own, code)) return String(own[code]);
  return Object.hasOwn(EITHER, code) ? String(EITHER[code]) : `the system’s code for it is ${code}`;
}
