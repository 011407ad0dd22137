/** The files that are to go with a message: choosing them, the list of them, and what a reload lost. */

import type { Correspondence } from '../../../delivery';
import { orList } from '../../../words';
import { button, type Child, el, para } from '../dom';
import { typesOfFiles } from '../letters/compose';
import { mostBytes } from '../letters/sending';
import { sizeWords, typeWords } from '../words/amounts';
import { type Fault, field } from './form';

/** What choosing files needs of the form. */
export interface FilesPorts {
  /** Told of each change. */
  readonly changed: () => void;
  readonly say: (words: string) => void;
}

/** The files that were chosen. */
export class FilesField {
  #files: readonly File[] = [];
  readonly #list = el('div');

  constructor(private readonly ports: FilesPorts) {}

  get files(): readonly File[] {
    return this.#files;
  }

  /**
   * The field, by what an agreement allows.
   * @param expected names of files that were chosen before, perhaps before the page was loaded anew
   */
  field(correspondence: Correspondence, faults: readonly Fault[], expected: readonly string[]): HTMLElement {
    const types = typeWords(typesOfFiles(correspondence));
    if (types.length === 0) return para('The agreement allows no files.');
    // In base64 each three bytes are four, and lines end.
    const most = Math.floor(mostBytes(correspondence) * 0.73);
    const input = el('input', {
      class: 'govuk-file-upload',
      id: 'files',
      type: 'file',
      multiple: true,
      onchange: () => {
        this.#files = [...this.#files, ...(input.files ?? [])];
        input.value = '';
        this.#listed(input);
        this.ports.changed();
      },
    });
    this.#listed(input);
    return field(
      faults,
      'files',
      'Files',
      input,
      `The agreement allows ${orList(types)}, ${sizeWords(most)} in all.`,
      [this.#lost(expected), this.#list],
    );
  }

  /** A reload keeps words, and not what files hold. */
  #lost(expected: readonly string[]): Child {
    const gone = expected.filter((name) => !this.#files.some((file) => file.name === name));
    return gone.length === 0
      ? undefined
      : el(
          'div',
          { class: 'govuk-inset-text' },
          `The page was reloaded. Choose these files again: ${gone.join(', ')}.`,
        );
  }

  #listed(input: HTMLElement): void {
    const removed = (file: File) => {
      this.#files = this.#files.filter((each) => each !== file);
      this.#listed(input);
      this.ports.changed();
      this.ports.say(`${file.name} was removed.`);
      input.focus();
    };
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
            button(`Remove ${file.name}`, () => removed(file)),
          ),
        ),
      ),
    );
  }
}
