/** That an assembly is a function of register and day, says what it was made from, and holds nothing stale. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { dateOf } from '../../lib/register/calendar';
import { thisProgram } from '../../lib/start/program';
import { edited, SAMPLE, set } from '../register/samples';
import { type Sample, synthesised, temporaryFolder, textOf } from './sample-assembly';

let sample: Sample;
beforeAll(() => {
  sample = synthesised();
});

const contentOf = ({ folder }: Sample) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => /\.template\.json$|^register\.json$|^concordat\.json$/.test(file))
      .map((file) => [file, textOf({ folder }, file)]),
  );

it('gives the same templates and register byte for byte, whichever folder they go to and in whatever order files come', () => {
  const again = synthesised({ files: [...SAMPLE].reverse() });
  expect(again.folder).not.toBe(sample.folder);
  expect(contentOf(again)).toEqual(contentOf(sample));
  expect(Object.keys(contentOf(sample)).length).toBeGreaterThan(10);
});

it('writes templates in ASCII, whatever is said in them: CloudFormation would give another back than was deployed', () => {
  const name = 'Cyngor Sir Ynys Môn';
  const welsh = synthesised({
    files: edited(
      SAMPLE,
      ...['leeds', 'example-routing'].map((id) => set(`organisations/${id}.yaml`, { name })),
    ),
  });
  for (const [file, text] of Object.entries(contentOf(welsh)))
    if (file.endsWith('.template.json')) expect([file, /[^\n -~]/.exec(text)]).toEqual([file, null]);
  const leeds = textOf(welsh, 'Organisation-leeds.template.json');
  expect(JSON.parse(leeds)).toMatchObject({ Description: expect.stringContaining(`shares of ${name} `) });
  // So is what an organisation is handed that has no bootstrap.
  expect(JSON.parse(textOf(welsh, 'Organisation-example-routing.template.json'))).toMatchObject({
    Description: expect.stringContaining(`${name} (example-routing)`),
  });
  // It is uploaded under the digest of what is there.
  const digest = createHash('sha256').update(leeds).digest('hex');
  expect(textOf(welsh, 'manifest.json')).toContain(`/${digest}.json`);
  expect(textOf(welsh, 'Organisation-leeds.assets.json')).toContain(digest);
});

it('gives others for another day: the clock enters through asOf alone', () => {
  const later = synthesised({ asOf: dateOf('2027-04-01') });
  expect(contentOf(later)).not.toEqual(contentOf(sample));
  expect(JSON.parse(textOf(later, 'concordat.json'))).toMatchObject({ asOf: '2027-04-01' });
  expect(textOf(later, 'register.json')).toBe(textOf(sample, 'register.json'));
});

it('holds the register in canonical form, and its digest beside it', () => {
  const text = textOf(sample, 'register.json');
  expect(canonicalize(JSON.parse(text))).toBe(text);
  expect(JSON.parse(textOf(sample, 'concordat.json'))).toEqual({
    form: 'concordat-assembly/v2',
    asOf: '2026-12-01',
    registerDigest: createHash('sha256').update(text).digest('hex'),
    lines: sample.register.lines(),
    program: thisProgram(),
  });
});

it('holds every organisation and agreement of the register', () => {
  const { organisations, agreements, zone } = JSON.parse(textOf(sample, 'register.json')) as Record<
    'organisations' | 'agreements',
    { id: string }[]
  > & { zone: object };
  expect(organisations.map(({ id }) => id)).toEqual(sample.register.organisations.map(({ id }) => id));
  expect(agreements.map(({ id }) => id)).toEqual(sample.register.agreements.map(({ id }) => id));
  expect(zone).toEqual(sample.register.zone);
});

describe('a folder that is synthesised into again', () => {
  const withoutCamden = SAMPLE.filter(({ path }) => path !== 'organisations/camden.yaml').map(
    ({ path, bytes }) => ({
      path,
      bytes: Buffer.from(
        Buffer.from(bytes)
          .toString('utf8')
          .replace(/^ {2}- camden\n/m, ''),
      ),
    }),
  );

  it('loses the templates of stacks that are gone, and keeps what is not a template', () => {
    const folder = temporaryFolder();
    const usable = withoutCamden.filter(
      ({ bytes }) => !/recipients:\nrelationship/.test(bytes.toString('utf8')),
    );
    synthesised({ folder });
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(existsSync(join(folder, 'Organisation-camden.template.json'))).toBe(true);
    const { stacks } = synthesised({ folder, files: usable });
    expect(stacks.map(({ name }) => name)).not.toContain('Organisation-camden');
    expect(readdirSync(folder).filter((file) => file.includes('camden'))).toEqual([]);
    expect(existsSync(join(folder, 'notes.txt'))).toBe(true);
    expect(contentOf({ ...sample, folder })).toEqual(contentOf(synthesised({ files: usable })));
  });
});
