/**
 * Has what a plan finds out about each side be found out once for each assembly: tests run the command many times over the
 * same two. To be imported before the command is.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../../lib/assembly';
import type { Side } from '../../lib/plan/side';

jest.mock('../../lib/plan/side', () => {
  const actual = jest.requireActual<typeof import('../../lib/plan/side')>('../../lib/plan/side');
  const known = new Map<string, Side>();
  const sideOf = (source: Assembly, only?: ReadonlySet<string>): Side => {
    // Assets are named by what they hold.
    const files = readdirSync(source.folder, { withFileTypes: true }).filter((each) => each.isFile());
    const content = createHash('sha256').update(JSON.stringify([source.folder, only && [...only]]));
    for (const { name } of files) content.update(name).update(readFileSync(join(source.folder, name)));
    const key = content.digest('hex');
    const side = known.get(key) ?? actual.sideOf(source, only);
    known.set(key, side);
    return side;
  };
  return { ...actual, sideOf };
});
