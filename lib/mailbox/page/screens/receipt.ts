/** The receipt of a message: what the record has of it, checked in this browser before it is shown. */
import type { TransferReceipt } from '../../../delivery';
import { hex } from '../../../ledger/core';
import { andList, momentWords, plural } from '../../../words';
import type { Screen } from '../app';
import { backTo } from '../app';
import { button, type Child, details, el, para, saveAs, summary } from '../dom';
import { tarOf } from '../letters/tar';

const EVENTS: Readonly<Record<string, string>> = {
  deposited: 'Sent',
  scanned: 'Checked for malware',
  released: 'Released to the recipient',
  rejected: 'Stopped by a check',
  collected: 'Opened',
  recalled: 'Taken back',
  expired: 'Not read in time',
};

/** The message that a receipt is of, in words. */
export interface ReceiptOf {
  /** Where this tab knows what it is about. */
  readonly subject: string | undefined;
  readonly from: string;
  readonly to: string;
  /** In milliseconds since 1970. */
  readonly sent: number;
}

/** The receipt. @param names of organisations by their ids */
export function receiptScreen(
  receipt: TransferReceipt,
  { subject, from, to, sent }: ReceiptOf,
  back: readonly [to: string, words: string],
  names: ReadonlyMap<string, string>,
  part: 'inbox' | 'sent',
  now: number,
): Screen {
  const { lines, transfer, files } = receipt;
  // Whose message it is may look at it, and has not read it for the others.
  const read = lines.find(
    ({ event }) => event.kind === 'collected' && (event.recipient ?? event.by) !== event.owner,
  )?.event.time;
  const saved = () =>
    saveAs(
      `receipt-${transfer.key
        .split('/')
        .at(-1)
        ?.replace(/\.eml$/, '')}.tar`,
      tarOf(files, now),
    );
  return {
    title: 'Receipt',
    part,
    heading: [backTo(...back), el('h1', { class: 'govuk-heading-l', tabindex: '-1' }, 'Receipt')],
    content: [
      summary([
        ['Message', subject],
        ['From', from],
        ['To', to],
        ['Sent', momentWords(sent)],
        ['Read', read === undefined ? 'No record of this yet' : momentWords(read)],
      ]),
      el('h2', { class: 'govuk-heading-m' }, 'Checked in this browser'),
      para(
        'What follows was written down as it happened. This browser has checked that all of it is in the record, and that nothing of the record was changed or left out since.',
      ),
      el(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'What happened to the message' },
        el(
          'table',
          { class: 'govuk-table' },
          el(
            'caption',
            { class: 'govuk-table__caption govuk-table__caption--m' },
            'What happened to the message',
          ),
          el('thead', { class: 'govuk-table__head' }, row('th', ['What', 'When', 'Who'])),
          el(
            'tbody',
            { class: 'govuk-table__body' },
            lines.map(({ event }) => {
              const who = event.kind === 'collected' ? (event.recipient ?? event.by) : event.by;
              return row('td', [
                EVENTS[event.kind] ?? event.kind,
                momentWords(event.time),
                who === undefined ? 'The service' : (names.get(who) ?? who),
              ]);
            }),
          ),
        ),
      ),
      el(
        'div',
        { class: 'govuk-button-group' },
        button('Save the receipt', saved, 'main'),
        button('Print', () => print()),
      ),
      el('p', { class: 'govuk-hint' }, 'Anybody can check what you save, without this service.'),
      details('Technical details', technical(receipt)),
    ],
  };
}

/** For whoever checks it again. */
function technical({ lines, newest, keys, origin, transfer }: TransferReceipt): Child {
  return [
    el(
      'ul',
      { class: 'govuk-list govuk-list--bullet' },
      el(
        'li',
        {},
        `${lines.length === 1 ? 'Entry' : 'Entries'} ${andList(lines.map(({ index }) => String(index)))} of the ${newest.size} in the record are about this message; each is proved to be in it.`,
      ),
      el('li', {}, 'The record of today goes on from the ones that the entries were sealed in.'),
      el(
        'li',
        {},
        keys.length === 1
          ? 'It is signed with the key of the record.'
          : `It is signed with ${plural(keys.length, 'key')} of the record.`,
      ),
      el(
        'li',
        {},
        'To be sure that the key is the right one, compare it with what the operator has published.',
      ),
      el('li', {}, 'What is saved has the entries, their proofs and the key.'),
    ),
    summary([
      ['Record', origin],
      [
        keys.length === 1 ? 'Key of the record' : 'Keys of the record',
        keys.map(({ keyId }) => keyId).join(', '),
      ],
      ['Version of the message', transfer.version],
      ['Head of the record', el('code', {}, hex(newest.root))],
    ]),
  ];
}

function row(cell: 'td' | 'th', words: readonly string[]): HTMLTableRowElement {
  const kind = cell === 'th' ? 'header' : 'cell';
  return el(
    'tr',
    { class: 'govuk-table__row' },
    words.map((each) =>
      el(cell, { class: `govuk-table__${kind}`, ...(cell === 'th' && { scope: 'col' }) }, each),
    ),
  );
}
