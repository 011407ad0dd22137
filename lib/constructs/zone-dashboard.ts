/** One page for the operator: what is recorded, what is sealed, what waits, what is wrong. */
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { FUNCTION_METRICS, type MetricOf } from '../names/metrics';
import type { FunctionName } from '../names/names';
import {
  LEDGER_SEAL_FUNCTION,
  LOG_FILES_QUEUE,
  TRANSFER_AUDIT_FUNCTION,
  UNREADABLE_QUEUE,
} from '../names/zone-names';
import type { Zone } from '../register/schema/zone';

/** A metric as a dashboard takes it: namespace, name, and the one dimension. */
type Metric = readonly [string, string, string, string];

/** A dashboard of metrics alone: it can show nothing of any transfer. */
export class ZoneDashboard extends Construct {
  constructor(scope: Construct, id: string, { region }: Zone) {
    super(scope, id);
    const audit = reportedBy(TRANSFER_AUDIT_FUNCTION);
    const ledger = reportedBy(LEDGER_SEAL_FUNCTION);
    const queue = (name: string, of: string): Metric => ['AWS/SQS', name, 'QueueName', of];
    const widgets = [
      widget('What is wrong', 'Sum', [
        ...audit('Violations', 'Unreadable', 'DigestGaps', 'NonDelivery', 'Failures'),
        ...ledger('Damaged'),
      ]),
      widget('Staged and sealed', 'Sum', [...audit('Staged'), ...ledger('Sealed')]),
      widget('How late, in seconds', 'Maximum', [...audit('LagSeconds'), ...ledger('SealingLagSeconds')]),
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

/** Metrics of one function, by name. */
function reportedBy<Name extends FunctionName>(of: Name) {
  const { namespace } = FUNCTION_METRICS[of];
  return (...names: readonly MetricOf<Name>[]) =>
    names.map((name): Metric => [namespace, name, 'FunctionName', of]);
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
