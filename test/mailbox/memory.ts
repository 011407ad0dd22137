/** What the scripts of a tab remember. */
import type { Page } from 'playwright-core';

/** Gives what else is under way in a tab its turn. */
const A_TURN = { expression: 'new Promise((done) => setTimeout(done))', awaitPromise: true } as const;

/**
 * All that the scripts of a tab have in memory, as V8 tells it once it has cleared up. What the browser itself gives back after its
 * document is gone, it gives back between two tasks, so that a first collection may come too early.
 */
export async function memoryOf(page: Page): Promise<() => Promise<string>> {
  const session = await page.context().newCDPSession(page);
  return async () => {
    const pieces: string[] = [];
    const hear = ({ chunk }: { readonly chunk: string }) => void pieces.push(chunk);
    session.on('HeapProfiler.addHeapSnapshotChunk', hear);
    for (let times = 0; times < 3; times++) {
      await session.send('HeapProfiler.collectGarbage');
      await session.send('Runtime.evaluate', A_TURN);
    }
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    session.off('HeapProfiler.addHeapSnapshotChunk', hear);
    return pieces.join('');
  };
}
