/** How people of the organisation sign in with its own identity provider, and what that has to know. */
import { signInOf } from '../register';
import { code, list, say } from '../words';
import type { Section } from './section';
import type { PackSource } from './source';

/** Nothing, where nobody signs in. */
export function signInSections({ organisation, client }: PackSource): Section[] {
  const signIn = signInOf(organisation);
  if (signIn === undefined) return [];
  return [
    {
      heading: 'How to sign in',
      blocks: [
        list([
          say`${code(`node ${client.name} signin`)} signs a person in with your own identity provider, ${code(signIn.issuer)}: in the browser, or with ${code('--device')} by a code on another device. It says who they are there, until when, and what they may do; from then on ${code('deposit')} and ${code('collect')} take on the roles by that. ${code(`node ${client.name} signout`)} ends it on that computer.`,
          say`Your provider has to know the client ${code(signIn.client)} as a public one, with authorisation code and PKCE, ${code('http://127.0.0.1/signed-in')} on any port as its redirect address, and the device code where people need it.`,
        ]),
      ],
    },
  ];
}
