/** What was sent, and how each message stands. */
import { momentWords } from '../../../words';
import { backTo, type GrowingScreen, type Screen } from '../app';
import { button, type Child, el, link, para, summary } from '../dom';
import type { Loaded } from '../letters/loaded';
import type { Mail } from '../letters/mail';
import type { Gone } from '../letters/outbox';
import { sizeWords, typeWords } from '../words/amounts';
import { openingWords, sentState, stoppedWords } from '../words/states';
import { type Line, MessageList, more, stateTag } from './lines';
import { emptyWords, missingWords, StandingLine } from './standing';

/** The list, to which what the record tells of it is told. */
export function sentScreen(
  mail: Mail,
  first: Loaded<Gone>,
  days: number,
  load: (days: number) => void,
): GrowingScreen<Loaded<Gone>> {
  const standing = new StandingLine('read');
  const list = new MessageList(standing);
  const learns = (loaded: Loaded<Gone>) => {
    standing.show(loaded);
    list.show(
      loaded.lines.map((gone) => lineOf(mail, gone)),
      emptyWords(loaded, `Nothing was sent in the last ${days} days.`),
    );
  };
  learns(first);
  return {
    title: 'Sent',
    part: 'sent',
    content: [
      missingWords(first.missing, mail.session.now()),
      list.element,
      standing.reasons,
      more('Look again', days, load),
    ],
    learns,
  };
}

function lineOf(mail: Mail, gone: Gone): Line {
  const { correspondence, line } = gone;
  const subject = mail.subjectOf(line.key);
  const about = [
    ...(subject === undefined ? [] : [`To ${toWords(gone)}`]),
    momentWords(line.deposited),
    ...(line.bytes === undefined ? [] : [sizeWords(line.bytes)]),
  ];
  const all = [subject ?? '', toWords(gone), correspondence.sends.title, ...about].join(' ').toLowerCase();
  return {
    to: `sent=${encodeURIComponent(line.key)}`,
    title: subject ?? `To ${toWords(gone)}`,
    about,
    state: stateOf(mail, gone),
    says: (words) => all.includes(words),
  };
}

function stateOf(mail: Mail, gone: Gone) {
  return sentState(gone, mail.session.now(), gone.correspondence.sends.sealed !== undefined);
}

/** One message that was sent. What it says is gone from here: whoever sends may not read. @param again asks how it stands now */
export function goneScreen(mail: Mail, first: Gone, again: () => void): GrowingScreen<Gone> {
  const { line, correspondence } = first;
  const { sealed } = correspondence.sends;
  const { verdict } = line;
  const reasons = verdict.state === 'rejected' ? (verdict.report?.reasons ?? []) : [];
  const isThere = verdict.state !== 'recalled' && verdict.state !== 'replaced';
  const mayBeRead = verdict.state === 'released' || verdict.state === 'awaiting';
  const key = encodeURIComponent(line.key);
  const names = mail.filesOf(line.key);
  const state = el('div', { role: 'status' });
  const read = el('span');
  const learns = (gone: Gone) => {
    const { means, ...label } = stateOf(mail, gone);
    state.replaceChildren(para(stateTag({ means, ...label })), para(means));
    read.replaceChildren(openingWords(gone.opened));
  };
  learns(first);
  return {
    title: mail.subjectOf(line.key) ?? `Message to ${toWords(first)}`,
    tab: 'Message that was sent',
    part: 'sent',
    heading: [
      backTo('sent', 'Back to what was sent'),
      el(
        'h1',
        { class: 'govuk-heading-l', tabindex: '-1' },
        mail.subjectOf(line.key) ?? `Message to ${toWords(first)}`,
      ),
    ],
    content: [
      state,
      reasons.length > 0
        ? el(
            'ul',
            { class: 'govuk-list govuk-list--bullet' },
            reasons.map((reason) => el('li', {}, stoppedWords(reason))),
          )
        : undefined,
      filesOf(verdict, names),
      summary([
        ['To', toWords(first)],
        ['Agreement', correspondence.sends.title],
        ['Sent', momentWords(line.deposited)],
        ['Files', names.length === 0 ? undefined : names.join(', ')],
        ['Sealed', sealed && 'Only people of the other organisation who have a key can read it'],
        ['Size', line.bytes === undefined ? undefined : sizeWords(line.bytes)],
        ['To be read by', mayBeRead ? momentWords(line.collectBy) : undefined],
        // Its row is there from the beginning, so that nothing moves once it is known.
        ['Read', verdict.state === 'released' || typeof first.opened === 'number' ? read : undefined],
      ]),
      el(
        'div',
        { class: 'govuk-button-group' },
        button('Look again', again),
        link(`sent-receipt=${key}`, 'Show the receipt'),
        isThere ? link(`recall=${key}`, 'Take this message back') : undefined,
      ),
      mail.subjectOf(line.key) === undefined
        ? el('p', { class: 'govuk-hint' }, 'What it says is not shown here: only its recipient can open it.')
        : undefined,
    ],
    learns,
  };
}

/** Asks whether a message is really to be taken back. */
export function recallScreen(gone: Gone, does: () => void): Screen {
  const { line, opened } = gone;
  return {
    title: 'Do you want to take this message back?',
    part: 'sent',
    content: [
      summary([
        ['To', toWords(gone)],
        ['Sent', momentWords(line.deposited)],
      ]),
      // What the record does not tell of yet may have happened all the same.
      para(
        typeof opened === 'number'
          ? `It was opened on ${momentWords(opened)}: whoever opened it has read it, and may have saved it. Nobody else will be able to open it.`
          : 'Nobody will be able to open it any more. Whoever has opened it by then has read it, and may have saved it.',
        ' That you took it back stays in the record.',
      ),
      el(
        'div',
        { class: 'govuk-button-group' },
        button('Take it back', does, 'warning'),
        link(`sent=${encodeURIComponent(line.key)}`, 'Leave it as it is'),
      ),
    ],
  };
}

/** It was taken back. */
export function recalledScreen(gone: Gone): Screen {
  return {
    title: 'The message was taken back',
    part: 'sent',
    content: [
      para(`${gone.line.recipients[0]?.name ?? 'The recipient'} cannot open it any more.`),
      para(link('sent', 'Back to what was sent')),
    ],
  };
}

/** Of a message that was stopped, each of its files by its number, as they were chosen. */
function filesOf(verdict: Gone['line']['verdict'], names: readonly string[]): Child {
  const files = verdict.state === 'rejected' ? (verdict.report?.attachments ?? []) : [];
  if (files.length === 0) return undefined;
  return [
    para('The message was stopped as a whole. No malware was found in any of its files:'),
    el(
      'ul',
      { class: 'govuk-list govuk-list--bullet' },
      files.map(({ attachment, mediaType, allowed }) =>
        el(
          'li',
          {},
          `File ${attachment}${nameWords(names, attachment)}, ${typeWords([mediaType])[0]}: ${allowed ? 'allowed' : 'not allowed'} by the agreement`,
        ),
      ),
    ),
  ];
}

/** What the file is called, where this tab knows: what was sent cannot be read here. */
function nameWords(names: readonly string[], attachment: number): string {
  const name = names[attachment - 1];
  return name === undefined ? '' : ` (${name})`;
}

/** The team and the organisation that it went to. */
export function toWords({ to, line, correspondence }: Gone): string {
  const party = line.recipients[0]?.name ?? correspondence.sends.title;
  return to === undefined ? party : `${to.team}, ${party}`;
}
