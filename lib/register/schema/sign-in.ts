/**
 * How the people of an organisation sign in: its own OpenID Connect provider vouches for them, and AWS gives them a session of
 * the role.
 *
 * What AWS takes as an issuer: https, a host, a path if need be; neither a port nor a query nor a fragment.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
import { z } from 'zod';
import { words } from './scalars';

/** IAM takes 255 characters; the first eight, `https://`, are no part of a provider’s name. */
const MOST_OF_A_URL = 255;

export const issuer = z
  .string()
  .max(MOST_OF_A_URL)
  .regex(
    /^https:\/\/(?=[a-z0-9.-]*[a-z])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*\/?$/,
  )
  .meta({
    description:
      'The issuer: the address by which the organisation’s provider names itself in its tokens, as `iss`, to the letter, with the slash at the end if it has one. The file `.well-known/openid-configuration` below it says it as `issuer`.',
    expects:
      'the https address of an issuer, its host in lower case, without a port, a query or a fragment, such as https://login.example.gov.uk',
    fix: 'copy `issuer` from the provider’s .well-known/openid-configuration; AWS takes no provider whose address has a port, a query or a fragment, or is not https',
    examples: ['https://login.example.gov.uk'],
  });

/** IAM lays down no form of a client, but its length; a space, or what cannot be seen, is a slip. */
export const clientId = (description: string) =>
  z
    .string()
    .regex(/^(?:(?![*?$])[\x21-\x7e]){1,255}$/)
    .meta({
      description,
      expects: 'the id of a client: 1 to 255 characters without spaces, wildcards or dollars',
      fix: 'copy the client id from the provider’s registration of the program',
    });

const subject = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/)
  .meta({
    description: 'A subject, as the provider’s tokens name it in `sub`, to the letter.',
    expects: 'a subject: 1 to 255 characters without spaces, as the token has it in `sub`',
    fix: 'copy `sub` from a token that the provider gave to that person or service',
  });

/** An app role, by which a provider says what somebody may do. */
export const appRole = z
  .string()
  .regex(/^[A-Za-z0-9][\w.:/=+@-]{0,127}$/)
  .meta({
    description: 'An app role, as the provider’s tokens name it in the session tag `concordat-role`.',
    expects: 'an app role: letters, digits and . _ : / = + @ -, at most 128 characters',
    fix: 'write the app role as the provider puts it into the session tag concordat-role',
  });

/** Who may take on a role: exactly one of the two is given, which is a rule of its own. */
const whoMay = (does: string) =>
  z
    .strictObject({
      subjects: z
        .array(subject)
        .min(1)
        .optional()
        .meta({
          description: `Those who may ${does}, each by the subject that the provider gave it.`,
        }),
      appRoles: z
        .array(appRole)
        .min(1)
        .optional()
        .meta({
          description: `The app roles whose holders may ${does}: then the provider decides who holds one.`,
        }),
    })
    .meta({ description: `Who may ${does}: named subjects, or the holders of app roles.` });

/** The longest session that AWS gives is twelve hours. Less than one hour can be asked for, and not held. */
const sessionHours = z
  .string()
  .regex(/^PT(?:[1-9]|1[0-2])H$/)
  .meta({
    description:
      'The longest session that a sign-in gives, in whole hours: `PT1H`, which it is if not given, to `PT12H`. AWS holds no less than an hour. A role that takes on a role gets an hour at most, whatever this says.',
    expects: 'a number of hours from PT1H to PT12H',
    fix: 'write PT1H, or up to PT12H: AWS holds sessions to whole hours from one to twelve, and cannot hold less',
    examples: ['PT1H'],
  });

/** The setting `signIn` of a member. */
export const signInSchema = z
  .strictObject({
    issuer,
    client: clientId(
      'The client: how the provider knows the program that people sign in with. It is public: nothing secret goes with it.',
    ),
    audience: clientId(
      'Whom the token is for, as its `azp` says it, or its `aud` where it has no `azp`. It is `client` if not given.',
    ).optional(),
    mayDeposit: whoMay('deposit').optional(),
    mayCollect: whoMay('collect').optional(),
    multiFactor: z
      .string()
      .regex(/^[a-z][a-z0-9_:-]{0,63}$/)
      .optional()
      .meta({
        description:
          'What the provider’s tokens say in `amr` of somebody who proved who he is by more than one factor, as `mfa` of RFC 8176. A token that does not say it is refused.',
        expects: 'a value of amr (RFC 8176), such as mfa',
        fix: 'write mfa, or what the provider puts into `amr` instead',
        examples: ['mfa'],
      }),
    withoutMultiFactor: words('Why no token says so, and what sees to it instead.', 400).optional(),
    maxSession: sessionHours.optional(),
  })
  .meta({
    description:
      'The organisation’s own OpenID Connect provider, whose people sign in without credentials of AWS. Nobody does if not given.',
    oneOf: [{ required: ['multiFactor'] }, { required: ['withoutMultiFactor'] }],
  });

/** How the people of an organisation sign in. */
export type SignIn = z.infer<typeof signInSchema>;
/** Who may take on a role by signing in. */
export type SignedIn = NonNullable<SignIn['mayCollect']>;
