/**
 * A file of 50 MB from one browser to the other: chosen, sent in parts of which one is lost on the way, fetched in ranges of which
 * one breaks off, saved, and held against what was chosen, byte by byte. Ends with 1 where it is another, or was sent twice; where
 * there is no browser, that is said, and nothing is tried.
 *   node --import tsx test/mailbox/large.ts
 */
import { createHash, randomFillSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bucketOf, PLAY_AGREEMENT } from '../../lib/mailbox/play/profiles';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { Stage } from './stage';

const BYTES = 50_000_000;
/** In milliseconds. */
const PATIENCE = 180_000;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-large-'));
  // In base64 it is a third more.
  const stage = await Stage.open({ largestObject: 80_000_000 });
  try {
    const [chosen, saved] = [join(folder, 'plans.pdf'), join(folder, 'saved.pdf')];
    // By its first byte no form that the page looks for: of files of chance alone, one in thousands would look like OpenPGP.
    const bytes = randomFillSync(Buffer.alloc(BYTES));
    bytes[0] = '{'.charCodeAt(0);
    writeFileSync(chosen, bytes);
    const seen = { parts: 0, ranges: 0 };
    stage.meddles = ({ method, query, headers }) => {
      if (method === 'PUT' && query.has('partNumber')) return ++seen.parts === 3 ? 'lost' : undefined;
      if (method === 'GET' && headers.range !== undefined) return ++seen.ranges === 3 ? 'lost' : undefined;
      return undefined;
    };

    const { page: sends } = await stage.officer('northmoor');
    await sends.getByRole('link', { name: 'Write a message' }).click();
    await sends.getByLabel('Subject').fill('The plans');
    await sends.getByLabel('Message', { exact: true }).fill('All of them.');
    await sends.getByLabel('Files').setInputFiles(chosen);
    await sends.getByRole('button', { name: 'Send' }).click();
    await sends.getByText('Delivered').waitFor({ timeout: PATIENCE });

    const { page: reads } = await stage.officer('eastdale');
    await reads.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    const button = reads.getByRole('button', { name: 'Save plans.pdf' });
    await button.waitFor({ timeout: PATIENCE });
    const [download] = await Promise.all([reads.waitForEvent('download'), button.click()]);
    await download.saveAs(saved);

    const versions = stage.world.buckets.below(
      bucketOf('northmoor'),
      `agreements/${PLAY_AGREEMENT}/discharge-desk/`,
    ).length;
    const isWhole = digestOf(saved) === digestOf(chosen);
    console.log(
      `a file of ${BYTES} bytes, sent in ${seen.parts} parts and fetched in ${seen.ranges} ranges, one of each lost on the way: ${isWhole ? 'whole' : 'ANOTHER'}; sent ${versions === 1 ? 'once' : `${versions} TIMES`}`,
    );
    if (!isWhole || versions !== 1 || seen.parts < 5 || seen.ranges < 5) process.exitCode = 1;
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

if (BROWSER !== undefined || BROWSER_REQUIRED) void main();
else console.log('skipped: there is no browser, so no large file is sent by one');
