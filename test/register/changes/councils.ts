/** Registers of councils before a reorganisation: Surrey’s twelve and four other shapes, with agreements among them. */
import { dateOf } from '../../../lib/register/calendar';
import { type Change, changedFiles } from '../../../lib/register/changes/change';
import type { Decision, Heirs } from '../../../lib/register/changes/decision';
import { departed } from '../../../lib/register/changes/depart';
import type { Departure } from '../../../lib/register/changes/departure';
import { renamed } from '../../../lib/register/changes/rename';
import type { RegisterFile } from '../../../lib/register/folder';
import { copy, type Edit, edited, MINIMAL, set } from '../samples';

const LEEDS = 'organisations/leeds.yaml';
const AGREEMENT = 'agreements/benefit-awards.yaml';

/** The districts of Surrey that become East Surrey, by the Surrey (Structural Changes) Order 2026 (SI 2026/264). */
export const EAST = ['elmbridge', 'epsom-ewell', 'mole-valley', 'reigate-banstead', 'tandridge'];
/** Those that become West Surrey. */
export const WEST = ['guildford', 'runnymede', 'spelthorne', 'surrey-heath', 'waverley', 'woking'];
/** The county, which is divided between the two. */
export const COUNTY = 'surrey';

const ACCOUNTS = [
  ...EAST,
  ...WEST,
  COUNTY,
  'east-surrey',
  'west-surrey',
  ...['north', 'south', 'vale', 'whole', 'half-a', 'half-b', 'stays', 'takes', 'renamed'],
];

/** The account of an organisation. */
export function accountOf(id: string): string {
  const at = ACCOUNTS.indexOf(id);
  if (at < 0) throw new Error(`${id} has no account`);
  return `2000000000${String(at + 10)}`;
}

/** A council that may deposit and collect. */
function council(id: string, settings: Readonly<Record<string, unknown>> = {}): Edit {
  const account = accountOf(id);
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  return copy(LEEDS, id, {
    name: `The council called ${id}`,
    account,
    identifiers: [],
    custody: { kind: 'account', administrators: [role('security/key-administrator')] },
    mayDeposit: [role('data/publisher')],
    mayCollect: [role('data/reader')],
    contacts: { security: `security@${id}.example`, dataProtection: `data-protection@${id}.example` },
    joins: '2026-01-05',
    ...settings,
  });
}

/** An agreement from one organisation to others, until 2029. */
export function agreement(
  id: string,
  owner: string,
  recipients: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): Edit {
  return copy(AGREEMENT, id, {
    owner,
    recipients,
    starts: '2026-06-01',
    review: '2027-06-30',
    ends: '2029-03-31',
    contract: undefined,
    withoutContract: 'A test.',
    contacts: { breach: `security@${owner}.example`, rights: `data-protection@${owner}.example` },
    ...settings,
  });
}

/** Every shape in one register, so that one synthesis shows them all: as things stand before 1 April 2027. */
export const BEFORE: readonly RegisterFile[] = edited(
  MINIMAL,
  // One agreement at a time reads well; the one that the minimal register brings is moved out of the way.
  set(AGREEMENT, { ends: '2027-03-31', review: '2027-03-31' }),
  ...[...EAST, ...WEST].map((id) => council(id)),
  council(COUNTY),
  council('east-surrey', { joins: '2026-05-08' }),
  council('west-surrey', { joins: '2026-05-08' }),
  agreement('awards-of-districts', 'dwp', [...EAST, ...WEST]),
  agreement('transport-surrey', COUNTY, ['routing']),
  agreement('carers', COUNTY, ['vale']),
  agreement('returns-waverley', 'waverley', ['vale']),
  agreement('tax-reductions', 'elmbridge', [COUNTY]),
  agreement('records-for-east', COUNTY, ['east-surrey']),
  // A merger: north and south become one that is there already.
  council('north'),
  council('south'),
  council('vale'),
  agreement('bins-north', 'north', ['vale']),
  agreement('bins-south', 'south', ['vale']),
  // A split: whole becomes two halves.
  council('whole'),
  council('half-a', { joins: '2027-04-01' }),
  council('half-b', { joins: '2027-04-01' }),
  agreement('care-whole', 'vale', ['whole']),
  // A boundary: the parish of X moves from one to another, and both stay.
  council('stays'),
  council('takes'),
  agreement('parish-of-x', 'stays', ['vale']),
  agreement('the-rest', 'stays', ['vale']),
  // A name.
  council('renamed'),
  agreement('of-the-renamed', 'renamed', ['vale']),
);

