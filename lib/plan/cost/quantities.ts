/** How much of each thing that costs: counted from the resources of templates, and worked out from what is assumed of their use. */
import type { AssemblyStack, TemplateResource } from '../../assembly';
import type { PriceName } from './prices';
import { ASSUMED, runsInMonth } from './usage';

const FUNCTION = 'AWS::Lambda::Function';
const BUCKET = 'AWS::S3::Bucket';

const PRICED: Readonly<Record<string, PriceName>> = {
  'AWS::KMS::Key': 'key',
  'AWS::CloudWatch::Alarm': 'alarm',
  'AWS::CloudWatch::Dashboard': 'dashboard',
};
/** How much of what is paid for. */
export type Quantities = Partial<Record<PriceName, number>>;

/** How much is shared. */
interface Sharing {
  readonly agreements: number;
  readonly shares: number;
}
/** Nothing is shared. */
export const NOTHING: Sharing = { agreements: 0, shares: 0 };

/** An access point is a share; those whose names begin alike are of one agreement. */
export function sharingIn(stacks: readonly AssemblyStack[]): Sharing {
  const names = resourcesOf(stacks, 'AWS::S3::AccessPoint').map(({ Properties }) => String(Properties?.Name));
  return { agreements: new Set(names.map((each) => each.split('--')[0])).size, shares: names.length };
}

/** What is paid whether or not anything is shared. */
export function standing(stacks: readonly AssemblyStack[]): Quantities {
  const runs = stacks.flatMap(scheduledRuns);
  return {
    ...Object.fromEntries(
      Object.entries(PRICED).map(([type, name]) => [name, resourcesOf(stacks, type).length]),
    ),
    // One that no template makes costs its holder as much (the page of `key`).
    key:
      resourcesOf(stacks, 'AWS::KMS::Key').length + resourcesOf(stacks, BUCKET).filter(hasBroughtKey).length,
    functionRuns: runs.reduce((sum, each) => sum + each.runs, 0),
    functionTime: runs.reduce((sum, { runs: count, gb }) => sum + count * gb * ASSUMED.secondsPerRun, 0),
    logged: resourcesOf(stacks, FUNCTION).length * ASSUMED.logGbPerFunction,
    ...secretsRead(stacks),
  };
}

/** Secrets that functions are told of, which no template makes. Each run of the schedule reads one. */
function secretsRead(stacks: readonly AssemblyStack[]): Quantities {
  const readers = stacks.flatMap(({ resources }) =>
    Object.entries(resources).filter(
      ([, { Type, Properties }]) => Type === FUNCTION && /"NOTIFY_KEY_AT":/.test(JSON.stringify(Properties)),
    ),
  );
  if (readers.length === 0) return {};
  const ids = readers.map(([id]) => `"${id}"`);
  const runs = stacks.flatMap(({ resources }) =>
    Object.values(resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::Events::Rule' && ids.some((id) => JSON.stringify(Properties?.Targets).includes(id))
        ? [runsInMonth(Properties?.ScheduleExpression) ?? 0]
        : [],
    ),
  );
  return { secret: readers.length, secretReads: runs.reduce((sum, each) => sum + each, 0) };
}

/** The runs of each schedule, with the memory of the function that it starts. */
function scheduledRuns({ resources }: AssemblyStack): { runs: number; gb: number }[] {
  return Object.values(resources).flatMap(({ Type, Properties }) => {
    const runs = Type === 'AWS::Events::Rule' ? runsInMonth(Properties?.ScheduleExpression) : undefined;
    if (runs === undefined) return [];
    const targets = JSON.stringify(Properties?.Targets ?? []);
    const started = Object.entries(resources).filter(
      ([id, resource]) => resource.Type === FUNCTION && targets.includes(`"${id}"`),
    );
    return started.map(([, resource]) => ({ runs, gb: memoryOf(resource) }));
  });
}

function memoryOf({ Properties }: TemplateResource): number {
  return Number(Properties?.MemorySize ?? 128) / 1024;
}

/** The memory of the largest function, in GB. */
export function largestFunction(stacks: readonly AssemblyStack[]): number {
  return Math.max(0, ...resourcesOf(stacks, FUNCTION).map(memoryOf));
}

function hasBroughtKey({ Properties }: TemplateResource): boolean {
  return /"KMSMasterKeyID":"arn:/.test(JSON.stringify(Properties?.BucketEncryption ?? {}));
}

