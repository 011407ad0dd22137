/** Writing a message, and sending it. What is typed is kept with each change. */
import type { Correspondence } from '../../../delivery';
import { today } from '../../../register/calendar';
import type { Screen } from '../app';
import { button, el, nodesOf, para } from '../dom';
import { type ChosenFile, lookedAt } from '../letters/compose';
import { type Draft, keepDraft } from '../letters/draft';
import { mostBytes, type SendingProgress } from '../letters/sending';
import type { Session } from '../session/session';
import { addressed, endedWords, fromField, toField, writable } from './addressing';
import { FilesField } from './files';
import { clearFaults, type Fault, field, fileWords, showFaults } from './form';
import { underWay } from './under-way';

/** What writing needs of the page. */
export interface WritePorts {
  readonly session: Session;
  readonly send: (
    correspondence: Correspondence,
    draft: Draft,
    files: readonly ChosenFile[],
    progress: (at: SendingProgress) => void,
    keeps: (draft: Draft) => void,
  ) => Promise<void>;
  readonly discard: () => void;
  readonly say: (words: string) => void;
}

/** The screen, of one draft. */
export class WriteScreen {
  #faults: readonly Fault[] = [];
  readonly #form = el('form', { novalidate: true, class: 'write' });
  readonly #summary = el('div');
  readonly #progress = el('div', { class: 'progress' });
  readonly #files: FilesField;

  constructor(
    private readonly ports: WritePorts,
    private draft: Draft,
  ) {
    this.#files = new FilesField({ changed: () => this.#filesChanged(), say: ports.say });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.#form.addEventListener('input', () => this.#keep());
  }

