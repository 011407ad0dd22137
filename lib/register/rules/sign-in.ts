/** Rules on how people sign in: somebody is named, by a provider that vouches for the organisation’s own and for nobody else. */
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import { locate } from '../explain/fault';
import type { Member, Organisation } from '../schema/organisation';
import type { SignIn } from '../schema/sign-in';
import type { Path } from '../yaml-source';

const LISTS = ['mayDeposit', 'mayCollect'] as const;

interface Signing {
  readonly organisation: Member;
  readonly signIn: SignIn;
  readonly source: Sourced<Organisation>['source'];
}

function signingIn({ organisations }: Draft): Signing[] {
  return [...organisations.values()].flatMap(({ value, source }) =>
    value.membership === 'member' && value.signIn !== undefined
      ? [{ organisation: value, signIn: value.signIn, source }]
      : [],
  );
}

/** Somebody may sign in, by subject or by app role and never by both; and of multi-factor it is said how it is held, or why not. */
export function signInSaysWho(draft: Draft): Diagnostic[] {
  return signingIn(draft).flatMap(({ signIn, source }) => {
    const faults: Diagnostic[] = [];
    if (LISTS.every((list) => signIn[list] === undefined))
      faults.push(
        locate(source, {
          code: 'nobody-may',
          path: ['signIn'],
          part: 'key',
          message: 'nobody may sign in',
          allowed: '`mayDeposit`, `mayCollect` or both',
          fix: 'add `mayDeposit:` or `mayCollect:` with `subjects:` or `appRoles:`, or take `signIn` out',
        }),
      );
    for (const list of LISTS) {
      const who = signIn[list];
      if (who === undefined || (who.subjects === undefined) !== (who.appRoles === undefined)) continue;
      const both = who.subjects !== undefined;
      faults.push(
        locate(source, {
          code: both ? 'not-allowed' : 'missing-key',
          path: ['signIn', list, ...(both ? ['appRoles'] : [])],
          part: 'key',
          message: both
            ? '`subjects` and `appRoles` are both given, and only one of them can decide'
            : `\`${list}\` names neither subjects nor app roles, so whoever the provider knows would get in`,
          allowed: '`subjects` or `appRoles`',
          fix: both
            ? 'keep `subjects` to name each here, or `appRoles` to let the provider decide who holds one'
            : 'add `subjects:` with the subject of each who may, or `appRoles:` with the app roles whose holders may',
        }),
      );
    }
    const { multiFactor, withoutMultiFactor } = signIn;
    if ((multiFactor === undefined) === (withoutMultiFactor === undefined))
      faults.push(
        locate(source, {
          code: multiFactor ? 'not-allowed' : 'missing-key',
          path: ['signIn', ...(multiFactor ? ['withoutMultiFactor'] : [])],
          part: 'key',
          message: multiFactor
            ? '`multiFactor` and `withoutMultiFactor` are both given, and only one of them can be true'
            : '`signIn` does not say how more than one factor is held',
          allowed: '`multiFactor` or `withoutMultiFactor`',
          fix: multiFactor
            ? 'keep `multiFactor`, and remove `withoutMultiFactor`'
            : 'add `multiFactor: mfa` if the provider’s tokens say it in `amr`, or `withoutMultiFactor:` with the reason why none does and what sees to it instead',
        }),
      );
    return faults;
  });
}