/** What an owner pays for what it shares. */
export function exchange({ agreements, shares }: Sharing): Quantities {
  const objects = agreements * ASSUMED.objectsPerAgreement;
  const gb = agreements * ASSUMED.gbPerAgreement;
  const reads = shares * ASSUMED.objectsPerAgreement * ASSUMED.readsPerObject;
  return {
    // Each deposit is one request, the tags of verdict and decision two, and the reports on it three; the scan reads it, and
    // so does the gate, which looks at it first.
    put: 6 * objects,
    get: reads + 5 * objects,
    stored: gb * ASSUMED.monthsKept,
    tags: 2 * objects * ASSUMED.monthsKept,
    queue: 3 * objects,
    functionRuns: objects,
    functionTime:
      (objects * ASSUMED.gateSecondsPerObject + gb * ASSUMED.gateSecondsPerGb) * ASSUMED.gateMemoryGb,
    scannedGb: gb,
    scannedObjects: objects,
    events: objects,
  };
}

/** What the operator pays to record and seal it. */
export function audit({ agreements, shares }: Sharing, accounts: number, functionGb: number): Quantities {
  const events =
    ASSUMED.objectsPerAgreement *
    (agreements * ASSUMED.eventsPerDeposit + shares * ASSUMED.readsPerObject * ASSUMED.eventsPerRead);
  const files = accounts * ASSUMED.logFilesPerAccount;
  const gb = (events * ASSUMED.kbKeptPerEvent) / 1e6 + accounts * ASSUMED.logGbPerAccount;
  return {
    dataEvents: events,
    tableWrites: events * ASSUMED.tableWritesPerEvent,
    tableReads: events * ASSUMED.tableReadsPerEvent,
    queue: 3 * files,
    put: files,
    get: files,
    functionRuns: files,
    functionTime: files * ASSUMED.secondsPerLogFile * functionGb,
    stored: gb * ASSUMED.monthsKept,
    // The sealer signs at most once a minute.
    signature: runsInMonth('rate(1 minute)') ?? 0,
  };
}

/** Whether a ledger is sealed here: it is signed by a key of its own. The engine of rollouts has none. */
export function hasLedger(stacks: readonly AssemblyStack[]): boolean {
  return resourcesOf(stacks, 'AWS::KMS::Key').some(
    ({ Properties }) => Properties?.KeyUsage === 'SIGN_VERIFY',
  );
}

/** How many organisations’ pages are served: each has a path of its own. */
export function pagesIn(stacks: readonly AssemblyStack[]): number {
  return resourcesOf(stacks, 'AWS::CloudFront::Distribution').reduce((sum, { Properties }) => {
    const { CacheBehaviors = [] } = (Properties?.DistributionConfig ?? {}) as { CacheBehaviors?: unknown[] };
    return sum + CacheBehaviors.length;
  }, 0);
}

/** What the operator pays to serve the mailbox’s page. */
export function pages(stacks: readonly AssemblyStack[]): Quantities {
  const views = pagesIn(stacks) * ASSUMED.pageViews;
  return { pageRequests: views * ASSUMED.requestsPerView, pageGb: views * ASSUMED.gbPerView };
}

/** The types of resources of which it is not known here what they cost, in order. */
export function notPriced(stacks: readonly AssemblyStack[]): string[] {
  const types = stacks.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type));
  const known = (type: string) => COUNTED_ELSEWHERE.has(type) || type in PRICED || type === FUNCTION;
  return [...new Set(types.filter((type) => !known(type)))].sort();
}

/** Types that cost nothing themselves, or whose use is counted with another. */
const COUNTED_ELSEWHERE = new Set([
  // Of external access; other kinds of analyzer cost.
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::StackSet',
  // What it serves is counted by the pages.
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudTrail::Trail',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::GuardDuty::MalwareProtectionPlan',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Alias',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Organizations::Policy',
  'AWS::S3::AccessPoint',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  // Only what one run cannot check takes any of it.
  'AWS::StepFunctions::StateMachine',
]);
function resourcesOf(stacks: readonly AssemblyStack[], type: string): TemplateResource[] {
  return stacks.flatMap(({ resources }) => Object.values(resources).filter(({ Type }) => Type === type));
}
