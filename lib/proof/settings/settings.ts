/**
 * Whether the templates make what the register asks for, set as it is to be, and nothing besides. What is expected is worked
 * out from the register by code that shares nothing with what makes templates. Policies are asked about by the proof itself.
 */
import { createHash } from 'node:crypto';
import { type MadeThing, tagIn, type World } from '../../assembly';
import { grouped } from '../grouped';
import { anyAlarm } from './alarms';
import type { Digests, Expected } from './expected';
import { inManagement } from './management';
import { inOrganisation } from './member';
import { inZone } from './operator';
import { orderOf, stackOf } from './order';
import { deploymentOf, STACK } from './stacks';
import { ANYTHING, type Mismatch, mismatchesIn, type Wanted, type WantedGroup } from './wanted';

/** Something that is not made as it is to be. */
export type SettingFinding =
  /** No template makes it. */
  | (Of & { readonly what: 'not made' })
  /** Nothing in the register asks for it. */
  | (Of & { readonly what: 'not asked for'; readonly place: string })
  | (Of & Mismatch & { readonly what: 'set otherwise' | 'unknown setting'; readonly place: string })
  /** Its code, or the file of its layer, is not what it is called by. */
  | (Of & { readonly what: 'other content'; readonly place: string; readonly of: 'asset' | 'program' });

/** What it is about. */
interface Of {
  readonly account: string;
  /** `AWS::SQS::Queue` */
  readonly type: string;
  readonly name: string;
}

/** The digest of each bundle that the program deploys, by its folder below `lambda/`. */
export type Bundles = ReadonlyMap<string, string>;

/** They give nobody anything: a dashboard shows what its reader may see, and the CDK’s own mark is a text. */
const WITHOUT_EFFECT = new Set(['AWS::CDK::Metadata', 'AWS::CloudWatch::Dashboard']);
/** Parameters that something reads: the broker’s record of stops, the version of the bootstrap, and AWS’s own. */
const READ_PARAMETERS = /^\/?(?:concordat|cdk-bootstrap|aws)(?:\/|$)/i;

/** Whether a thing gives nobody anything. A parameter that nothing reads is a text; that no template takes one in is asked elsewhere. */
function isWithoutEffect({ type, name, properties }: MadeThing): boolean {
  return (
    WITHOUT_EFFECT.has(type) ||
    (type === 'AWS::SSM::Parameter' &&
      ['String', 'StringList'].includes(String(properties.Type)) &&
      /^[\w./-]+$/.test(name) &&
      !READ_PARAMETERS.test(name))
  );
}
/** There may be any number of these: the proof asks about each, and for each that is to be there. */
const ANY_NUMBER: Readonly<Record<string, WantedGroup>> = {
  'AWS::S3::AccessPoint': {
    Name: ANYTHING,
    Bucket: ANYTHING,
    Policy: ANYTHING,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  },
};

/**
 * Everything that is not as it is to be, in the order of accounts.
 * @param only the accounts that are looked at; all if not given
 * @param bundles what functions are to run; whether they do is not asked where it is not given
 */
export function settingFindings(
  { things, register, asOf }: World,
  only?: ReadonlySet<string>,
  bundles?: Bundles,
): SettingFinding[] {
  const isAsked = ({ account }: { account: string }) => only === undefined || only.has(account);
  const made = grouped(
    things.filter((each) => isAsked(each) && !isWithoutEffect(each)),
    keyOf,
  );
  const { zone } = register.zone.accounts;
  const contentOf = (account: string, type: string, name: string) =>
    made.get(keyOf({ account, type, name }))?.[0]?.content;
  const digests: Digests = (account, name, file) => {
    const content =
      contentOf(account, 'AWS::Lambda::Function', name) ??
      contentOf(account, 'AWS::Lambda::LayerVersion', name);
    return file === undefined ? content?.digest : content?.digests.get(file);
  };
  const index = contentOf(zone, 'AWS::Lambda::LayerVersion', 'concordat-transfer-audit-file')?.text;
  const indexDigest = index && createHash('sha256').update(index).digest('hex');
  const expected = [
    ...register.organisations
      .filter(isAsked)
      .flatMap((each) => inOrganisation(each, register, asOf, digests)),
    ...inZone(register, indexDigest, asOf),
    ...inManagement(register),
  ].filter(isAsked);
  const wanted = new Map(expected.map((each) => [keyOf(each), each]));
  const settingsOf = (thing: MadeThing, expectedOfIt: Expected | undefined) =>
    thing.type === STACK ? deploymentOf(thing.account, register) : (expectedOfIt?.settings ?? besides(thing));
  // What is to be taken out is told of by itself: nothing has to wait for it.
  const stays = (thing: MadeThing) =>
    !isAsked(thing) || isWithoutEffect(thing) || settingsOf(thing, wanted.get(keyOf(thing))) !== undefined;
  const inStacks = grouped(things.filter(stays), stackOf);
  const judge = (thing: MadeThing, key: string) => {
    const expectedOfIt = wanted.get(key);
    const settings = settingsOf(thing, expectedOfIt);
    return settings === undefined
      ? [notAskedFor(thing)]
      : [
          ...ofThing(thing, settings, expectedOfIt, bundles),
          ...orderOf(thing, (stack) => inStacks.get(stack) ?? []).map(
            (each): SettingFinding => ({ what: 'set otherwise', ...of(thing), place: thing.place, ...each }),
          ),
        ];
  };
  return [
    ...expected
      .filter((each) => !made.has(keyOf(each)))
      .map((each): SettingFinding => ({ what: 'not made', ...of(each) })),
    ...[...made].flatMap(([key, [first, ...more]]) => [
      ...(first === undefined ? [] : judge(first, key)),
      // Of two with one name, CloudFormation makes one at most.
      ...more.map(notAskedFor),
    ]),
  ];
}

