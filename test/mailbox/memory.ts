/** What the scripts of a tab remember. */
import type { Page } from 'playwright-core';

/** All that the scripts of a tab have in memory, as V8 tells it once it has cleared up. */
export async function memoryOf(page: Page): Promise<() => Promise<string>> {
  const session = await page.context().newCDPSession(page);
  return async () => {
    const pieces: string[] = [];
    const hear = ({ chunk }: { readonly chunk: string }) => void pieces.push(chunk);
    session.on('HeapProfiler.addHeapSnapshotChunk', hear);
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    session.off('HeapProfiler.addHeapSnapshotChunk', hear);
    return pieces.join('');
  };
}
