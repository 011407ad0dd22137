/** That what a system refuses is said in words, and its codes are kept from view. */
import { constants } from 'node:os';
import { systemCode, systemWords } from '../../lib/words';

it('says in words what calls of files, folders and the network are refused for', () => {
  // Those that Node’s documentation calls common, and those that file systems and resolvers give besides.
  for (const code of [
    'EACCES',
    'EADDRINUSE',
    'ECONNREFUSED',
    'ECONNRESET',
    'EEXIST',
    'EISDIR',
    'EMFILE',
    'ENOENT',
    'ENOTDIR',
    'ENOTEMPTY',
    'ENOTFOUND',
    'EPERM',
    'EPIPE',
    'ETIMEDOUT',
    'ENOSPC',
    'ELOOP',
    'EROFS',
    'EIO',
    'EAI_AGAIN',
  ])
    for (const asked of ['read', 'write', 'start', 'listen', 'reach', undefined] as const) {
      expect(systemWords(code, asked)).not.toContain(code);
      expect(systemWords(code, asked)).toMatch(/^[a-z]/);
    }
});

it('names a code that it has no words for, so that somebody can look it up', () => {
  for (const code of Object.keys(constants.errno)) expect(systemWords(code)).toMatch(/^[a-z].*[^.]$/);
  expect(systemWords('EBADMSG')).toBe('the system’s code for it is EBADMSG');
  expect(systemWords('toString')).toBe('the system’s code for it is toString');
});

it('says what may not be done by what was to be done', () => {
  const asked = ['read', 'write', 'start', 'listen', 'reach', undefined] as const;
  expect(asked.map((each) => systemWords('EACCES', each))).toEqual([
    'you may not read it',
    'you may not write there',
    'you may not start it',
    'you may not listen there',
    'this computer lets nothing through to it',
    'you may not read or write it',
  ]);
});

it.each([
  [Object.assign(new Error(), { code: 'EACCES' }), 'EACCES'],
  [Object.assign(new Error(), { code: 'ERR_FS_FILE_TOO_LARGE' }), 'ERR_FS_FILE_TOO_LARGE'],
  [Object.assign(new Error(), { code: 'ERR_INVALID_ARG_TYPE' }), undefined],
  [Object.assign(new Error(), { code: 'AccessDenied' }), undefined],
  [Object.assign(new Error(), { code: 13 }), undefined],
  [new TypeError('a fault of ours'), undefined],
  [undefined, undefined],
])('tells the system’s own errors from others: %p', (error, code) => {
  expect(systemCode(error)).toBe(code);
});
