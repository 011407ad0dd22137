/** One page for the operator: what is recorded, what is sealed, what waits, what is wrong. */
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  FUNCTION_METRICS,
  LOG_FILES_QUEUE,
  type MetricOf,
  UNREADABLE_QUEUE,
  type ZoneFunction,
  zoneFunctions,
} from '../../names';
import type { Zone } from '../../register';

/** A metric as a dashboard takes it: namespace, name, and the one dimension. */
type Metric = readonly [string, string, string, string];

/** Where a metric is shown, or why not. */
type Place = 'what is wrong' | 'what was done' | 'how late' | { readonly notShown: string };

/** A place for each metric of each function in the operator’s account: one that is forgotten does not compile. */
const PLACES: { readonly [Name in ZoneFunction]: Readonly<Record<MetricOf<Name>, Place>> } = {
  'concordat-transfer-audit': {
    Staged: 'what was done',
    Violations: 'what is wrong',
    SilencingChanges: 'what is wrong',
    ThreatsFound: 'what is wrong',
    Refusals: { notShown: 'it is by account; the alarm’s page shows each' },
    Unreadable: 'what is wrong',
    DigestGaps: 'what is wrong',
    NonDelivery: 'what is wrong',
    Failures: 'what is wrong',
    LagSeconds: 'how late',
  },
  'concordat-ledger-seal': {
    Sealed: 'what was done',
    SealingLagSeconds: 'how late',
    Damaged: 'what is wrong',
    Failures: {
      notShown: 'a run that fails is tried again a minute later; an alarm tells of three in a row',
    },
    TimestampFailures: { notShown: 'an authority that is down holds up nothing' },
  },
  'concordat-notices': {
    Sent: 'what was done',
    Failures: 'what is wrong',
    GivenUp: 'what is wrong',
    WaitingSeconds: 'how late',
  },
};

/** A dashboard of metrics alone: it can show nothing of any transfer. */
export class ZoneDashboard extends Construct {
  constructor(scope: Construct, id: string, zone: Zone) {
    super(scope, id);
    const { region } = zone;
    const shownAs = (wanted: Place) => shown(zone, wanted);
    const queue = (name: string, of: string): Metric => ['AWS/SQS', name, 'QueueName', of];
    const widgets = [
      widget('What is wrong', 'Sum', shownAs('what is wrong')),
      widget('Staged and sealed', 'Sum', shownAs('what was done')),
      widget('How late, in seconds', 'Maximum', shownAs('how late')),
      widget('Log files that wait', 'Maximum', [
        queue('ApproximateNumberOfMessagesVisible', LOG_FILES_QUEUE),
        queue('ApproximateNumberOfMessagesVisible', UNREADABLE_QUEUE),
      ]),
    ];
    new CfnDashboard(this, 'Dashboard', {
      dashboardName: 'concordat-zone',
      dashboardBody: JSON.stringify({ widgets: widgets.map((each, index) => place(each, index, region)) }),
    });
  }
}

/** The metrics that are shown in one place, function by function. */
function shown(zone: Zone, wanted: Place): Metric[] {
  return zoneFunctions(zone).flatMap((name) =>
    Object.entries<Place>(PLACES[name])
      .filter(([, where]) => where === wanted)
      .map(([metric]): Metric => [FUNCTION_METRICS[name].namespace, metric, 'FunctionName', name]),
  );
}

function widget(title: string, stat: 'Sum' | 'Maximum', metrics: readonly Metric[]) {
  return { title, stat, metrics };
}

function place({ title, stat, metrics }: ReturnType<typeof widget>, index: number, region: string) {
  const [width, height] = [12, 6];
  return {
    type: 'metric',
    x: (index % 2) * width,
    y: Math.floor(index / 2) * height,
    width,
    height,
    properties: { title, stat, metrics, region, period: 300, view: 'timeSeries' },
  };
}
