/** That numbers meet their nouns in one way: `1 entry`, `4,493 files`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, plural } from '../../lib/words';

const LIB = join(__dirname, '../../lib');

it('counts as people write it in Britain', () => {
  expect([
    count(4493),
    plural(1, 'entry', 'entries'),
    plural(4493, 'entry', 'entries'),
    plural(0, 'file'),
  ]).toEqual(['4,493', '1 entry', '4,493 entries', '0 files']);
});

/** A number of things as code has it, and a noun after it that does not know whether it is one. */
const COUNTED =
  /\$\{(?:[\w.?!]+\.)?(?:length|size|count|pointers|compared|absent|newest)(?: [+-] 1)?\} (?:[a-z-]+ )?(?!(?:is|was|has|does|as|its|this|others|bytes)\b)[a-z]{3,}s\b/g;
/** What is said of machines by machines, or only ever of several. */
const ELSEWHERE = /^(?:rehearsal|contracts\/compile|delivery|wire)\//;

it('no noun stands behind a number without being told by it', () => {
  const sources = readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.(?:ts|mjs)$/.test(path) && !ELSEWHERE.test(path),
  );
  const bare = sources.flatMap((path) =>
    readFileSync(join(LIB, path), 'utf8')
      .split('\n')
      .filter((line) => !line.includes('=== 1'))
      .flatMap((line) => [...line.matchAll(COUNTED)].map(([found]) => `${path}: ${found}`)),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(bare).toEqual([]);
});
