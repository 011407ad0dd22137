/**
 * What guardrails tell apart, worked out once for those that are attached together: actions of which the same statements
 * speak, things that the same ones take, and callers on whom their conditions come out alike.
 */
import { candidates, type Policy, requestOf } from '../../iam';
import { FOLLOWING } from '../live';
import type { Asker } from '../question';

/** Policies, attached together. */
export interface Attachment {
  readonly service: readonly Policy[];
  readonly resource: readonly Policy[];
}

/** Texts that are the same for what no policy tells apart. */
export interface Alikeness {
  readonly ofAction: (action: string) => string;
  readonly ofResource: (resource: string) => string;
  readonly ofAsker: (asker: Asker, service: string, account: string, awsOrganization: string) => string;
}

const KNOWN = new WeakMap<Attachment, Alikeness>();

/** What policies that are attached together tell apart. */
export function alikenessIn(attachment: Attachment): Alikeness {
  const known = KNOWN.get(attachment) ?? alikenessOf([...attachment.service, ...attachment.resource]);
  KNOWN.set(attachment, known);
  return known;
}

function alikenessOf(policies: readonly Policy[]): Alikeness {
  const all = policies.flatMap(({ statements }) => statements);
  const hasVariables = all.some(({ resources }) => resources.patterns.some((each) => each.includes('${')));
  const askers = new Map<Asker, Map<string, string>>();
  return {
    ofAction: once((action) =>
      policies
        .map((policy) =>
          candidates(policy, action.toLowerCase())
            .map(({ statement, action: truth }) => `${statement.index}${truth}`)
            .join(),
        )
        .join('|'),
    ),
    // A variable in a resource stands for itself here: then each of them is asked about.
    ofResource: once(
      (resource) =>
        all.map(({ resources }) => resources.matches(resource, new Map())).join('') +
        (hasVariables ? resource : ''),
    ),
    ofAsker: (asker, service, account, awsOrganization) => {
      const known = askers.get(asker) ?? new Map<string, string>();
      askers.set(asker, known);
      const name = `${service} ${account} ${awsOrganization}`;
      let found = known.get(name);
      if (found === undefined) {
        const { context } = requestOf({
          caller: asker.caller,
          action: `${service}:Any`,
          resource: '*',
          resourceAccount: account,
          context: {
            'aws:PrincipalOrgID': asker.awsOrganization,
            'aws:ResourceOrgID': awsOrganization,
          },
        });
        const { type, account: own } = asker.caller;
        const conditions = all.map(({ conditions: each }) =>
          each.map((test) => (FOLLOWING.has(test.key) ? test.holds(context) : '-')).join(''),
        );
        found = [type, own === account, ...conditions].join(' ');
        known.set(name, found);
      }
      return found;
    },
  };
}

/** The same, worked out once for each text. */
export function once<T extends string | object>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? of(text);
    known.set(text, found);
    return found;
  };
}
