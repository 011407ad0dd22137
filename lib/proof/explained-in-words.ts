/** What more there is to say of a finding, in words: the last step, for people. */
import { tellReason } from '../iam';
import type { FindingExplained, FindingFact } from './explain-finding';

/** How many of a kind are named. */
const MOST_NAMED = 12;

/** All that bears on a finding, as lines of text. */
export function explainedLines({ facts }: FindingExplained): string[] {
  return facts.flatMap(factLines);
}

function factLines(fact: FindingFact): string[] {
  switch (fact.kind) {
    case 'place':
      return [
        `it stands in ${fact.file} at ${fact.path}`,
        ...(fact.value === undefined ? [] : [`  ${JSON.stringify(fact.value)}`]),
      ];
    case 'statement':
      return [`the statement, in ${fact.place}:`, `  ${JSON.stringify(fact.statement)}`];
    case 'now':
      return [
        `as the template makes it, with its boundary, it is ${fact.verdict}`,
        ...fact.because.map((each) => `  ${tellReason(each)}`),
      ];
    case 'purpose':
      return fact.claims.length === 0
        ? ['it is there for nothing in that service']
        : [
            'in that service it is there for:',
            ...fact.claims.slice(0, MOST_NAMED).map(({ actions, resources, when, isNeeded }) => {
              const conditions = Object.entries(when).map(([key, value]) => `${key} = ${value}`);
              const on = `${actions.join(', ')} on ${resources.join(', ')}`;
              return `  ${on}${conditions.length === 0 ? '' : ` when ${conditions.join(', ')}`}${isNeeded ? ', which it needs' : ''}`;
            }),
            ...more(fact.claims.length),
          ];
    case 'made':
      return fact.names.length === 0
        ? ['nothing of that type is made in that account']
        : [
            'of that type, in that account, there is made:',
            ...fact.names.slice(0, MOST_NAMED).map((each) => `  ${each}`),
            ...more(fact.names.length),
          ];
    case 'guardrails':
      return [
        `the guardrails of this assembly are ${fact.names.join(', ') || 'none'}`,
        fact.isNamed
          ? 'statements of theirs are about the action; each has to be met by the request to refuse it:'
          : 'no statement of theirs that denies is about the action',
      ];
  }
}

function more(all: number): string[] {
  return all > MOST_NAMED ? [`  and ${all - MOST_NAMED} more`] : [];
}
