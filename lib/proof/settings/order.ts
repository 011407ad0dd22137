/**
 * In which order CloudFormation makes what would lose something if it came too early, and that AWS does not refuse: what lies
 * between the two is told to nobody, or lies in a bucket that a deployment which failed cannot take back.
 */
import type { MadeThing } from '../../assembly';
import { type Mismatch, withAsWell } from './wanted';

type Of = (each: MadeThing, thing: MadeThing, stack: readonly MadeThing[]) => boolean;

/** A permission is for what wakes a function, and so comes after it. Alarms, and notes that nobody reads, may be added by anyone. */
const AFTERWARDS = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Lambda::Permission',
  'AWS::SSM::Parameter',
]);
const FEEDS = 'AWS::Lambda::EventSourceMapping';
const wakes = ({ type, properties }: MadeThing) =>
  type === FEEDS || (type === 'AWS::Events::Rule' && properties.ScheduleExpression !== undefined);
const locks = ({ type, properties }: MadeThing) =>
  type === 'AWS::S3::Bucket' && properties.ObjectLockConfiguration !== undefined;

/** For each type, what is to be there before it, of its own stack. */
const BEFORE: Readonly<Record<string, Of>> = {
  // What a rule sends to a queue that does not let it in yet is lost.
  'AWS::Events::Rule': ({ type, name }, rule, stack) => {
    if (type === FEEDS) return wakes(rule) && stack.some(locks);
    if (type !== 'AWS::SQS::QueuePolicy') return false;
    const { properties } = rule;
    const [, queue] = /^the queue (.+)$/.exec(name) ?? [];
    return queue !== undefined && JSON.stringify(properties.Targets ?? null).includes(`:${queue}"`);
  },
  // Verdicts that no rule hears of are looked for within the hour; those of a gate that is not there yet, by nobody. And GuardDuty
  // writes an object as the plan is made: whatever fails after that leaves a bucket that CloudFormation cannot delete.
  'AWS::GuardDuty::MalwareProtectionPlan': (each, plan) => each !== plan && !AFTERWARDS.has(each.type),
  // What the audit writes with its first run is locked for years, and so is its bucket’s name if the deployment fails after that.
  [FEEDS]: (each, _feeds, stack) => stack.some(locks) && !wakes(each) && !AFTERWARDS.has(each.type),
  // The broker ends and opens shares by their access points.
  'AWS::CloudFormation::CustomResource': ({ type }) => type === 'AWS::S3::AccessPoint',
};

/** What of a thing’s stack it does not wait for and should: none where it waits for all of it. @param inStack all of a stack */
export function orderOf(thing: MadeThing, inStack: (stack: string) => readonly MadeThing[]): Mismatch[] {
  const isBefore = BEFORE[thing.type];
  if (isBefore === undefined) return [];
  const stack = stackOf(thing);
  const waits = new Set(thing.waitsFor);
  const all = inStack(stack);
  const missing = all.filter((each) => isBefore(each, thing, all) && !waits.has(each.place));
  return missing.length === 0
    ? []
    : [
        {
          path: ['DependsOn'],
          found: thing.waitsFor ?? [],
          wanted: withAsWell(missing.map(({ place }) => place.slice(stack.length + 1))),
        },
      ];
}

/** The stack that makes a thing, by its name. */
export function stackOf({ place }: MadeThing): string {
  return place.slice(0, place.lastIndexOf('/'));
}
