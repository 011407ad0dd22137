/**
 * That the custody statement says what the register asks for and nothing else, and that no change of a template which lets
 * somebody else decrypt, administer or grant goes unseen: of generated mutants, every one.
 */

import { type Assembly, openAssembly, resolved } from '../../lib/assembly';
import type { KeyCustody } from '../../lib/custody/key-custody';
import { KMS_ACTIONS } from '../../lib/custody/kms-actions';
import type { Permission } from '../../lib/custody/permissions';
import { type CustodyStatement, custodyStatement } from '../../lib/custody/statement';
import { attentionWords, statementAttentionWords } from '../../lib/custody/words/attention-words';
import { statementJson } from '../../lib/custody/words/statement-json';
import { statementPages } from '../../lib/custody/words/statement-page';
import type { Member } from '../../lib/register/schema/organisation';
import { markedText } from '../../lib/words';
import { type Sample, synthesised } from '../stacks/sample-assembly';
import { grantMutants, keyPolicyMutants, type Mutant, roleMutants, settingMutants } from './assembly-mutants';
import { expectedCustody, type Meaning, type Said, said, sorted } from './expected-custody';

let sample: Sample;
let whole: Assembly;
let members: Member[];
beforeAll(() => {
  sample = synthesised();
  whole = remembering(openAssembly(sample.folder));
  members = sample.register.organisations.filter((each) => each.membership === 'member');
});

it('says of every key in the sample what the register asks for', () => {
  expect(members.length).toBeGreaterThan(10);
  for (const member of members)
    expect(meaningOf(custodyOf(whole, member.id))).toEqual(
      expectedCustody(sample.register, member, sample.asOf),
    );
});

/** Where it must change: without grants where the family leaves them alone, and of a key’s policy not in what is said of roles either. */
type InText = 'all' | 'without grants' | 'of the policy' | 'nothing';

/** One family of mutants; the least number is there so that a generator that falls silent is found. */
const FAMILIES: readonly (readonly [
  what: string,
  least: number,
  of: (place: Place) => Mutant[],
  inText: InText,
])[] = [
  [
    'the key’s policy',
    2000,
    ({ settled, keyId, asked }) => keyPolicyMutants(settled.source, settled.stack, keyId, asked, KMS_ACTIONS),
    'of the policy',
  ],
  ['the list of grants', 20, ({ source, stack }) => grantMutants(source, stack), 'all'],
  [
    'settings of key and bucket, and resources that are added',
    30,
    ({ source, stack, keyId, bucketId }) => settingMutants(source, stack, keyId, bucketId),
    'without grants',
  ],
  [
    'who takes on the roles of the account',
    200,
    ({ source, stack, roleIds }) => roleIds.flatMap((id) => roleMutants(source, stack, id, false)),
    'without grants',
  ],
  ['who takes on the roles that hold grants', 50, granteeMutants, 'all'],
  [
    'what the broker’s role may do',
    100,
    ({ source, stack, roleIds }) =>
      roleIds.filter((id) => /Broker/.test(id)).flatMap((id) => roleMutants(source, stack, id, true)),
    'nothing',
  ],
];

it.each(FAMILIES)('changes with every mutant of %s', (_what, least, mutantsOf, inText) => {
  const survivors: string[] = [];
  const chosen = spread(members.map((member) => mutantsOf(placeOf(member))));
  for (const [index, mutants] of chosen.entries()) {
    const member = members[index] as Member;
    const before = custodyStatement(placeOf(member).source, member.id);
    const [json, text] = [jsonOf(before, inText), textOf(before, inText)];

    const asked = expectedCustody(sample.register, member, sample.asOf);
    const expected = JSON.stringify(inKeyOrder(asked));
    for (const { how, source } of mutants) {
      const after = custodyStatement(source, member.id);
      const [key] = after.keys;
      // Of most mutants there is something to look at twice, and the rest of their meaning need not be put in order.
      const sameMeaning =
        key &&
        after.attention.length === 0 &&
        key.attention.length === asked.attention.length &&
        JSON.stringify(inKeyOrder(meaningOf(key))) === expected;
      const unseen = [
        ...(jsonOf(after, inText) === json ? ['in the JSON'] : []),
        ...(!SAME_IN_WORDS.test(how) && textOf(after, inText) === text && inText !== 'nothing'
          ? ['in the text']
          : []),
        ...(sameMeaning ? ['by what the register asks for'] : []),
      ];
      if (unseen.length > 0) survivors.push(`${how}: unseen ${unseen.join(', ')}`);
    }
  }
  expect(survivors).toEqual([]);
  expect(chosen.flat().length).toBeGreaterThan(least);
});

