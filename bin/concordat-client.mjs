/** What `concordat-client.mjs` is bundled from: the client’s command line, and the same as a library. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runClient } from '../lib/commands/client-main';
import { limitHeapGrowth } from '../lib/commands/heap-growth';

export * from '../lib/client';

const [, called] = process.argv;
if (called !== undefined && realpathSync(called) === fileURLToPath(import.meta.url)) {
  limitHeapGrowth(process.argv[2]);
  // What bundles it puts the version in this place.
  process.exitCode = await runClient(process.argv.slice(2), CONCORDAT_VERSION);
}