/** The last day of those that leave. */
export const LAST_DAY = dateOf('2027-03-31');
/** The day on which their successors begin. */
export const VESTING_DAY = dateOf('2027-04-01');
/** Until when Surrey winds up. */
export const WOUND_UP = dateOf('2027-09-30');

const SURREY: Heirs = new Map<string, readonly string[]>([
  ...EAST.map((id) => [id, ['east-surrey']] as const),
  ...WEST.map((id) => [id, ['west-surrey']] as const),
  [COUNTY, ['east-surrey', 'west-surrey']],
]);

const decided = (agreement: string, into: 'end' | 'keep' | readonly object[]): Decision =>
  (typeof into === 'string'
    ? { agreement, decision: into }
    : { agreement, decision: 'novate', into }) as unknown as Decision;

/** What becomes of Surrey, as somebody decided. */
export const SURREY_DEPARTURE: Departure = {
  heirs: SURREY,
  lastDay: LAST_DAY,
  windsUp: WOUND_UP,
  emptyHanded: [],
  decisions: [
    decided('awards-of-districts', [
      { id: 'awards-east', recipients: ['east-surrey'] },
      { id: 'awards-west', recipients: ['west-surrey'] },
    ]),
    decided('transport-surrey', [{ id: 'transport-west', owner: 'west-surrey' }]),
    decided('carers', 'end'),
    decided('returns-waverley', [{ id: 'returns-west', owner: 'west-surrey' }]),
    decided('tax-reductions', 'end'),
    decided('records-for-east', 'end'),
  ],
};

/** All the changes, in their order. */
export const CHANGES: readonly ((files: readonly RegisterFile[]) => Change)[] = [
  (files) => departed(files, SURREY_DEPARTURE, LAST_DAY),
  (files) =>
    departed(
      files,
      {
        heirs: new Map([
          ['north', ['takes']],
          ['south', ['takes']],
        ]),
        lastDay: LAST_DAY,
        emptyHanded: [],
        decisions: [decided('bins-north', [{ id: 'bins', owner: 'takes' }]), decided('bins-south', 'end')],
      },
      LAST_DAY,
    ),
  (files) =>
    departed(
      files,
      {
        heirs: new Map([['whole', ['half-a', 'half-b']]]),
        lastDay: LAST_DAY,
        emptyHanded: ['half-b'],
        decisions: [decided('care-whole', [{ id: 'care-half-a', recipients: ['half-a'] }])],
      },
      LAST_DAY,
    ),
  (files) =>
    departed(
      files,
      {
        heirs: new Map([['stays', ['takes']]]),
        lastDay: LAST_DAY,
        handsOver: 'The parish of X',
        emptyHanded: [],
        decisions: [
          decided('parish-of-x', [{ id: 'parish-of-x-takes', owner: 'takes' }]),
          decided('the-rest', 'keep'),
        ],
      },
      LAST_DAY,
    ),
  (files) =>
    renamed(
      files,
      { id: 'renamed', name: 'A New Name', on: VESTING_DAY, codes: [{ scheme: 'gss', value: 'E06000099' }] },
      LAST_DAY,
    ),
];

/** The register after all of them. */
export function reorganised(): RegisterFile[] {
  return CHANGES.reduce<RegisterFile[]>(
    (files, change) => changedFiles(files, change(files).files),
    [...BEFORE],
  );
}
