/** Assumptions as people read them. */
import { dayWords } from '../../register/calendar';
import type { Assumption, Source } from './assumption';
import { ASSUMPTION_TOPICS } from './assumptions';
import {
  PROBE_RECORDS,
  PROBE_STACKS,
  type ProbeCall,
  type ProbeObject,
  type ProbeOutcome,
  type ProbeReader,
  type ProbeStep,
} from './live-test';
import type { KnownAssumption } from './states';

const READERS: Readonly<Record<ProbeReader, string>> = {
  reader: 'the reader',
  'bare-reader': 'the reader whose policies say nothing of KMS',
  'second-reader': 'the second reader',
  'organisation-reader': 'the reader that may read in its AWS organisation alone',
};

const OBJECTS: Readonly<Record<ProbeObject, string>> = {
  tagged: 'the object that the probe tags as clean',
  untagged: 'the object without a tag',
  clean: 'the clean object',
  infected: 'the object with the EICAR test string',
};

/** A call in words, as the probe says what it does. */
export function callWords(call: ProbeCall): string {
  switch (call.call) {
    case 'make-stack':
      return `make the stack ${call.stack} in the ${PROBE_STACKS[call.stack]}’s account, if it is not there`;
    case 'remove-stack':
      return `remove the stack ${call.stack} from the ${PROBE_STACKS[call.stack]}’s account`;
    case 'set-access-point':
      return call.to === 'closed'
        ? 'have the policy of the access point deny every reader'
        : 'take that denial back';
    case 'put-object':
      return `put ${OBJECTS[call.object]} into the owner’s bucket`;
    case 'put-with-context':
      return `put ${OBJECTS[call.object]} into the owner’s bucket with an encryption context of its own`;
    case 'tag-object':
      return `tag ${OBJECTS[call.object]}`;
    case 'get-verdict':
      return `read the verdict on ${OBJECTS[call.object]}`;
    case 'create-grant':
      return `give ${READERS[call.reader]} a grant on the owner’s key, confined to the bucket`;
    case 'revoke-grant':
      return `revoke the grant of ${READERS[call.reader]}`;
    case 'get-object':
      return `read ${OBJECTS[call.object]} through the access point, as ${READERS[call.reader]}`;
    case 'invoke-function':
      return `run the function${call.by === 'alias' ? ' by its alias' : ''}, which asks KMS about a key by what its role gives ${call.as === 'role' ? 'to any code' : 'to this function alone'}`;
    case 'disable-key':
      return 'disable the recipient’s key';
    case 'enable-key':
      return 'enable the recipient’s key again';
    case 'receive-event':
      return 'look into the queue for the event that tells of it';
    case 'find-record':
      return `look for ${PROBE_RECORDS[call.record]}`;
  }
}

const OUTCOMES: Readonly<Record<ProbeOutcome, string>> = {
  done: 'done',
  allowed: 'allowed',
  refused: 'refused',
  clean: 'found clean',
  infected: 'found to be a threat',
  'not scanned': 'without a verdict on its content',
  shown: 'there',
  lacking: 'there, without it',
  absent: 'not there yet',
};

/** What a call came to. */
export function outcomeWords(outcome: ProbeOutcome): string {
  return OUTCOMES[outcome];
}

/** A step in words: what is asked, and what it must come to. */
export function stepWords({ call, expect, within, decides }: ProbeStep): string {
  const asked = callWords(call);
  if (expect === 'done') return decides ? `${asked}; AWS must take it` : asked;
  return `${asked}: must be ${outcomeWords(expect)}${within === undefined ? '' : ` within ${duration(within)}`}`;
}

/** `90 seconds`, `5 minutes`. */
export function duration(seconds: number): string {
  return seconds > 90 ? `${Math.round(seconds / 60)} minutes` : `${seconds} seconds`;
}

/** What AWS’s pages say of it. */
function sourceWords(source: Source): string {
  switch (source.says) {
    case 'so':
      return 'AWS’s page says so';
    case 'open':
      return 'AWS’s page leaves it open';
    case 'nothing':
      return 'Undocumented';
  }
}

const CLOSED_OR_TOLD: Readonly<Record<Assumption['ifFalse']['how'], string>> = {
  closed: 'Fails closed',
  told: 'Is told',
  unseen: 'Nobody is told',
};

/** What happens if it is false. */
function ifFalseWords({ how, what }: Assumption['ifFalse']): string {
  return `${CLOSED_OR_TOLD[how]}: ${what}.`;
}

/** What a refuted assumption comes to, and what to do about it; undefined of any other. */
export function refutationWords({
  assumption,
  state,
}: KnownAssumption): { readonly description: string; readonly fix: string } | undefined {
  if (state.is !== 'refuted') return undefined;
  return {
    description: `Live AWS did otherwise on ${dayWords(state.on)}: ${state.saw}. It was taken that: ${assumption.assumes} ${ifFalseWords(assumption.ifFalse)}`,
    fix: `${assumption.mend} Then have it tested again: npx concordat probe.`,
  };
}

/** The heading of the section of docs/limits.md that is made from the list. @internal Only tests import it. */
export const ASSUMPTIONS_HEADING = '## What AWS is taken to do';

/** That section, as Markdown. @internal Only tests import it. */
export function assumptionsSection(): string {
  const lines = [
    ASSUMPTIONS_HEADING,
    '',
    'Concordat rests on these. Of each it is said here what AWS’s pages say, what rests on it, and what happens if it is not so: either nothing is opened, or somebody is told. `npx concordat probe` [tests most of them](probe.md) in two sandbox accounts; a synth and the [evidence pack](evidence.md) then say which were seen live. This section is made from `lib/policy/assumptions/`.',
  ];
  for (const { title, assumptions } of ASSUMPTION_TOPICS) {
    lines.push('', `### ${title}`);
    for (const { id, assumes, source, rests, ifFalse, test, checked } of assumptions)
      lines.push(
        '',
        `**\`${id}\`.** ${assumes}`,
        '',
        `- ${source.says === 'nothing' ? 'Undocumented' : `[${sourceWords(source)}](${source.page})`}, as of ${dayWords(checked)}.`,
        `- What rests on it: ${rests}`,
        `- ${ifFalseWords(ifFalse)}`,
        `- Smallest live test: ${test.by === 'hand' ? `by hand, since ${test.because}. ${test.steps}` : `\`npx concordat probe${test.needsOrganisation ? ' --organisation ID' : ''}\`, which says its steps with \`--dry-run\`.`}`,
      );
  }
  return `${lines.join('\n')}\n`;
}
