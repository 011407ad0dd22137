/**
 * What a dashboard of CloudWatch would do beside showing metrics: a custom widget calls a Lambda function with the permissions of
 * whoever looks at it, and so does more than its reader asked for; an expression may call one for its numbers; a variable rewrites
 * what the widgets say.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
import type { Placed } from '../grounded';
import { jsonOf } from '../json-text';
import { isGroup } from '../stack';

const OF_BODY = new Set(['widgets', 'start', 'end', 'periodOverride']);

/** Everything of it, each with its place and what to do. */
export function unclaimedOfDashboard({ place, properties: { DashboardBody } }: Placed): string[] {
  const body = typeof DashboardBody === 'string' ? parsed(DashboardBody) : undefined;
  const widgets = isGroup(body) ? (body.widgets ?? []) : undefined;
  if (!isGroup(body) || !Array.isArray(widgets))
    return [told(place, 'has a DashboardBody that is not understood')];
  return [
    ...Object.keys(body)
      .filter((name) => !OF_BODY.has(name))
      .map((name) => told(place, `has ${name} in its DashboardBody`)),
    ...widgets.flatMap((widget: unknown, index) => {
      const where = `${place} DashboardBody.widgets.${index}`;
      const type = isGroup(widget) ? widget.type : undefined;
      if (!isGroup(widget) || type !== 'metric') return [told(where, `is a widget of type ${String(type)}`)];
      return isOfMetricsAlone(widget.properties) ? [] : [told(where, 'computes what it shows')];
    }),
  ];
}

/** Whether every line is a metric by its name and dimensions, which are texts. */
function isOfMetricsAlone(properties: unknown): boolean {
  if (!isGroup(properties) || !Array.isArray(properties.metrics)) return false;
  return properties.metrics.every(
    (line: unknown) => Array.isArray(line) && line.every((part) => typeof part === 'string'),
  );
}

function told(where: string, what: string): string {
  return `${where} ${what}, which could call a function for whoever looks at it and is not judged: take it out`;
}

function parsed(text: string): unknown {
  try {
    return jsonOf(text);
  } catch {
    return undefined;
  }
}
