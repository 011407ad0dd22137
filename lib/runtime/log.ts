/**
 * The log of a function: lines of JSON, and metrics in CloudWatch's embedded metric format, which are lines of the log too.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import type { Clock } from './invocation';

/** Takes one line of the log. */
export type Write = (line: string) => void;

/** Writes a line to standard output. Not by the console: Lambda wraps that in its own JSON, in which CloudWatch finds no metrics. */
export const writeLine: Write = (line) => {
  process.stdout.write(`${line}\n`);
};

export type Level = 'INFO' | 'WARN' | 'ERROR';

/** What a line says, by name. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The metrics of a function, each with its unit; their one dimension is the function's name. CloudWatch has no unit for minutes
 * and days.
 */
export interface MetricTable {
  readonly namespace: string;
  readonly units: Readonly<Record<string, 'Count' | 'Seconds' | 'None'>>;
}

/** Whose log it is, and where it goes. */
export interface LogProps<Table extends MetricTable> {
  readonly write: Write;
  readonly clock: Pick<Clock, 'now'>;
  readonly functionName: string;
  readonly metrics: Table;
  /** What every line says. */
  readonly about?: Fields;
}

/** Writes the log of a function whose metrics are those of one table, and no others. */
export class Log<Table extends MetricTable> {
  constructor(private readonly props: LogProps<Table>) {}

  /** Writes a line, with the time and a level. */
  line(level: Level, fields: Fields): void {
    const { write, clock, about } = this.props;
    write(JSON.stringify({ time: new Date(clock.now()).toISOString(), level, ...about, ...fields }));
  }

  /**
   * Reports metrics; each is in the table of units, and what is undefined is left out. Further dimensions divide them: few
   * values each, since CloudWatch keeps, and charges for, a metric of its own for each.
   */
  metrics(
    values: Readonly<Partial<Record<keyof Table['units'] & string, number>>>,
    by: Readonly<Record<string, string>> = {},
  ): void {
    const { write, clock, functionName, metrics } = this.props;
    const { namespace, units } = metrics;
    const reported = Object.keys(values).filter((name) => values[name] !== undefined);
    write(
      JSON.stringify({
        _aws: {
          Timestamp: clock.now(),
          CloudWatchMetrics: [
            {
              Namespace: namespace,
              Dimensions: [['FunctionName', ...Object.keys(by)]],
              Metrics: reported.map((Name) => ({ Name, Unit: units[Name] })),
            },
          ],
        },
        FunctionName: functionName,
        ...by,
        ...values,
      }),
    );
  }
}
