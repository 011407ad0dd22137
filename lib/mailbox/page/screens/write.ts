/** Writing a message, and sending it. What is typed is kept with each change. */

import type { Correspondence } from '../../../delivery';
import { standingOn } from '../../../delivery';
import { today } from '../../../register/calendar';
import { orList } from '../../../words';
import type { Screen } from '../app';
import { button, type Child, el, para } from '../dom';
import { type ChosenFile, lookedAt, typesOfFiles } from '../letters/compose';
import { type Draft, keepDraft } from '../letters/draft';
import { mostBytes, type SendingProgress } from '../letters/sending';
import type { Session } from '../session/session';
import { sizeWords, typeWords } from '../words/amounts';
import { refusalWords } from '../words/refusals';
import { type Fault, field, fileWords, group, showFaults } from './form';

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

/** Those under which messages may be written today. */
function writable(session: Session): readonly Correspondence[] {
  const day = today(new Date(session.now()));
  return session.correspondences.filter(
    ({ sends, inboxes }) => inboxes.length > 0 && standingOn(sends.days, day).state === 'in-force',
  );
}

/** The screen, of one draft. */
export class WriteScreen {
  #files: File[] = [];
  #faults: readonly Fault[] = [];
  readonly #form = el('form', { novalidate: true, class: 'write' });
  readonly #summary = el('div');
  readonly #progress = el('div', { class: 'progress' });
  readonly #list = el('div');

  constructor(
    private readonly ports: WritePorts,
    private draft: Draft,
  ) {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.#form.addEventListener('input', () => this.#keep());
  }

  get screen(): Screen {
    const open = writable(this.ports.session);
    if (open.length === 0)
      return {
        title: 'Write a message',
        part: 'write',
        content: para(
          'There is nobody to whom you may write today: no agreement is in force, or no inbox is for you. Ask whoever looks after the agreement in your organisation.',
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
    const { draft } = this;
    const targets = open.flatMap((correspondence) =>
      correspondence.writesTo.map((inbox) => ({ correspondence, inbox })),
    );
    const [only] = targets;
    if (targets.length === 1 && only !== undefined && draft.to === '')
      this.draft = { ...draft, to: only.inbox.id, agreement: only.correspondence.sends.agreement };
    this.#form.replaceChildren(
      group(
        this.#faults,
        'to',
        el(
          'fieldset',
          { class: 'govuk-fieldset' },
          el('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' }, 'To'),
          el(
            'div',
            { class: 'govuk-radios', id: 'to' },
            targets.map(({ correspondence: { sends }, inbox }, index) => {
              const id = `to-${index}`;
              const isChosen = inbox.id === this.draft.to && sends.agreement === this.draft.agreement;
              return el(
                'div',
                { class: 'govuk-radios__item' },
                el('input', {
                  class: 'govuk-radios__input',
                  type: 'radio',
                  name: 'to',
                  id,
                  value: `${sends.agreement} ${inbox.id}`,
                  checked: isChosen,
                  'aria-describedby': `${id}-hint`,
                  onchange: () => this.#refill(open),
                }),
                el(
                  'label',
                  { class: 'govuk-label govuk-radios__label', for: id },
                  `${inbox.team}, ${sends.recipients[0]?.name ?? ''}`,
                ),
                el(
                  'div',
                  { class: 'govuk-hint govuk-radios__hint', id: `${id}-hint` },
                  `Under: ${sends.title}`,
                ),
              );
            }),
          ),
        ),
      ),
      el('div', { class: 'from' }),
      field(
        this.#faults,
        'subject',
        'Subject',
        el('input', {
          class: 'govuk-input',
          id: 'subject',
          name: 'subject',
          type: 'text',
          value: draft.subject,
          autocomplete: 'off',
          maxlength: '200',
        }),
      ),
      field(
        this.#faults,
        'text',
        'Message',
        el('textarea', { class: 'govuk-textarea', id: 'text', name: 'text', rows: '10' }, draft.text),
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
    this.#form.querySelector('.from')?.replaceChildren(
      ...(inboxes.length < 2
        ? []
        : [
            field(
              this.#faults,
              'from',
              'From',
              el(
                'select',
                { class: 'govuk-select', id: 'from', name: 'from' },
                inboxes.map(({ id, team }) =>
                  el('option', { value: id, selected: id === this.draft.from }, team),
                ),
              ),
            ),
          ]),
    );
    this.#form
      .querySelector('.attach')
      ?.replaceChildren(...(correspondence === undefined ? [] : [this.#attach(correspondence)]));
    this.#keep();
  }

  #attach(correspondence: Correspondence): HTMLElement {
    const types = typeWords(typesOfFiles(correspondence));
    if (types.length === 0) return para('The agreement allows no files.');
    // In base64 each three bytes are four, and lines end.
    const most = Math.floor(mostBytes(correspondence) * 0.73);
    const input = el('input', {
      class: 'govuk-file-upload',
      id: 'files',
      type: 'file',
      multiple: true,
      'aria-describedby': 'files-hint',
      onchange: () => {
        this.#files = [...this.#files, ...(input.files ?? [])];
        input.value = '';
        this.#listFiles();
        this.#keep();
      },
    });
    this.#listFiles();
    return group(
      this.#faults,
      'files',
      el('label', { class: 'govuk-label govuk-label--s', for: 'files' }, 'Files'),
      el(
        'div',
        { class: 'govuk-hint', id: 'files-hint' },
        `The agreement allows ${orList(types)}, ${sizeWords(most)} in all.`,
      ),
      this.#lost(),
      input,
      this.#list,
    );
  }

  /** A reload keeps words, and not what files hold. */
  #lost(): Child {
    const gone = this.draft.files.filter((name) => !this.#files.some((file) => file.name === name));
    return gone.length === 0
      ? undefined
      : el(
          'div',
          { class: 'govuk-inset-text' },
          `Choose these files again, since the page was loaded anew: ${gone.join(', ')}.`,
        );
  }

  #listFiles(): void {
    this.#list.replaceChildren(
      el(
        'ul',
        { class: 'files' },
        this.#files.map((file) =>
          el(
            'li',
            {},
            el(
              'span',
              { class: 'file' },
              el('strong', {}, file.name),
              el('span', { class: 'govuk-hint' }, sizeWords(file.size)),
            ),
            button(`Remove ${file.name}`, () => {
              this.#files = this.#files.filter((each) => each !== file);
              this.#listFiles();
              this.#keep();
              this.ports.say(`${file.name} was removed.`);
              this.#form.querySelector<HTMLElement>('#files')?.focus();
            }),
          ),
        ),
      ),
    );
  }

