/** That the page shows somebody the inboxes of every app role that STS would read in their token, in either form that it reads. */

/** Typed for browsers, which this is none of. */
const { appRolesIn } = require('../../lib/mailbox/page/session/app-roles') as {
  readonly appRolesIn: (token: string) => ReadonlySet<string>;
};
const TAGS = 'https://aws.amazon.com/tags';

const rolesIn = (claims: unknown) => [
  ...appRolesIn(`e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`),
];

test.each<[string, object]>([
  ['nested in one claim, in a list', { [TAGS]: { principal_tags: { 'concordat-role': ['duty'] } } }],
  ['nested in one claim, by itself', { [TAGS]: { principal_tags: { 'concordat-role': 'duty' } } }],
  ['in a claim of its own', { [`${TAGS}/principal_tags/concordat-role`]: 'duty' }],
  ['in a claim of its own, in a list', { [`${TAGS}/principal_tags/concordat-role`]: ['duty'] }],
])('an app role is read %s', (_, claims) => {
  expect(rolesIn(claims)).toEqual(['duty']);
});

test.each<[string, unknown]>([
  ['has no tags', { sub: 'jo' }],
  ['has a tag of another name', { [TAGS]: { principal_tags: { role: ['duty'] } } }],
  ['has what is no text', { [TAGS]: { principal_tags: { 'concordat-role': [{ role: 'duty' }, 7] } } }],
  ['is no object', null],
])('a token that %s shows no inbox', (_, claims) => {
  expect(rolesIn(claims)).toEqual([]);
});

test('nor does what is no token', () => {
  expect([...appRolesIn('no token')]).toEqual([]);
});
