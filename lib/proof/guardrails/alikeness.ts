/**
 * What guardrails tell apart, worked out once for those that are attached together: actions of which the same statements
 * speak, things that the same ones take, and callers on whom their conditions come out alike.
 */
import { candidates, holdsVariable, type Policy, requestOf } from '../../iam';
import { FOLLOWING } from '../live';
import type { Asker } from '../question';

/** Policies, attached together. */
export interface Attachment {
  readonly service: readonly Policy[];
  readonly resource: readonly Policy[];
}

/** Texts that are the same for what no statement that speaks of the action tells apart. */
export interface Alikeness {
  readonly ofAction: (action: string) => string;
  readonly ofResource: (resource: string, action: string) => string;
  readonly ofAsker: (asker: Asker, action: string, account: string, awsOrganization: string) => string;
}

const KNOWN = new WeakMap<Attachment, Alikeness>();

/** What policies that are attached together tell apart. */
export function alikenessIn(attachment: Attachment): Alikeness {
  const known = KNOWN.get(attachment) ?? alikenessOf([...attachment.service, ...attachment.resource]);
  KNOWN.set(attachment, known);
  return known;
}

function alikenessOf(policies: readonly Policy[]): Alikeness {
  const speaking = once((action) =>
    policies.flatMap((policy) => candidates(policy, action.toLowerCase()).map(({ statement }) => statement)),
  );
  const testsOfAskers = once((action) =>
    speaking(action).flatMap(({ conditions }) => conditions.filter(({ key }) => FOLLOWING.has(key))),
  );
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
    ofResource: (resource, action) =>
      speaking(action)
        .map(({ resources }) => {
          // A variable in a resource stands for itself here: then each of them is asked about.
          const isOwn = resources.patterns.some(holdsVariable);
          return isOwn ? resource : resources.matches(resource, new Map());
        })
        .join(' '),
    ofAsker: ({ caller, awsOrganization: own }, action, account, awsOrganization) => {
      const { context } = requestOf({
        caller,
        action,
        resource: '*',
        resourceAccount: account,
        context: { 'aws:PrincipalOrgID': own, 'aws:ResourceOrgID': awsOrganization },
      });
      const truths = testsOfAskers(action).map((test) => test.holds(context));
      return [caller.type, caller.isServiceLinked, caller.account === account, ...truths].join(' ');
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
