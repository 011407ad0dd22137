/** The custody statement for programs: its facts, each with its words beside it. */
import { markedText } from '../../words';
import type { KeyAttention, StatementAttention, StrayAttention } from '../attention';
import type { KeyCustody } from '../key-custody';
import type { Permission } from '../permissions';
import type { CustodyStatement } from '../statement';
import type { Who } from '../who';
import { attentionWords, sidWords, statementAttentionWords } from './attention-words';
import { conditionWords } from './condition-words';
import { markedOnce } from './made-once';
import { whoWords } from './who-words';

const markedWho = markedOnce((who: Who, accounts) => whoWords(who, accounts));
const markedCondition = markedOnce(conditionWords);

/** The statement as JSON. Names stand between backticks in its words. Ends with a line feed. */
export function statementJson({ accounts, keys, attention, ...about }: CustodyStatement): string {
  const who = (each: Who) => markedWho(each, accounts);
  const twice = (all: readonly (KeyAttention | StrayAttention)[]) =>
    all.map((each) => markedText(attentionWords(each, accounts)));
  const permission = (said: Permission) => {
    const { sid, effect, who: callers, principals, actions, except, powers, resources } = said;
    const { conditions, attention: why } = said;
    return {
      sid: sidWords(sid),
      effect,
      who: callers.map(who),
      principals: principals.map(({ written }) => written),
      actions,
      ...(except && { except }),
      powers,
      resources,
      conditions: conditions.map((condition) => ({
        operator: condition.operator,
        key: condition.key,
        values: condition.values,
        words: markedCondition(condition, accounts),
        holdsWhereAbsent: condition.holdsWhereAbsent,
        understood: condition.meaning !== undefined,
        ...(condition.inWho && { inWho: condition.inWho }),
      })),
      attention: why.map((each: StatementAttention) => markedText(statementAttentionWords(each, accounts))),
    };
  };
  const key = ({
    key: facts,
    policy,
    powers,
    identities,
    grants,
    grantsKnown: _,
    ...custody
  }: KeyCustody) => {
    const { deployers, interruption, accounts: named, awsOrganisation, attention: why, ...place } = custody;
    const { policyFrom, pages, watchers, ...plain } = place;
    const { takenOn, ...roles } = deployers;
    return {
      ...plain,
      ...(pages && {
        pages: {
          ...pages,
          ...(pages.madeBy && {
            madeBy: { ...pages.madeBy, takenOnBy: pages.madeBy.takenOnBy.map(permission) },
          }),
        },
      }),
      ...(watchers && {
        watchers: {
          ...watchers,
          takenOnBy: watchers.takenOnBy.map(permission),
          onTheKey: watchers.onTheKey.map(permission),
        },
      }),
      key: { ...facts, attention: twice(facts.attention) },
      policyFrom,
      policy: policy.map(permission),
      powers: Object.fromEntries(
        Object.entries(powers).map(([power, holders]) => [
          power,
          holders.map(({ who: callers, sid }) => ({ who: callers.map(who), sid: sidWords(sid) })),
        ]),
      ),
      identities: identities.map(
        ({ who: called, takenOnBy, onTheKey, besides, runs, unread, ...identity }) => {
          const { arn, madeBy, allowedBy } = identity;
          const policies = unread.map(
            (each): KeyAttention => ({ kind: 'managedPolicy', who: called, policy: each }),
          );
          return {
            arn,
            words: who(called),
            ...(madeBy !== undefined && { madeBy }),
            takenOnBy: takenOnBy.map(permission),
            onTheKey: onTheKey.map(permission),
            besides: besides.map(permission),
            runs: runs.map(({ name, code }) => `${name}, code ${code}`),
            attention: twice(policies),
            allowedBy: allowedBy.map(sidWords),
          };
        },
      ),
      grants: grants.map(({ holder, from, until, takenOnBy, ...grant }) => ({
        ...grant,
        words: who(holder),
        from,
        until,
        ...(takenOnBy && { takenOnBy: takenOnBy.map(permission) }),
      })),
      interruption: {
        stoppedBy: interruption.stoppedBy.map(permission),
        liftedBy: interruption.liftedBy.map(permission),
      },
      deployers: {
        ...roles,
        ...(takenOn && {
          takenOn: {
            ...takenOn,
            roles: takenOn.roles.map(({ arn, by }) => ({ arn, by: by.map(permission) })),
          },
        }),
      },
      accounts: named,
      ...(awsOrganisation !== undefined && { awsOrganisation }),
      attention: twice(why),
    };
  };
  const statement = { ...about, keys: keys.map(key), attention: twice(attention) };
  return `${JSON.stringify(statement, null, 2)}\n`;
}
