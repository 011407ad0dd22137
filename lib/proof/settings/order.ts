/**
 * In which order CloudFormation makes what would lose something if it came too early, and that AWS does not refuse: what lies
 * between the two is told to nobody.
 */
import type { MadeThing } from '../../assembly';
import type { Mismatch } from './wanted';

type Of = (each: MadeThing, thing: MadeThing) => boolean;

/** For each type, what is to be there before it, of its own stack. */
const BEFORE: Readonly<Record<string, Of>> = {
  // What a rule sends to a queue that does not let it in yet is lost.
  'AWS::Events::Rule': ({ type, name }, { properties }) => {
    if (type !== 'AWS::SQS::QueuePolicy') return false;
    const [, queue] = /^the queue (.+)$/.exec(name) ?? [];
    return queue !== undefined && JSON.stringify(properties.Targets ?? null).includes(`:${queue}"`);
  },
  // Verdicts that no rule hears of are looked for within the hour; those of a gate that is not there yet, by nobody.
  'AWS::GuardDuty::MalwareProtectionPlan': ({ type, properties }) =>
    type === 'AWS::CloudFormation::CustomResource' ||
    (type === 'AWS::Events::Rule' &&
      JSON.stringify(properties.EventPattern ?? null).includes('"aws.guardduty"')),
  // The broker ends and opens shares by their access points.
  'AWS::CloudFormation::CustomResource': ({ type }) => type === 'AWS::S3::AccessPoint',
};

/** What of a thing’s stack it does not wait for and should: none where it waits for all of it. @param inStack all of a stack */
export function orderOf(thing: MadeThing, inStack: (stack: string) => readonly MadeThing[]): Mismatch[] {
  const isBefore = BEFORE[thing.type];
  if (isBefore === undefined) return [];
  const stack = stackOf(thing);
  const waits = new Set(thing.waitsFor);
  const missing = inStack(stack).filter((each) => isBefore(each, thing) && !waits.has(each.place));
  return missing.length === 0
    ? []
    : [
        {
          path: ['DependsOn'],
          found: thing.waitsFor ?? [],
          wanted: missing.map(({ place }) => place.slice(stack.length + 1)),
        },
      ];
}

/** The stack that makes a thing, by its name. */
export function stackOf({ place }: MadeThing): string {
  return place.slice(0, place.lastIndexOf('/'));
}
