/** A message that came: its words first, then what comes with it. */
import { inboxOfAddress, type Oddity } from '../../../messages';
import { momentWords, plural } from '../../../words';
import type { ShownFile, ShownMailbox, ShownMessage } from '../../read';
import { backTo, type Screen } from '../app';
import { button, type Child, details, el, link, para, saveAs, summary, warning } from '../dom';
import type { Arrived } from '../letters/inbox';
import type { OpenedMessage } from '../letters/mail';
import { inPieces, PIECE } from '../letters/pieces';
import type { Session } from '../session/session';
import { sizeWords, typeWords } from '../words/amounts';
import { refusalWords } from '../words/refusals';
import { endingOf } from './ending';

const ODD: Readonly<Record<Oddity, string>> = {
  hidden: 'has invisible characters, or characters that reverse the order of others',
  'mixed-alphabets': 'mixes letters of different alphabets that look alike',
  'two-endings': 'looks like that of a document, but ends like that of a program',
  'looks-like': 'looks like a name that is known, but is a different one',
};

/** The message. @param reply begins an answer @param again asks for another key */
export function messageScreen(
  session: Session,
  arrived: Arrived,
  { raw, sealed, shown, formatted }: OpenedMessage,
  reply: (to: ShownMessage) => void,
  again: () => void,
): Screen {
  const { line, inbox, correspondence } = arrived;
  const name = line.rest.split('/').at(-1) ?? 'message.eml';
  const isOpen = raw !== sealed;
  const save = [
    isOpen ? button('Save the message', () => saveAs(name.replace(/\.age$/, ''), raw)) : undefined,
    sealed && button('Save it sealed, as it came', () => saveAs(name, sealed)),
  ];
  const about = (rows: Parameters<typeof summary>[0]) =>
    summary([
      ...rows,
      ['Sent by', correspondence.collects.owner.name],
      ['To', inbox.team],
      ['Agreement', correspondence.sends.title],
      ['Received', momentWords(line.deposited)],
    ]);
  const receipt = link(`receipt=${encodeURIComponent(line.key)}`, 'Show the receipt');
  if ('fault' in shown) {
    const { happened, mend, code } = refusalWords(shown.fault);
    return headed(`Message from ${correspondence.collects.owner.name}`, [
      warning(happened),
      para(mend),
      el('p', { class: 'govuk-hint' }, `Code: ${code}`),
      about([]),
      el(
        'div',
        { class: 'govuk-button-group' },
        isOpen ? undefined : button('Use another key', again),
        save,
        receipt,
      ),
    ]);
  }
  const subject = shown.subject.trim() === '' ? 'No subject' : shown.subject;
  return headed(subject, [
    whoseWarning(shown.from, correspondence.collects.owner),
    about([
      ['From', shown.from.name === '' ? shown.from.address : shown.from.name],
      ['Written', shown.date === undefined ? undefined : momentWords(shown.date.getTime())],
    ]),
    endingOf(session, correspondence.collects.days),
    bodyOf(shown, formatted),
    sealed && el('div', { class: 'govuk-inset-text' }, SEALED),
    filesOf(shown.files, sealed !== undefined),
    el(
      'div',
      { class: 'govuk-button-group actions' },
      button('Reply', () => reply(shown), 'main'),
      button('Print', () => print()),
      save,
      receipt,
    ),
  ]);
}

/** A screen of one message, with the way back. */
export function headed(title: string, content: Child): Screen {
  return {
    title,
    tab: 'Message',
    part: 'inbox',
    heading: [
      backTo('inbox', 'Back to the inbox'),
      el('h1', { class: 'govuk-heading-l', tabindex: '-1' }, title),
    ],
    content,
  };
}

/** What a message says of its sender is its own claim; which organisation sent it is known. */
function whoseWarning(from: ShownMailbox, owner: { readonly id: string; readonly name: string }): Child {
  const claimed = inboxOfAddress(from.address);
  const odd = from.odd.map((each) => warning(`The name of the sender ${ODD[each]}.`));
  return claimed?.party === owner.id
    ? odd
    : [
        warning(
          `This message says that it is from ${from.address}. It was sent by ${owner.name}: that is certain, the rest is not.`,
        ),
        odd,
      ];
}

function bodyOf({ text, html }: ShownMessage, formattedOf: OpenedMessage['formatted']): Child {
  const body = el('div', {
    class: 'letter',
    tabindex: '0',
    role: 'region',
    'aria-label': 'What the message says',
  });
  const written = text.trim();
  if (written !== '') body.append(...(text.length > PIECE ? inPieces(text) : [text]));
  else if (html === undefined) body.append('It says nothing.');
  if (html === undefined) return body;
  const formatted = el('div', { class: 'formatted' });
  const show = () => {
    formatted.replaceChildren(
      formattedOf(html) ??
        para(
          'It cannot be shown with its formatting: it is too large, or its formatting is broken. Save the message to read it.',
        ),
    );
  };
  if (written === '') {
    show();
    return el(
      'div',
      { class: 'letter', tabindex: '0', role: 'region', 'aria-label': 'What the message says' },
      formatted,
    );
  }
  return [body, details('Show it with its formatting', formatted, { ontoggle: show })];
}

const SEALED =
  'This message was sealed, and opened in this browser. Nobody on the way could look into it. This page has checked that programs show it alike, and that its files say that they are of kinds that the agreement allows. Nothing has checked it for malware.';

function filesOf(files: readonly ShownFile[], isSealed: boolean): Child {
  if (files.length === 0) return undefined;
  return [
    el('h2', { class: 'govuk-heading-m' }, plural(files.length, 'file')),
    el(
      'ul',
      { class: 'files' },
      files.map((file) =>
        el(
          'li',
          {},
          el(
            'span',
            { class: 'file' },
            el('strong', {}, file.name),
            el(
              'span',
              { class: 'govuk-hint' },
              `${typeWords([file.mediaType])[0]}, ${sizeWords(file.bytes.length)}. ${isSealed ? 'Not checked for malware: have it scanned before you open it.' : 'No malware was found in it, and the agreement allows its kind.'}`,
            ),
          ),
          button(`Save ${file.name}`, () => saveAs(savedName(file), new Uint8Array(file.bytes))),
          file.odd.map((each) =>
            warning(`The name of this file ${ODD[each]}. Do not open it unless you know what it is.`),
          ),
        ),
      ),
    ),
  ];
}

/** Without what would turn the name round where it is shown next. */
function savedName({ name }: ShownFile): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_');
}
