/** A message on its way, on the screen where it was written: how far it has come, or why it did not go. */
import { el, para } from '../dom';
import type { SendingProgress } from '../letters/sending';
import { sizeWords } from '../words/amounts';
import { refusalWords } from '../words/refusals';

/**
 * Sends by a form, which nobody changes meanwhile, and whose tab is not closed without a question.
 * @param shown where it is told how far it has come
 * @param send told where to tell
 */
export async function underWay(
  form: HTMLElement,
  shown: HTMLElement,
  say: (words: string) => void,
  send: (progress: (at: SendingProgress) => void) => Promise<void>,
): Promise<void> {
  const fields = form.querySelectorAll<HTMLInputElement | HTMLButtonElement>(
    'input, textarea, select, button',
  );
  for (const each of fields) each.disabled = true;
  const leaves = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener('beforeunload', leaves);
  try {
    await send((at) => {
      const words = progressWords(at);
      shown.replaceChildren(
        el('p', { class: 'govuk-body', id: 'progress' }, words),
        el('progress', {
          'aria-labelledby': 'progress',
          max: String(at.of ?? 1),
          ...(at.of !== undefined && { value: String(at.bytes) }),
        }),
      );
      if (at.bytes === 0) say(words);
    });
  } catch (error) {
    const { happened, mend, code } = refusalWords(error);
    shown.replaceChildren(
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

function progressWords({ what, bytes, of }: SendingProgress): string {
  return what === 'making' || of === undefined
    ? 'Getting the message ready'
    : `Sending: ${sizeWords(bytes)} of ${sizeWords(of)}`;
}