  get screen(): Screen {
    const open = writable(this.ports.session);
    const ended = endedWords(this.ports.session, this.draft);
    if (ended !== undefined) this.#faults = [['to', ended]];
    else if (open.length === 0)
      return {
        title: 'Write a message',
        part: 'write',
        content: para(
          'There is nobody to write to today: no agreement is in force, or you are in no team that may write under one. Ask whoever looks after the agreement in your organisation.',
        ),
      };
    this.#fill(open);
    return {
      title: this.draft.answers.length > 0 ? 'Reply' : 'Write a message',
      part: 'write',
      content: [this.#summary, this.#form],
    };
  }

  #fill(open: readonly Correspondence[]): void {
    const { subject, text } = this.draft;
    this.draft = addressed(this.draft, open);
    this.#form.replaceChildren(
      toField(open, this.draft, this.#faults, today(new Date(this.ports.session.now())), () =>
        this.#refill(open),
      ),
      el('div', { class: 'from' }),
      el('div', { class: 'sealed' }),
      field(
        this.#faults,
        'subject',
        'Subject',
        el('input', {
          class: 'govuk-input',
          id: 'subject',
          name: 'subject',
          type: 'text',
          value: subject,
          autocomplete: 'off',
        }),
        leftOutWords(this.draft.leftOut),
      ),
      field(
        this.#faults,
        'text',
        'Message',
        el('textarea', { class: 'govuk-textarea', id: 'text', name: 'text', rows: '10' }, text),
        KEEP,
      ),
      el('div', { class: 'attach' }),
      this.#progress,
      el(
        'div',
        { class: 'govuk-button-group' },
        el('button', { type: 'submit', class: 'govuk-button', 'data-send': true }, 'Send'),
        button('Discard', () => this.ports.discard()),
      ),
    );
    this.#refill(open);
  }

  /** What depends on whom it is to. */
  #refill(open: readonly Correspondence[]): void {
    this.#keep();
    const correspondence = open.find(({ sends }) => sends.agreement === this.draft.agreement);
    const inboxes = correspondence?.inboxes ?? [];
    if (!inboxes.some(({ id }) => id === this.draft.from))
      this.draft = { ...this.draft, from: inboxes[0]?.id ?? '' };
    this.#form
      .querySelector('.from')
      ?.replaceChildren(...nodesOf([fromField(inboxes, this.draft.from, this.#faults)]));
    this.#form
      .querySelector('.sealed')
      ?.replaceChildren(
        ...(correspondence?.sends.sealed ? [el('div', { class: 'govuk-inset-text' }, SEALED)] : []),
      );
    this.#form
      .querySelector('.attach')
      ?.replaceChildren(
        ...(correspondence === undefined
          ? []
          : [this.#files.field(correspondence, this.#faults, this.draft.files)]),
      );
    this.#keep();
  }

  #keep(): void {
    const data = new FormData(this.#form);
    const read = (name: string, otherwise: string) => (data.has(name) ? String(data.get(name)) : otherwise);
    const [agreement = '', to = ''] = read('to', `${this.draft.agreement} ${this.draft.to}`).split(' ');
    const chosen = this.#files.files.map(({ name }) => name);
    this.draft = {
      ...this.draft,
      agreement,
      to,
      from: read('from', this.draft.from),
      subject: read('subject', this.draft.subject),
      text: read('text', this.draft.text).replaceAll('\r\n', '\n'),
      files: chosen.length > 0 ? chosen : this.draft.files,
      // Before it is known to whom it goes, it may become a sealed one.
      isSealed:
        agreement === ''
          ? writable(this.ports.session).some(({ sends }) => sends.sealed !== undefined)
          : this.ports.session.isSealed(agreement),
    };
    keepDraft(this.draft);
  }

  /** What was wrong with the files before is said no more: they are looked at again when it is sent. */
  #filesChanged(): void {
    // Whoever takes the last one away has none, and is not asked for it after a reload.
    this.draft = { ...this.draft, files: this.#files.files.map(({ name }) => name) };
    this.#keep();
    if (!this.#faults.some(([at]) => at === 'files')) return;
    this.#faults = this.#faults.filter(([at]) => at !== 'files');
    const control = this.#controlOf('files');
    if (control !== null) clearFaults(control);
    showFaults(this.#summary, this.#faults, (field) => this.#controlOf(field), 'stays');
  }

  async #send(): Promise<void> {
    this.#keep();
    // What a reload lost, and nobody has chosen again, does not go.
    const files = this.#files.files.map(({ name }) => name);
    this.draft = { ...this.draft, files };
    keepDraft(this.draft);
    const open = writable(this.ports.session);
    const correspondence = open.find(({ sends }) => sends.agreement === this.draft.agreement);
    const { chosen, refused } = correspondence
      ? lookedAt(correspondence, this.#files.files, mostBytes(correspondence))
      : { chosen: [], refused: [] };
    this.#faults = [
      ...(this.draft.to === '' || correspondence === undefined
        ? [['to', endedWords(this.ports.session, this.draft) ?? 'Select who the message is to'] as const]
        : []),
      ...subjectFault(this.draft.subject),
      ...(this.draft.text.trim() === '' ? [['text', 'Enter a message'] as const] : []),
      ...refused.map((each): Fault => ['files', fileWords(each)]),
    ];
    this.#fill(open);
    this.#showFaults();
    if (this.#faults.length > 0 || correspondence === undefined) return;
    const keeps = (draft: Draft) => {
      this.draft = draft;
      keepDraft(draft);
    };
    await underWay(this.#form, this.#progress, this.ports.say, (progress) =>
      this.ports.send(correspondence, this.draft, chosen, progress, keeps),
    );
  }

  #showFaults(): void {
    showFaults(this.#summary, this.#faults, (field) => this.#controlOf(field));
  }

  #controlOf(field: string): HTMLElement | null {
    return this.#form.querySelector(field === 'to' ? '#to input' : `#${field}`);
  }
}

/** Of what people write in one line; a paste that is longer is told and not cut, which nobody would see. */
const MOST_SUBJECT = 200;

function subjectFault(subject: string): Fault[] {
  const { length } = [...subject.trim()];
  if (length === 0) return [['subject', 'Enter a subject']];
  return length > MOST_SUBJECT ? [['subject', `Subject must be ${MOST_SUBJECT} characters or less`]] : [];
}

const KEEP = 'You cannot open it here again once it is sent. Keep a copy if you need one.';

const SEALED =
  'This agreement is sealed: the message is encrypted in this browser, and only people of the other organisation who have a key can read it: nobody on the way, and not you yourself once it is sent. Nobody can check it for malware either. What you write here is not kept if the page is reloaded.';

/** What was left out of the subject of an answer: nobody is to send other words than they saw without being told. */
function leftOutWords(leftOut = 0): string | undefined {
  if (leftOut === 0) return undefined;
  const many = leftOut === 1 ? '1 character' : `${leftOut} characters`;
  return `${many} that nobody sees ${leftOut === 1 ? 'was' : 'were'} left out of the subject of the message that you answer.`;
}