/** Two ways of writing the same: an ARN without wildcards under another operator, and the two forms of everybody. */
const SAME_IN_WORDS =
  /ArnEquals aws:PrincipalArn: (?:ArnLike|StringEquals|StringLike)$|(?:Arn|String)(\w+) \S+(?:Arn|Principal): (?:Arn|String)\1$|Deny\w+: for everybody in AWS$/;

/**
 * Keys of one kind differ only in accounts and names, so each form of mutant is made once, now of this key and now of that.
 * EVERY_MUTANT=1 makes each of every key, which takes minutes.
 */
function spread(mutants: readonly (readonly Mutant[])[]): Mutant[][] {
  if (process.env.EVERY_MUTANT === '1') return mutants.map((each) => [...each]);
  const holders = new Map<string, number[]>();
  const formOf = ({ how }: Mutant) =>
    how.replace(/^\S+?(?=[/ ])/, '').replace(/\d{12}|[0-9a-f]{12}--\S+/g, '');
  const forms = mutants.map((list) => list.map(formOf));
  for (const [index, list] of forms.entries())
    for (const form of list) {
      const already = holders.get(form);
      if (already) already.push(index);
      else holders.set(form, [index]);
    }
  const turn = new Map([...holders].map(([form, list], at) => [form, list[at % list.length]]));
  return mutants.map((list, index) => list.filter((_, at) => turn.get(forms[index]?.[at] ?? '') === index));
}

/** The pages as text, without what a family cannot change, since the words of many dates take long. */
function textOf(statement: CustodyStatement, what: InText): string {
  if (what === 'nothing') return '';
  const { asOf: _, ...undated } = told(statement, what);
  return JSON.stringify(statementPages(undated));
}

/** The statement for programs, without that too: it must show somewhere else. */
function jsonOf(statement: CustodyStatement, what: InText): string {
  return statementJson(told(statement, what));
}

function told(statement: CustodyStatement, what: InText): CustodyStatement {
  if (what === 'all' || what === 'nothing') return statement;
  const less = { grants: [], ...(what === 'of the policy' && { identities: [] }) };
  return { ...statement, keys: statement.keys.map((key) => ({ ...key, ...less })) };
}

type Stack = Assembly['stacks'][number];

interface Place {
  readonly source: Assembly;
  readonly stack: Stack;
  /** The same with roles as they come to, so that what they say is read once and not for each change of something else. */
  readonly settled: { readonly source: Assembly; readonly stack: Stack };
  readonly keyId: string | undefined;
  readonly bucketId: string;
  readonly asked: string;
  /** The roles of the account that the statement gives. */
  readonly roleIds: readonly string[];
}

const places = new Map<string, Place>();

/** Where a member’s key is, looked up once: every family of mutants begins there. */
function placeOf(member: Member): Place {
  const place = places.get(member.id) ?? placeIn(member);
  places.set(member.id, place);
  return place;
}

/** Only the stacks of its grants’ holders stay beside its own, since no other is read. */
function placeIn(member: Member): Place {
  const custody = custodyOf(whole, member.id);
  const near = new Set([custody.account, ...custody.grants.map(({ grantee }) => grantee.split(':')[4])]);
  const source = { ...whole, stacks: whole.stacks.filter(({ account }) => near.has(account)) };
  const settled = { ...source, stacks: source.stacks.map(withRolesSettled) };
  const stack = sample.stackOf(member.id);
  const bucketId =
    Object.entries(stack.resources).find(([, { Type }]) => Type === 'AWS::S3::Bucket')?.[0] ?? '';
  return {
    source,
    stack,
    settled: { source: settled, stack: settled.stacks.find(({ name }) => name === stack.name) ?? stack },
    keyId: custody.key.logicalId,
    bucketId,
    asked: `key-policy-${member.id}.json`,
    roleIds: custody.identities.flatMap(({ madeBy }) => madeBy?.split('/')[1] ?? []),
  };
}