  #keep(): void {
    const data = new FormData(this.#form);
    const read = (name: string, otherwise: string) => (data.has(name) ? String(data.get(name)) : otherwise);
    const [agreement = '', to = ''] = read('to', `${this.draft.agreement} ${this.draft.to}`).split(' ');
    const chosen = this.#files.map(({ name }) => name);
    this.draft = {
      ...this.draft,
      agreement,
      to,
      from: read('from', this.draft.from),
      subject: read('subject', this.draft.subject),
      text: read('text', this.draft.text).replaceAll('\r\n', '\n'),
      files: chosen.length > 0 ? chosen : this.draft.files,
    };
    keepDraft(this.draft);
  }

  async #send(): Promise<void> {
    this.#keep();
    // What a reload lost, and nobody has chosen again, does not go.
    const files = this.#files.map(({ name }) => name);
    this.draft = { ...this.draft, files };
    keepDraft(this.draft);
    const open = writable(this.ports.session);
    const correspondence = open.find(({ sends }) => sends.agreement === this.draft.agreement);
    const { chosen, refused } = correspondence
      ? lookedAt(correspondence, this.#files, mostBytes(correspondence))
      : { chosen: [], refused: [] };
    this.#faults = [
      ...(this.draft.to === '' || correspondence === undefined
        ? [['to', 'Choose whom the message is to'] as const]
        : []),
      ...(this.draft.subject.trim() === '' ? [['subject', 'Enter a subject'] as const] : []),
      ...(this.draft.text.trim() === '' ? [['text', 'Enter a message'] as const] : []),
      ...refused.map((each): Fault => ['files', fileWords(each)]),
    ];
    this.#fill(open);
    this.#showFaults();
    if (this.#faults.length > 0 || correspondence === undefined) return;
    await this.#go(correspondence, chosen);
  }

  async #go(correspondence: Correspondence, files: readonly ChosenFile[]): Promise<void> {
    const fields = this.#form.querySelectorAll<HTMLInputElement | HTMLButtonElement>(
      'input, textarea, select, button',
    );
    for (const each of fields) each.disabled = true;
    const leaves = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', leaves);
    try {
      await this.ports.send(
        correspondence,
        this.draft,
        files,
        (at) => this.#show(at),
        (draft) => {
          this.draft = draft;
          keepDraft(draft);
        },
      );
    } catch (error) {
      const { happened, mend, code } = refusalWords(error);
      this.#progress.replaceChildren(
        el(
          'div',
          { class: 'govuk-error-summary', role: 'alert' },
          el('h2', { class: 'govuk-error-summary__title' }, 'The message was not sent'),
          para(happened),
          para(mend),
          el('p', { class: 'govuk-hint' }, `Code: ${code}`),
        ),
      );
      for (const each of fields) each.disabled = false;
    } finally {
      removeEventListener('beforeunload', leaves);
    }
  }

  #show({ what, bytes, of }: SendingProgress): void {
    const words =
      what === 'making' || of === undefined
        ? 'Getting the message ready'
        : `Sending: ${sizeWords(bytes)} of ${sizeWords(of)}`;
    this.#progress.replaceChildren(
      el('p', { class: 'govuk-body', id: 'progress' }, words),
      el('progress', {
        'aria-labelledby': 'progress',
        max: String(of ?? 1),
        ...(of !== undefined && { value: String(bytes) }),
      }),
    );
    if (bytes === 0) this.ports.say(words);
  }

  #showFaults(): void {
    showFaults(this.#summary, this.#faults, (field) =>
      this.#form.querySelector<HTMLElement>(field === 'to' ? '#to input' : `#${field}`),
    );
  }
}
