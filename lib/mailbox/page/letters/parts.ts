/**
 * Loads the parts of the page that not everybody takes, each once it is wanted: what reads letters, and what seals and opens them. The
 * browser holds the bytes against the digest that stands beside the page’s own before anything of them runs: a module that was
 * preloaded so is the one that an import is given.
 * @see https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload
 */
import { el } from '../dom';
import type { RefusalWords } from '../words/refusals';

interface Parts {
  readonly reading: typeof import('../reading/part');
  readonly sealed: typeof import('../sealed/part');
}
type Name = keyof Parts;

const loading = new Map<Name, Promise<unknown>>();
let sealedHere: Parts['sealed'] | undefined;

/** What reads letters. @throws Error with its words, where it cannot be had, or is not what belongs to this page */
export function readingPart(): Promise<Parts['reading']> {
  return part('reading');
}

/** What seals and opens letters. @throws Error as `readingPart` does */
export async function sealedPart(): Promise<Parts['sealed']> {
  sealedHere = await part('sealed');
  return sealedHere;
}

/** What seals and opens letters, where it was loaded before. */
export function sealedPartHere(): Parts['sealed'] | undefined {
  return sealedHere;
}

const NOT_LOADED: Readonly<Record<Name, Omit<RefusalWords, 'mend'>>> = {
  reading: {
    happened: 'What shows messages could not be loaded, or is not what belongs to this page.',
    code: 'reading-part',
  },
  sealed: {
    happened: 'What opens and seals messages could not be loaded, or is not what belongs to this page.',
    code: 'sealed-part',
  },
};
const MEND = 'Load the page anew. If it happens again, tell your IT help desk the code below.';

function part<N extends Name>(name: N): Promise<Parts[N]> {
  const known = loading.get(name) as Promise<Parts[N]> | undefined;
  if (known !== undefined) return known;
  const begun = loaded(name).catch((error: unknown) => {
    loading.delete(name);
    throw error;
  });
  loading.set(name, begun);
  return begun;
}

async function loaded<N extends Name>(name: N): Promise<Parts[N]> {
  const about = document.querySelector<HTMLElement>('script[data-sealed]')?.dataset ?? {};
  const preload = el('link', {
    rel: 'modulepreload',
    href: about[name],
    integrity: about[`${name}Integrity`],
  });
  await new Promise<void>((done, failed) => {
    preload.onload = () => done();
    preload.onerror = () => {
      const words: RefusalWords = { ...NOT_LOADED[name], mend: MEND };
      failed(Object.assign(new Error(words.code), { words }));
    };
    document.head.append(preload);
  }).finally(() => preload.remove());
  return (await import(preload.href)) as Parts[N];
}
