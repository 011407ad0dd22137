/** The four states of a goal in words; colour only adds to them. */

import { type Html, html } from '../../words';
import type { GoalState } from '../model';

const WORDS: Readonly<Record<GoalState, readonly [words: string, style: string]>> = {
  shown: ['Shown here', 'shown'],
  partly: ['Partly shown', 'partly'],
  'not shown': ['Not shown by templates', 'not-shown'],
  failed: ['Failed', 'failed'],
};

export function stateWords(state: GoalState): string {
  return WORDS[state][0];
}

export function stateStyle(state: GoalState): string {
  return WORDS[state][1];
}

export function stateTag(state: GoalState): Html {
  return html`<strong class="govuk-tag ${stateStyle(state)}">${stateWords(state)}</strong>`;
}
