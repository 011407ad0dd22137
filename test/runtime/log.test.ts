/** That the log of a function is what CloudWatch reads: lines of JSON, and metrics in its embedded format. */
import { Log } from '../../lib/runtime';

const NOW = Date.parse('2027-04-01T00:00:00Z');
const TABLE = { namespace: 'Concordat/Test', units: { Done: 'Count', LagSeconds: 'Seconds' } } as const;

function logged(act: (log: Log<typeof TABLE>) => void, about = {}): unknown[] {
  const lines: string[] = [];
  const clock = { now: () => NOW };
  act(new Log({ write: (line) => lines.push(line), clock, functionName: 'test', metrics: TABLE, about }));
  return lines.map((line) => JSON.parse(line));
}

it('says in each line when, how grave, whose, and what', () => {
  expect(logged((log) => log.line('WARN', { event: 'late' }), { key: 'k' })).toEqual([
    { time: '2027-04-01T00:00:00.000Z', level: 'WARN', key: 'k', event: 'late' },
  ]);
});

it('reports metrics with their units, under the function’s name, and leaves out what is not known', () => {
  expect(logged((log) => log.metrics({ Done: 3, LagSeconds: undefined }))).toEqual([
    {
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [
          {
            Namespace: 'Concordat/Test',
            Dimensions: [['FunctionName']],
            Metrics: [{ Name: 'Done', Unit: 'Count' }],
          },
        ],
      },
      FunctionName: 'test',
      Done: 3,
    },
  ]);
});