/** A subject is one, to the letter, and is named once; so is an app role. A wildcard or a variable would stand for others. */
export function whoSignsInIsNamed(draft: Draft): Diagnostic[] {
  return signingIn(draft).flatMap(({ signIn, source }) =>
    LISTS.flatMap((list) =>
      (['subjects', 'appRoles'] as const).flatMap((kind) =>
        (signIn[list]?.[kind] ?? []).flatMap((each, index, all) => {
          const path: Path = ['signIn', list, kind, index];
          if (kind === 'subjects' && /[*?]|\$\{/.test(each))
            return at(source, path, {
              code: 'not-allowed',
              message: 'a subject with a wildcard or a variable is not one subject',
              found: each,
              allowed: 'one subject, as a token has it in `sub`',
              fix: 'name each subject that may, or use `appRoles` to let the provider decide who may',
            });
          if (all.indexOf(each) === index) return [];
          return at(source, path, {
            code: 'duplicate-value',
            message: `this ${kind === 'subjects' ? 'subject' : 'app role'} is named twice`,
            found: each,
            fix: 'remove one of the two',
          });
        }),
      ),
    ),
  );
}

/** An issuer that vouches for whoever has an account there, by the beginning of its address. */
interface Shared {
  readonly issuer: RegExp;
  readonly whose: string;
  /** `never` where AWS knows it by another name, or its tokens name another issuer; else subjects must be named. */
  readonly taken: 'never' | 'by subject';
}

const SHARED: readonly Shared[] = [
  {
    issuer:
      /^https:\/\/(?:accounts\.google\.com|(?:www|graph)\.facebook\.com|www\.amazon\.com|appleid\.apple\.com)(?:\/|$)/,
    whose: 'vouches for the public',
    taken: 'never',
  },
  {
    issuer: /^https:\/\/cognito-identity\.amazonaws\.com(?:\/|$)/,
    whose: 'vouches for every identity pool of AWS',
    taken: 'never',
  },
  {
    // The last is the tenant of personal accounts.
    issuer:
      /^https:\/\/(?:login\.microsoftonline\.com|sts\.windows\.net)\/(?:common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)(?:\/|$)/,
    whose: 'stands for many tenants, and no token names it as its issuer or it vouches for the public',
    taken: 'never',
  },
  {
    issuer:
      /^https:\/\/(?:token\.actions\.githubusercontent\.com|gitlab\.com|agent\.buildkite\.com|app\.terraform\.io|vstoken\.dev\.azure\.com|oidc\.circleci\.com|api\.bitbucket\.org|oidc\.eks\.[a-z0-9-]+\.amazonaws\.com)(?:\/|$)/,
    whose: 'vouches for the work of many tenants',
    taken: 'by subject',
  },
];

/** A provider vouches for the organisation’s own people; one that many share does so by named subjects alone, or not at all. */
export function providersAreTheirOwn(draft: Draft): Diagnostic[] {
  return signingIn(draft).flatMap(({ signIn, source }) => {
    const shared = SHARED.find(({ issuer }) => issuer.test(signIn.issuer));
    if (shared === undefined) return [];
    if (shared.taken === 'never')
      return [
        at(source, ['signIn', 'issuer'], {
          code: 'not-allowed',
          message: `this issuer ${shared.whose}`,
          found: signIn.issuer,
          allowed: 'the issuer of the organisation’s own provider, or of its own tenant',
          fix: 'name the issuer of your own provider or tenant, as its .well-known/openid-configuration says it',
        }),
      ];
    return LISTS.flatMap((list) =>
      signIn[list]?.appRoles === undefined
        ? []
        : [
            at(source, ['signIn', list, 'appRoles'], {
              code: 'not-allowed',
              message: `this issuer ${shared.whose}, so any of them could name such an app role`,
              found: signIn.issuer,
              allowed: '`subjects`, each to the letter',
              fix: 'name under `subjects` each subject that may, or use a provider of your own',
            }),
          ],
    );
  });
}

/** Two organisations with one provider and one audience name no app role both: its holders would get into either. */
export function appRolesAreOfOne(draft: Draft): Diagnostic[] {
  const seen = new Map<string, string>();
  return signingIn(draft).flatMap(({ organisation, signIn, source }) => {
    const { issuer, client, audience = client } = signIn;
    const faults: Diagnostic[] = [];
    const own = new Set<string>();
    for (const list of LISTS)
      signIn[list]?.appRoles?.forEach((role, index) => {
        const key = JSON.stringify([issuer, audience, role]);
        own.add(key);
        const other = seen.get(key);
        if (other === undefined) return;
        faults.push(
          at(source, ['signIn', list, 'appRoles', index], {
            code: 'duplicate-value',
            message: `${other} names this app role too, of the same provider and audience, so its holders would get in at both`,
            found: role,
            fix: 'give each organisation an audience or app roles of its own',
          }),
        );
      });
    for (const key of own) seen.set(key, organisation.id);
    return faults;
  });
}
