/** That a pack holds what its files are made of, piece by piece, and lists the hash of each. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writePack } from '../../lib/evidence/write-pack';

const folder = mkdtempSync(join(tmpdir(), 'pack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A text said many times over: pieces shorter and longer than what is held of a file, of characters of one to four bytes. */
const piece = fc.record({
  said: fc.constantFrom('a', 'é', '’', '\u{1f5dd}', 'a\n’'),
  times: fc.nat(600_000),
});

test('each file is its pieces in UTF-8, and its hash is listed and given to the page', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (all) => {
      const pieces = all.map(({ said, times }) => said.repeat(times));
      const pack = join(folder, 'pack');
      let given = '';
      writePack(pack, (put) => {
        given = put('evidence.json', pieces);
        put('index.html', ['<p>Page</p>']);
      });
      const written = readFileSync(join(pack, 'evidence.json'));
      expect(written.equals(Buffer.from(pieces.join('')))).toBe(true);
      expect(given).toBe(createHash('sha256').update(written).digest('hex'));
      expect(readFileSync(join(pack, 'SHA256SUMS'), 'utf8')).toContain(`${given}  evidence.json\n`);
    }),
    { numRuns: 25 },
  );
});
