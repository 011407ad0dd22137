/**
 * That what is claimed of a key follows from facts: every phrase can be changed, and no claim changes its truth.
 *
 * @jest-environment node
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../../lib/assembly';
import { synthesised } from '../stacks/sample-assembly';

let source: Assembly;
beforeAll(() => {
  source = synthesised().assembly;
});

const ACCOUNT = '012345678901';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/reader`;

/** Principals of a statement, and whether a caller of an account that is not named may be among them. */
const PRINCIPALS: readonly (readonly [what: string, principals: object, anyAccount: boolean])[] = [
  ['everybody', { Principal: '*' }, true],
  ['everybody in AWS', { Principal: { AWS: '*' } }, true],
  ['everybody beside somebody', { Principal: { AWS: [ROLE, '*'] } }, true],
  ['everybody but one', { NotPrincipal: { AWS: ROLE } }, true],
  ['nobody', { Principal: {} }, true],
  ['no principal at all', {}, true],
  ['a principal by import', { Principal: { AWS: { 'Fn::ImportValue': 'X' } } }, true],
  ['a pattern', { Principal: { AWS: 'arn:aws:iam::*:role/reader' } }, true],
  ['an ARN of no known kind', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:robot/x` } }, true],
  ['a canonical user', { Principal: { CanonicalUser: '79a59df900b949e5' } }, true],
  ['an identity provider', { Principal: { Federated: 'accounts.example.org' } }, true],
  ['an account', { Principal: { AWS: ACCOUNT } }, false],
  ['an account by its root user', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }, false],
  ['another account', { Principal: { AWS: '210987654321' } }, false],
  ['a role', { Principal: { AWS: ROLE } }, false],
  ['a session', { Principal: { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/x` } }, false],
  ['an AWS service', { Principal: { Service: 's3.amazonaws.com' } }, false],
];

/** The sample with one more statement in the key’s policy of one organisation. */
function withStatement(statement: object): Assembly {
  const stacks = source.stacks.map((stack) => {
    if (stack.name !== 'Organisation-dwp') return stack;
    const resources = structuredClone(stack.resources);
    for (const { Type, Properties } of Object.values(resources))
      if (Type === 'AWS::KMS::Key')
        (Properties as { KeyPolicy: { Statement: object[] } }).KeyPolicy.Statement.push(statement);
    return { ...stack, resources };
  });
  return { ...source, stacks };
}

const WORDS = readdirSync(join(__dirname, '../../lib/custody/words'))
  .filter((file) => /-words\.ts$/.test(file))
  .map((file) => `../../lib/custody/words/${file.replace(/\.ts$/, '')}`);

/** What makes a statement and its pages, once with the words as they are and once with them muted. */
const rooms = new Map<boolean, Room>();
interface Room {
  readonly custody: typeof import('../../lib/custody');
  readonly words: typeof import('../../lib/words');
}

function roomOf(mute: boolean): Room {
  let room = rooms.get(mute);
  if (room === undefined) {
    jest.isolateModules(() => {
      if (mute) for (const path of WORDS) jest.doMock(path, () => muted(jest.requireActual<object>(path)));
      room = { custody: require('../../lib/custody'), words: require('../../lib/words') };
    });
    for (const path of WORDS) jest.dontMock(path);
  }
  if (room === undefined) throw new Error('nothing was loaded');
  rooms.set(mute, room);
  return room;
}

/** Whether the page claims that the operator is shut out, and how much it tells to look at twice. */
function claims(assembly: Assembly, mute: boolean) {
  const { custody, words } = roomOf(mute);
  const statement = custody.custodyStatement(assembly, 'dwp');
  const shown = custody
    .statementPages(statement)
    .map((page) => words.documentText(custody.pageDocument(page)).replace(/\s+/g, ' '))
    .join('');
  return {
    shutOut: shown.includes('the operator can neither decrypt'),
    twice: statement.keys.reduce((sum, { attention }) => sum + attention.length, 0),
    shown,
  };
}

/** Every phrase is one and the same; tables keep their keys. */
function muted(words: unknown): unknown {
  if (typeof words === 'string') return 'words';
  if (typeof words === 'function') return () => 'words';
  return words !== null && typeof words === 'object'
    ? Object.fromEntries(
        Object.entries(words).map(([name, each]) => [name, keeps(name) ? each : muted(each)]),
      )
    : words;
}

/** What takes callers apart, and makes no words. */
function keeps(name: string): boolean {
  return name === 'distinct';
}

it.each(PRINCIPALS)(
  'says that the operator is shut out where that is so: %s',
  (_what, principals, anyAccount) => {
    const statement = { Sid: 'Added', Action: 'kms:Decrypt', Resource: '*', ...principals };
    for (const [effect, shutOut] of [
      ['Allow', !anyAccount],
      ['Deny', true],
    ] as const) {
      const assembly = withStatement({ ...statement, Effect: effect });
      const [spoken, silent] = [claims(assembly, false), claims(assembly, true)];
      expect([effect, spoken.shutOut]).toEqual([effect, shutOut]);
      expect([effect, silent.shutOut, silent.twice]).toEqual([effect, shutOut, spoken.twice]);
      expect(silent.shown).not.toBe(spoken.shown);
    }
  },
);

it('does not say that the operator is shut out where the grants are not known', () => {
  const blind: Assembly = { ...source, assetFile: () => undefined };
  expect(claims(source, false).shutOut).toBe(true);
  expect(claims(blind, false).shutOut).toBe(false);
  expect(claims(blind, true).shutOut).toBe(false);
});

const FACTS = join(__dirname, '../../lib/custody');

it('makes words last: what gives facts makes none', () => {
  const telling = readdirSync(FACTS)
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .filter((file) => /from '\.\/words|from '\.\.\/words'/.test(readFileSync(join(FACTS, file), 'utf8')));
  expect(telling).toEqual([]);
});
