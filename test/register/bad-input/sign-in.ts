/** Registers in which something is wrong with how people sign in. */
import { set } from '../samples';
import { type Cases, DWP, LEEDS } from './cases';

const SOUND = {
  issuer: 'https://login.leeds.example',
  client: 'concordat-people',
  mayCollect: { subjects: ['550e8400-collector'] },
  multiFactor: 'mfa',
};
const leeds = (signIn: object) => [set(LEEDS, { signIn: { ...SOUND, ...signIn } })];

export const SIGN_IN: Cases = {
  'sign-in-by-http': leeds({ issuer: 'http://login.leeds.example' }),
  'sign-in-with-a-port': leeds({ issuer: 'https://login.leeds.example:8443' }),
  'sign-in-with-a-query': leeds({ issuer: 'https://login.leeds.example/?tenant=leeds' }),
  'sign-in-with-two-slashes': leeds({ issuer: 'https://login.leeds.example//' }),
  'sign-in-by-a-number': leeds({ issuer: 'https://192.0.2.7' }),
  'sign-in-client-with-a-wildcard': leeds({ client: '*' }),
  'sign-in-that-names-nobody': [set(LEEDS, { signIn: { ...SOUND, mayCollect: undefined } })],
  'sign-in-for-whoever-is-known': leeds({ mayCollect: {} }),
  'sign-in-by-subjects-and-app-roles': leeds({
    mayCollect: { subjects: ['550e8400-collector'], appRoles: ['collector'] },
  }),
  'sign-in-with-no-subject': leeds({ mayCollect: { subjects: [] } }),
  'sign-in-subject-with-a-wildcard': leeds({ mayCollect: { subjects: ['leeds-*'] } }),
  'sign-in-subject-with-a-variable': leeds({ mayCollect: { subjects: [`\${aws:username}`] } }),
  'sign-in-subject-twice': leeds({ mayCollect: { subjects: ['550e8400', '550e8400'] } }),
  'sign-in-subject-that-is-a-person': leeds({ mayCollect: { subjects: ['jane.smith@leeds.gov.uk'] } }),
  'sign-in-app-role-with-a-wildcard': leeds({ mayCollect: { appRoles: ['collect*'] } }),
  'sign-in-by-google': leeds({ issuer: 'https://accounts.google.com' }),
  'sign-in-by-any-tenant': leeds({ issuer: 'https://login.microsoftonline.com/common/v2.0' }),
  'sign-in-by-github-with-an-app-role': leeds({
    issuer: 'https://token.actions.githubusercontent.com',
    mayCollect: { appRoles: ['collector'] },
  }),
  'sign-in-without-a-word-on-factors': [set(LEEDS, { signIn: { ...SOUND, multiFactor: undefined } })],
  'sign-in-with-and-without-factors': leeds({ withoutMultiFactor: 'The provider asks for it by itself.' }),
  'sign-in-of-half-an-hour': leeds({ maxSession: 'PT30M' }),
  'sign-in-of-a-day': leeds({ maxSession: 'PT24H' }),
  'sign-in-app-role-of-two': [
    ...leeds({ mayCollect: { appRoles: ['collector'] } }),
    set(DWP, { signIn: { ...SOUND, mayCollect: { appRoles: ['collector'] } } }),
  ],
};
