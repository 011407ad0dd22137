/** The client as it is handed on: one file, with the digest by which anybody can tell it from another. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clientBundle } from './bundle.cjs';

const ROOT = resolve(__dirname, '../..');

/** The client’s file. */
interface ClientProgram {
  readonly name: string;
  readonly text: string;
  /** Of the text, in hex. */
  readonly sha256: string;
}

let known: ClientProgram | undefined;

/** The client of this program. The same source gives the same bytes, on every computer. Made or read once. */
export function clientProgram(): ClientProgram {
  if (known === undefined) {
    const text = clientBundle(ROOT);
    const sha256 = createHash('sha256').update(text).digest('hex');
    known = { name: 'concordat-client.mjs', text, sha256 };
  }
  return known;
}

/** The types of the client as a module, for programs in TypeScript: a file that lies beside it. */
export function clientTypes(): { readonly name: string; readonly text: string } {
  const name = 'concordat-client.d.mts';
  return { name, text: readFileSync(join(ROOT, 'lib/client', name), 'utf8') };
}