function withRolesSettled(stack: Stack): Stack {
  const resources = Object.entries(stack.resources).map(([id, each]) =>
    each.Type === 'AWS::IAM::Role'
      ? [id, { ...each, Properties: resolved(each.Properties, stack) as typeof each.Properties }]
      : [id, each],
  );
  return { ...stack, resources: Object.fromEntries(resources) };
}

function granteeMutants({ source, stack }: Place): Mutant[] {
  const custody = custodyOf(source, stack.name.replace('Organisation-', ''));
  const accounts = new Set(custody.grants.map(({ grantee }) => grantee.split(':')[4]));
  return source.stacks
    .filter(({ account }) => accounts.has(account))
    .flatMap((each) =>
      Object.entries(each.resources)
        .filter(([, { Properties }]) => Properties?.RoleName === 'concordat-collect')
        .flatMap(([id]) => roleMutants(source, each, id, false)),
    );
}

function custodyOf(source: Assembly, organisation: string): KeyCustody {
  const { keys } = custodyStatement(source, organisation);
  const [key] = keys;
  if (key === undefined || keys.length > 1) throw new Error(`${organisation} has ${keys.length} keys`);
  return key;
}

/** The statement in the words of AWS, from its JSON alone. */
function meaningOf(custody: KeyCustody): Meaning {
  const { organisation, name, account, region, bucket, key, awsOrganisation } = custody;
  const { origin, arn, clusterId, externalKeyId, materialExpires, rotationDays, deletionDays, kept } = key;
  const where = {
    organisation,
    name,
    account,
    region,
    bucket,
    origin,
    arn,
    clusterId,
    externalKeyId,
    materialExpires,
    rotationDays,
    deletionDays,
    kept,
    awsOrganisation,
  };
  const thisKey = `\${${key.logicalId}.Arn}`;
  const plain = ({ effect, principals, actions, except, resources, conditions }: Permission): Said =>
    said(
      effect,
      principals.map(({ written }) => written),
      actions.map((each) => (except ? `not ${each}` : each)),
      resources.map((each) => (each === thisKey ? 'this key' : each)),
      conditions.map((each) => `${each.operator} ${each.key} = ${each.values.join(' | ')}`),
    );
  return {
    where: Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined)),
    policy: sorted(custody.policy.map(plain)),
    grants: custody.grants.map(({ share, agreement, grantee, from, until, takenOnBy = [] }) => ({
      share,
      agreement,
      grantee,
      firstDay: londonDay(from, 0),
      lastDay: londonDay(until, -1),
      trust: takenOnBy.map(plain),
    })),
    roles: Object.fromEntries(
      custody.identities.map((each) => [
        each.arn,
        {
          trust: each.takenOnBy.map(plain),
          onTheKey: sorted(each.onTheKey.map(plain)),
          // What other roles do besides has nothing to do with keys; the broker’s is looked at whole.
          ...(/grant-broker$/.test(each.arn) && {
            besides: sorted(each.besides.map(plain)),
            twice: each.besides.flatMap(({ attention }) =>
              attention.map((why) => markedText(statementAttentionWords(why, new Map()))),
            ),
          }),
          runs: each.runs.length,
        },
      ]),
    ),
    accounts: custody.accounts.map((each) => each.account),
    attention: custody.attention.map((each) => markedText(attentionWords(each, new Map()))),
  };
}

const LONDON = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** The day in London of a moment, by Node’s own time zones; a moment that is not midnight there keeps its time. */
function londonDay(moment: string, shift: number): string {
  const time = (at: number) => LONDON.format(at);
  const [, hours] = time(Date.parse(moment)).split(' ');
  return hours === '00:00:00' ? (time(Date.parse(moment) + shift).split(' ')[0] ?? '') : moment;
}

/** The same, with the keys of every object in order, so that texts can be compared. */
function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, inKeyOrder(each)]),
  );
}

/** Reads each file once: the mutants are thousands. */
function remembering(source: Assembly): Assembly {
  const files = new Map<string, string | undefined>();
  const once = (name: string, read: () => string | undefined) => {
    if (!files.has(name)) files.set(name, read());
    return files.get(name);
  };
  return {
    ...source,
    file: (name) => once(name, () => source.file(name)),
    assetFile: (stack, key, file) =>
      once(`${stack.name} ${key} ${file}`, () => source.assetFile(stack, key, file)),
  };
}
