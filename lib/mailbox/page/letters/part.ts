/**
 * Loads the part of the page that sealed letters take, once it is wanted. The browser holds its bytes against the digest that stands
 * beside the page’s own before anything of it runs: a module that was preloaded so is the one that an import is given.
 * @see https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload
 */
import { el } from '../dom';
import type { RefusalWords } from '../words/refusals';

/** What it does. */
export type SealedPart = typeof import('../sealed/part');

let loading: Promise<SealedPart> | undefined;
let here: SealedPart | undefined;

/** The part. @throws Error with its words, where it cannot be had, or is not what belongs to this page */
export function sealedPart(): Promise<SealedPart> {
  loading ??= loaded().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The part, where it was loaded before. */
export function partHere(): SealedPart | undefined {
  return here;
}

const NOT_LOADED: RefusalWords = {
  happened: 'What opens and seals messages could not be loaded, or is not what belongs to this page.',
  mend: 'Load the page anew. If it happens again, tell your IT help desk the code below.',
  code: 'sealed-part',
};

async function loaded(): Promise<SealedPart> {
  const { part: href, partIntegrity: integrity } =
    document.querySelector<HTMLElement>('script[data-part]')?.dataset ?? {};
  const preload = el('link', { rel: 'modulepreload', href, integrity });
  await new Promise<void>((done, failed) => {
    preload.onload = () => done();
    preload.onerror = () => failed(Object.assign(new Error('sealed-part'), { words: NOT_LOADED }));
    document.head.append(preload);
  }).finally(() => preload.remove());
  here = (await import(preload.href)) as SealedPart;
  return here;
}