/** What things are not as they are to be, where what is expected of them is all that there may be. */
export function settingsAgainst(
  things: readonly MadeThing[],
  expected: readonly Expected[],
): SettingFinding[] {
  const wanted = new Map(expected.map((each) => [keyOf(each), each]));
  const made = grouped(things, keyOf);
  return [
    ...expected
      .filter((each) => !made.has(keyOf(each)))
      .map((each): SettingFinding => ({ what: 'not made', ...of(each) })),
    ...[...made.values()].flatMap(([first, ...more]) => {
      const one = first && wanted.get(keyOf(first));
      return [
        ...(first === undefined
          ? []
          : one
            ? ofThing(first, one.settings, one, undefined)
            : [notAskedFor(first)]),
        ...more.map(notAskedFor),
      ];
    }),
  ];
}

/** How something may be that no one by that name is to be; undefined where there may be none. */
function besides(thing: MadeThing): WantedGroup | undefined {
  return thing.type === 'AWS::CloudWatch::Alarm' ? anyAlarm(thing) : ANY_NUMBER[thing.type];
}

function keyOf({ account, type, name }: Of): string {
  return `${account} ${type} ${name}`;
}

function of({ account, type, name }: Of): Of {
  return { account, type, name };
}

function notAskedFor(thing: MadeThing): SettingFinding {
  return { what: 'not asked for', ...of(thing), place: thing.place };
}

function ofThing(
  thing: MadeThing,
  settings: WantedGroup,
  expected: Expected | undefined,
  bundles: Bundles | undefined,
): SettingFinding[] {
  const mismatches = [
    ...mismatchesIn(withoutWords(thing.properties), settings),
    ...tagsOf(thing, expected?.tags ?? {}),
    ...fateOf(thing, expected?.stays === true),
  ];
  const contents = contentFindings(thing, expected, bundles);
  if (mismatches.length + contents.length === 0) return [];
  const about = { ...of(thing), place: thing.place };
  return [
    ...mismatches.map(
      (mismatch): SettingFinding => ({
        what: mismatch.wanted === undefined ? 'unknown setting' : 'set otherwise',
        ...about,
        ...mismatch,
      }),
    ),
    ...contents.map((each): SettingFinding => ({ what: 'other content', ...about, of: each })),
  ];
}

function withoutWords(properties: MadeThing['properties']): MadeThing['properties'] {
  const { AlarmDescription, Description, DisplayName, Tags, ...others } = properties;
  return others;
}

function tagsOf({ properties }: MadeThing, wanted: Readonly<Record<string, string>>): Mismatch[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const found = tagIn(properties, name);
    return found === value ? [] : [{ path: ['Tags', name], found, wanted: value }];
  });
}

/** What holds data or a record stays when its stack lets go of it; what gives access does not. */
function fateOf({ whenDropped, whenReplaced }: MadeThing, stays: boolean): Mismatch[] {
  const dropped: Wanted = stays ? 'RetainExceptOnCreate' : 'Delete';
  const isRight = stays
    ? whenDropped === 'Retain' || whenDropped === 'RetainExceptOnCreate'
    : whenDropped === undefined || whenDropped === 'Delete';
  const replaced: Wanted = stays ? 'Retain' : 'Delete';
  const isKept = stays ? whenReplaced === 'Retain' : whenReplaced === undefined || whenReplaced === 'Delete';
  return [
    ...(isRight ? [] : [{ path: ['DeletionPolicy'], found: whenDropped, wanted: dropped }]),
    ...(isKept ? [] : [{ path: ['UpdateReplacePolicy'], found: whenReplaced, wanted: replaced }]),
  ];
}

function contentFindings(
  { type, properties, content }: MadeThing,
  expected: Expected | undefined,
  bundles: Bundles | undefined,
): ('asset' | 'program')[] {
  const isFunction = type === 'AWS::Lambda::Function';
  if (!isFunction && type !== 'AWS::Lambda::LayerVersion') return [];
  const from = isFunction ? properties.Code : properties.Content;
  const called = typeof from === 'object' && from !== null && 'S3Key' in from ? from.S3Key : undefined;
  if (content === undefined || called !== `${content.digest}.zip`) return ['asset'];
  const bundle = expected?.code === undefined ? undefined : bundles?.get(expected.code);
  return bundles !== undefined && isFunction && bundle !== content.digest ? ['program'] : [];
}
