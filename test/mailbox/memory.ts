/** What the scripts of a tab remember. */
import type { Page } from 'playwright-core';

/** Gives what else is under way in a tab its turn. */
const A_TURN = { expression: 'new Promise((done) => setTimeout(done))', awaitPromise: true } as const;
/** At least so often is what nobody refers to any more cleared away, and at most: some of it goes a turn after what referred to it. */
const [FEWEST, MOST] = [3, 200];

/** How many documents a page has that shows a message: its own, and the one in which HTML is cleaned. */
export const WITH_MESSAGE = 2;

/**
 * All that the scripts of a tab have in memory, as V8 tells it once it has cleared up and no document is left but the page’s own:
 * one, if not said otherwise. What a document had whose place another has taken goes once the browser has taken it down, which it
 * does between two tasks.
 * @throws Error where another stays: what it remembers would be taken for what the tab does
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Memory/#method-getDOMCounters
 */
export async function memoryOf(page: Page): Promise<(own?: number) => Promise<string>> {
  const session = await page.context().newCDPSession(page);
  const clearUp = async (own: number): Promise<void> => {
    for (let times = 1; times <= MOST; times++) {
      await session.send('HeapProfiler.collectGarbage');
      await session.send('Runtime.evaluate', A_TURN);
      const { documents } = await session.send('Memory.getDOMCounters');
      if (times >= FEWEST && documents <= own) return;
    }
    throw new Error('the tab holds on to a document that is none of the page’s own');
  };
  return async (own = 1) => {
    await clearUp(own);
    const pieces: string[] = [];
    const hear = ({ chunk }: { readonly chunk: string }) => void pieces.push(chunk);
    session.on('HeapProfiler.addHeapSnapshotChunk', hear);
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    session.off('HeapProfiler.addHeapSnapshotChunk', hear);
    return pieces.join('');
  };
}
