/**
 * Of which release the page is, by the bytes of its files as this browser was given them. A page that lies could show another
 * digest: what is served is held against the record by somebody else, with `concordat mailbox verify`.
 */
import { hex } from '../../ledger/core';
import { PROFILE_FILE } from '../../wire';

/** The digest, as whoever wrote the page came to it. @throws what the browser says where a file is not there */
export async function ownRelease(): Promise<string> {
  const beside = new URL('.', location.href);
  const named = [...document.head.querySelectorAll('link[href]:not([rel=modulepreload]), script[src]')].map(
    (each) => each.getAttribute('href') ?? each.getAttribute('src') ?? '',
  );
  const { reading = '', sealed = '' } =
    document.querySelector<HTMLScriptElement>('script[data-sealed]')?.dataset ?? {};
  const lines = await Promise.all(
    ['index.html', ...named, reading, sealed, PROFILE_FILE].map(async (name) => {
      const address = name === 'index.html' ? beside : new URL(name, beside);
      const answer = await fetch(address, { credentials: 'omit' });
      if (!answer.ok) throw new Error(`${name} ${answer.status}`);
      return `${await sha256(await answer.arrayBuffer())}  ${name}\n`;
    }),
  );
  const text = lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
  return sha256(new TextEncoder().encode(text));
}

async function sha256(bytes: BufferSource): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
