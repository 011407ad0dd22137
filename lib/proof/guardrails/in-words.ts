/** What guardrails do not keep, and what they refuse that is needed, in words: the last step, for people. */
import { tellReason } from '../../iam';
import type { GuardrailFinding, GuardrailsStand } from './guardrails';
import type { PromiseId } from './promised';

/** What each promise has nobody do but those who are spared, after “can”. */
const PROMISES: Readonly<Record<PromiseId, string>> = {
  'other regions': 'work outside the zone’s Region',
  'pages at the edge': 'serve something from CloudFront, or change what does',
  'certificates elsewhere': 'ask for a certificate outside the zone’s Region and us-east-1',
  copies: 'have data copied out of the Region',
  'keys of many regions': 'make a key of many Regions',
  'public block of the account': 'change the account’s block of public access',
  'public block of buckets': 'change the block of public access of a bucket or an access point',
  'open lists of access': 'let strangers in by a list of access',
  leaving: 'have the account leave the AWS organisation, or close it',
  record: 'turn off, narrow or hide the record of the account',
  root: 'act as the root user',
  'own roles': 'change roles of the landing zone',
  'policies on own roles': 'put policies on roles of the landing zone',
  'broker on other roles': 'put policies on roles other than those of people, as the grant broker',
  'passing own roles': 'pass roles of the landing zone on',
  'bootstrap roles': 'change the roles of the deployment, or their boundaries',
  'passing bootstrap roles': 'pass roles of the deployment on',
  stacks: 'change stacks of the landing zone',
  'baseline stacks': 'change the stack of the baseline',
  functions: 'change functions of the landing zone, or their layers',
  'calls of functions': 'call functions of the landing zone',
  'feeds of functions': 'change what feeds functions of the landing zone',
  watch: 'change what wakes and watches functions: alarms, rules, logs, topics, queues',
  'lines of logs': 'write into the logs of functions',
  'logs of the account': 'alter all logs of the account',
  metrics: 'report metrics in the landing zone’s name',
  'notices of log files': 'take notices of log files out of their queue',
  'verdicts for the gate': 'take verdicts out of the queue of the release gate',
  'machine of the gate': 'change the state machine of the release gate, or end what it does',
  'starts of the machine': 'start the state machine of the release gate',
  tables: 'change the zone’s tables',
  'items of tables': 'change what the zone’s tables hold',
  'record of stops': 'write the record of stops',
  buckets: 'change buckets of the landing zone',
  'notifications of buckets': 'change whom buckets of the landing zone tell',
  assets: 'change what is to be deployed',
  'what Config recorded': 'change what AWS Config recorded',
  'locks and other changes of objects': 'lock, re-encrypt, replicate or annotate objects',
  'access points': 'make or remove access points of the landing zone',
  'policies of access points': 'change who reads through access points',
  keys: 'change keys of the landing zone',
  'ends of keys': 'end keys that hold no shared data',
  'grants on shared data': 'make grants on keys of shared data',
  'names of keys': 'move names of keys',
  'days before a key ends': 'end a key in under 30 days',
  'roles that deploy': 'change the roles that deploy',
  'providers of sessions': 'change who vouches for the sessions of those who deploy',
  'providers of people': 'change who vouches for the people of an organisation',
  'other providers': 'have the deployment make or change an identity provider that is not the landing zone’s',
  'origin of keys': 'make a key of another origin than its unit is for',
  'origin of deposits': 'deposit under a key of another origin than its unit is for',
  'outsiders on shared data': 'reach buckets and keys from outside the AWS organisation',
  'outsiders on the rest': 'reach queues and roles from outside the AWS organisation',
  'services for others': 'reach buckets, keys, queues or roles as a service that acts for others',
  'federated sessions': 'take on roles of the landing zone by an identity provider',
  'grants by outsiders': 'make grants on keys that are for no AWS service',
  'without TLS': 'reach buckets, keys, queues or roles without TLS',
  'old TLS': 'reach buckets over TLS below 1.2',
  'outsiders on tables, events and logs': 'reach tables, events or logs from outside the AWS organisation',
  'services for others on tables, events and logs':
    'reach tables, events or logs as a service that acts for others',
  'tables, events and logs without TLS': 'reach tables, events or logs without TLS',
  'block of public access': 'leave the block of public access off, which the policy on S3 is to set',
};
const FIX = '  synthesise the assembly again; if it comes again, lib/policy/guardrails is to be mended';

/** A finding as lines of text. */
export function guardrailLines(finding: GuardrailFinding): string[] {
  const { who, action, resource, context } = finding;
  const asker = who === '' ? 'anybody, without a signature,' : who;
  const when = Object.entries(context).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  const about = [
    `  by ${action} on ${resource}`,
    ...(when.length === 0 ? [] : [`  when ${when.join(', ')}`]),
  ];
  switch (finding.what) {
    case 'not refused':
      return [
        `guardrails: with all of them attached, ${asker} can ${PROMISES[finding.promise]}`,
        ...about,
        FIX,
      ];
    case 'not judged':
      return [`not judged: whether guardrails let ${asker} ${PROMISES[finding.promise]}`, ...about, FIX];
    case 'refused':
      return [
        `guardrails: with all of them attached, ${asker} cannot do ${action}, which the landing zone needs`,
        `  on ${resource}`,
        ...(when.length === 0 ? [] : [`  when ${when.join(', ')}`]),
        ...finding.because.map((each) => `  ${tellReason(each)}`),
        FIX,
      ];
  }
}

/** Where guardrails hold, in two lines: as they stand now, and with all of them attached. */
export function standLines({ stage, now, all }: GuardrailsStand): [now: string, all: string] {
  const whole = now.filter(({ kept, promises }) => kept === promises);
  const none = now.filter(({ kept }) => kept === 0);
  const some = now.filter(({ kept, promises }) => kept !== promises && kept !== 0);
  const told = [
    ...(whole.length === 0 ? [] : [`hold in full in ${unitsOf(whole)}`]),
    ...some.map(({ unit, kept, promises }) => `keep ${kept} of ${promises} promises in ${unit}`),
    ...(none.length === 0 ? [] : [`hold nothing in ${unitsOf(none)}`]),
  ];
  return [
    `As the accounts stand now, at stage ${stage}, guardrails ${told.join(', and ')}. What is proven of access rests on none of them.`,
    `With all guardrails attached, ${all.kept} of ${all.promises} promises of theirs are kept, whatever an account lets its own people do.`,
  ];
}

function unitsOf(units: readonly { readonly unit: string }[]): string {
  return units.map(({ unit }) => unit).join(', ');
}
