/** What was sent, and how each message stands. */
import { momentWords } from '../../../client/in-browsers';
import { backTo, type Screen } from '../app';
import { button, type Child, el, link, para, summary } from '../dom';
import type { Gone, Loaded, Mail } from '../letters/mail';
import { sizeWords, typeWords } from '../words/amounts';
import { sentState, stoppedWords } from '../words/states';
import { emptyWords, missingWords, more, searchable, stateTag } from './lines';

/** The list. */
export function sentScreen(
  mail: Mail,
  { lines, missing }: Loaded<Gone>,
  days: number,
  load: (days: number) => void,
): Screen {
  const shown = lines.map((gone) => {
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
      state: sentState(line, mail.session.now(), correspondence.sends.sealed !== undefined),
      says: (words: string) => all.includes(words),
    };
  });
  return {
    title: 'Sent',
    part: 'sent',
    content: [
      missingWords(missing, mail.session.now()),
      searchable(shown, emptyWords(missing, `Nothing was sent in the last ${days} days.`)),
      more('Look again', days, load),
    ],
  };
}

/** One message that was sent. What it says is gone from here: whoever sends may not read. @param again asks how it stands now */
export function goneScreen(mail: Mail, gone: Gone, again: () => void): Screen {
  const { line, correspondence } = gone;
  const { sealed } = correspondence.sends;
  const state = sentState(line, mail.session.now(), sealed !== undefined);
  const { verdict } = line;
  const reasons = verdict.state === 'rejected' ? (verdict.report?.reasons ?? []) : [];
  const isThere = verdict.state !== 'recalled' && verdict.state !== 'replaced';
  const mayBeRead = verdict.state === 'released' || verdict.state === 'awaiting';
  const key = encodeURIComponent(line.key);
  return {
    title: mail.subjectOf(line.key) ?? `Message to ${toWords(gone)}`,
    tab: 'Message that was sent',
    part: 'sent',
    heading: [
      backTo('sent', 'Back to what was sent'),
      el(
        'h1',
        { class: 'govuk-heading-l', tabindex: '-1' },
        mail.subjectOf(line.key) ?? `Message to ${toWords(gone)}`,
      ),
    ],
    content: [
      el('p', { class: 'govuk-body' }, stateTag(state), ' ', state.means),
      reasons.length > 0
        ? el(
            'ul',
            { class: 'govuk-list govuk-list--bullet' },
            reasons.map((reason) => el('li', {}, stoppedWords(reason))),
          )
        : undefined,
      filesOf(verdict),
      summary([
        ['To', toWords(gone)],
        ['Agreement', correspondence.sends.title],
        ['Sent', momentWords(line.deposited)],
        ['Sealed', sealed && 'Only people of the other organisation who have a key can read it'],
        ['Size', line.bytes === undefined ? undefined : sizeWords(line.bytes)],
        ['To be read by', mayBeRead ? momentWords(line.collectBy) : undefined],
        [
          'Read',
          line.recipients[0]?.collected === undefined ? undefined : momentWords(line.recipients[0].collected),
        ],
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
  };
}

/** Asks whether a message is really to be taken back. */
export function recallScreen(gone: Gone, does: () => void): Screen {
  const { line } = gone;
  const read = line.recipients[0]?.collected;
  return {
    title: 'Do you want to take this message back?',
    part: 'sent',
    content: [
      summary([
        ['To', toWords(gone)],
        ['Sent', momentWords(line.deposited)],
      ]),
      para(
        read === undefined
          ? 'Nobody will be able to open it any more. That you took it back stays in the record.'
          : `It was opened on ${momentWords(read)}: whoever opened it has read it, and may have saved it. Nobody else will be able to open it. That you took it back stays in the record.`,
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
function filesOf(verdict: Gone['line']['verdict']): Child {
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
          `File ${attachment}, ${typeWords([mediaType])[0]}: ${allowed ? 'allowed' : 'not allowed'} by the agreement`,
        ),
      ),
    ),
  ];
}

/** The team and the organisation that it went to. */
export function toWords({ to, line, correspondence }: Gone): string {
  const party = line.recipients[0]?.name ?? correspondence.sends.title;
  return to === undefined ? party : `${to.team}, ${party}`;
}
