/**
 * That no decision of a proof or a plan rests on words: every phrase can be changed, and nothing else changes.
 *
 * @jest-environment node
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Side } from '../../lib/plan/side';
import { changed, type Loose, unproven } from './pair';

const DWP = new Set(['012345678901']);

type Resources = Record<string, Loose>;
interface Statement {
  Sid: string;
  Effect: string;
  Principal: unknown;
  Action: string[];
  Resource: string;
}

/** Opens the key and the bucket, closes the access points: everything that a proof tells of. */
function spoil(resources: Resources): void {
  for (const { Type, Properties } of Object.values(resources)) {
    const policy = (name: string) => Properties[name] as { Statement: Statement[] };
    if (Type === 'AWS::KMS::Key') {
      const { Statement } = policy('KeyPolicy');
      Statement.splice(0, Statement.length, ...Statement.filter(({ Effect }) => Effect === 'Allow'), {
        Sid: 'Rogue',
        Effect: 'Allow',
        Principal: '*',
        Action: ['kms:Decrypt'],
        Resource: '*',
      });
    }
    if (Type === 'AWS::S3::BucketPolicy') {
      const document = policy('PolicyDocument');
      document.Statement = document.Statement.filter(({ Effect }) => Effect === 'Allow');
    }
    if (Type === 'AWS::S3::AccessPoint') policy('Policy').Statement.splice(0, 1);
  }
}

/** All that is decided, with the wording as it is or with one and the same text in place of every phrase. */
function decisions(mute: boolean) {
  let decided: unknown;
  jest.isolateModules(() => {
    if (mute) {
      const silent = (path: string, keep: readonly string[] = []) =>
        jest.doMock(path, () => {
          const words = Object.entries(jest.requireActual<Record<string, unknown>>(path));
          return Object.fromEntries(
            words.map(([name, each]) => [name, keep.includes(name) ? each : muted(each)]),
          );
        });
      silent('../../lib/proof/in-words');
      silent('../../lib/iam/why', ['reasonsOf']);
    }
    const { planOf, sectionsOf, sideOf } = require('../../lib/plan') as typeof import('../../lib/plan');
    const { source } = unproven();
    const from = sideOf(source, DWP);
    const spoilt = sideOf(changed(source, 'Organisation-dwp', spoil), DWP);
    const zone = { ...from.world.register.zone, awsOrganizationId: 'o-another', namePrefix: 'other' };
    const to: Side = {
      ...spoilt,
      world: { ...spoilt.world, register: { ...spoilt.world.register, zone } },
    };
    const decisionsOf = (one: Side, other: Side) => {
      const plan = planOf(one, other);
      const sections = sectionsOf(plan);
      return {
        plan,
        told: sections.map(({ heading, told }) => [heading, told.map(({ mark, widens }) => [mark, widens])]),
        sentences: sections.flatMap(({ told }) => told.map(({ sentence }) => sentence)),
      };
    };
    decided = { findings: to.findings, forth: decisionsOf(from, to), back: decisionsOf(to, from) };
  });
  jest.dontMock('../../lib/proof/in-words');
  jest.dontMock('../../lib/iam/why');
  return JSON.parse(JSON.stringify(decided)) as {
    findings: unknown[];
    forth: { told: unknown[]; sentences?: string[] };
    back: { told: unknown[]; sentences?: string[] };
  };
}

function muted(words: unknown): unknown {
  if (typeof words === 'string') return 'words';
  if (typeof words === 'function') return () => 'words';
  return Array.isArray(words) ? words.map(muted) : words;
}

it('finds, groups and calls wider the same, whatever the words are', () => {
  const [spoken, silent] = [decisions(false), decisions(true)];
  expect(spoken.findings.length).toBeGreaterThan(50);
  expect(silent.forth.sentences).not.toEqual(spoken.forth.sentences);
  for (const each of [spoken, silent]) {
    delete each.forth.sentences;
    delete each.back.sentences;
  }
  expect(silent).toEqual(spoken);
});

const LIB = join(__dirname, '../../lib');
const sourcesIn = (folder: string) =>
  readdirSync(join(LIB, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(LIB, folder, path), 'utf8') }));
const isWords = (path: string) => path.includes('/words/') || /\bin-words\.ts$/.test(path);
const all = [...sourcesIn('proof'), ...sourcesIn('plan')];

it('makes words last: what decides imports none', () => {
  const early = all.filter(
    ({ path, text }) =>
      !isWords(path) &&
      basename(path) !== 'index.ts' &&
      /from '\.{1,2}\/(?:\S*\/)?(?:words\/\S+|\S*\bin-words)'/.test(text),
  );
  expect(early.map(({ path }) => path)).toEqual([]);
  const telling = all.filter(
    ({ path, text }) =>
      !isWords(path) && basename(path) !== 'index.ts' && /\b(?:tell[A-Z]\w+|linesOf)\b/.test(text),
  );
  expect(telling.map(({ path }) => path)).toEqual([]);
});

it('reads no words back: what makes sentences takes none apart', () => {
  const reading = all.filter(
    ({ path, text }) =>
      isWords(path) &&
      /\.(?:test|exec|match|matchAll|split|includes|startsWith|endsWith|search)\(/.test(text),
  );
  expect(reading.map(({ path }) => path)).toEqual([]);
});
