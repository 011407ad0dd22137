/** That policy evaluation runs where Node is not, that its README says what is left out, and how it reads addresses. */
import { readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { NOT_JUDGED, NOT_SEEN } from '../../lib/iam';
import { ipRangeOf } from '../../lib/iam/ip-range';

const IAM = join(__dirname, '../../lib/iam');

it('is bundled for browsers without anything of Node', async () => {
  const { metafile } = await build({
    entryPoints: [join(IAM, 'index.ts')],
    bundle: true,
    platform: 'browser',
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const files = Object.keys(metafile.inputs);
  expect(files.length).toBeGreaterThan(20);
  const imports = Object.values(metafile.inputs).flatMap((each) => each.imports.map(({ path }) => path));
  expect(imports.filter((path) => !path.startsWith('lib/iam/'))).toEqual([]);
  for (const file of files) {
    const found = readFileSync(join(IAM, '../..', file), 'utf8').match(
      /\b(?:Buffer|process|__dirname)\b|\brequire\(/g,
    );
    expect([file, found]).toEqual([file, null]);
  }
});

it('has a README that names all that is not modelled', () => {
  const text = readFileSync(join(IAM, 'README.md'), 'utf8');
  for (const each of [...NOT_JUDGED, ...NOT_SEEN]) expect(text).toContain(`- ${each}\n`);
});

it('takes for an IP address what Node takes for one, but for one with a zone', () => {
  const nearly = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV4Extended(),
    fc
      .array(
        fc.constantFrom(
          '0',
          '01',
          '1',
          'f',
          'ffff',
          '255',
          '256',
          ':',
          '::',
          '.',
          '%',
          '[',
          ']',
          '\n',
          ' ',
          '٣',
        ),
        {
          maxLength: 16,
        },
      )
      .map((parts) => parts.join('')),
    fc
      .tuple(fc.ipV6(), fc.nat(40), fc.constantFrom(':', '.', '0', '%eth0', '\t', '/'))
      .map(([text, at, more]) => text.slice(0, at) + more + text.slice(at)),
  );
  fc.assert(
    fc.property(nearly, (text) => {
      const whole = ipRangeOf('0.0.0.0/0')?.(text);
      expect([text, whole !== undefined]).toEqual([
        text,
        isIPv4(text) || (isIPv6(text) && !text.includes('%')),
      ]);
      if (whole !== undefined) expect([text, whole]).toEqual([text, isIPv4(text)]);
    }),
    { numRuns: 3_000 },
  );
});
