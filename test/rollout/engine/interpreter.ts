/**
 * Runs a definition of the Amazon States Language against services of its own. It knows the states and fields that the engine’s
 * definition uses, and refuses every other before it runs. Where it differs from AWS, as far as is known:
 * - a task has one attempt at a time and no heartbeat; its time-out goes by the simulated clock;
 * - events of a history are counted as AWS’s page of history events has them, and not written;
 * - a map run fails as soon as one account more than may has failed, and stops what is under way in the others at once; AWS says
 *   that it stops them, and not how soon;
 * - children of a map run begin without the delay that AWS takes to start them;
 * - the random part of a wait between two attempts is drawn by a generator of its own;
 * - `States.Format` is the only intrinsic function, and paths are of names alone.
 * @see https://states-language.net/spec.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
import type { SimulatedClock } from '../simulated-clock';

type Json = Readonly<Record<string, unknown>>;
type State = Json & { readonly Type: string };
interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** A failure by its name, as services give it. */
export class Failure extends Error {
  constructor(
    override readonly name: string,
    message = '',
  ) {
    super(message);
  }
}

/** What a task calls, by its resource. @param token the token of a task that waits for one */
export type Service = (parameters: Json, role: string | undefined, token: string) => Promise<unknown>;

/** What an execution has come to. */
export interface Ended {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  /** What one that succeeded came to. */
  readonly output?: unknown;
  readonly error?: string;
}

/** Fields of each kind of state, all that there are here. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: [
    'Resource',
    'Credentials',
    'Parameters',
    'ResultSelector',
    'ResultPath',
    'TimeoutSeconds',
    'Retry',
    'Catch',
    'Next',
  ],
  Choice: ['Choices', 'Default'],
  Wait: ['Seconds', 'SecondsPath', 'Next'],
  Pass: ['InputPath', 'Result', 'Parameters', 'ResultPath', 'Next', 'End'],
  Succeed: [],
  Fail: ['Error', 'Cause'],
  Map: [
    ...['ItemsPath', 'ItemReader', 'ItemSelector', 'ItemProcessor', 'MaxConcurrency', 'MaxConcurrencyPath'],
    ...['ToleratedFailureCountPath', 'ToleratedFailurePercentage', 'ResultPath', 'Catch', 'Next'],
  ],
};
const OPERATORS = ['Variable', 'StringEquals', 'BooleanEquals', 'IsPresent', 'And', 'Not', 'Next'];
const RETRIER = [
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
];
const CATCHER = ['ErrorEquals', 'ResultPath', 'Next'];

/** What AWS takes at most: bytes of what a state is given or gives, events of one history, accounts of an inline map at once. */
const MOST_BYTES = 262_144;
const MOST_EVENTS = 25_000;
/** No `States.ALL` catches these. */
const UNCAUGHT = new Set(['States.Runtime', 'States.DataLimitExceeded']);
/** How many events a state leaves in a history: entered and left, and of a task scheduled, started and ended. */
const EVENTS: Readonly<Record<string, number>> = {
  Task: 5,
  Choice: 2,
  Wait: 2,
  Pass: 2,
  Succeed: 2,
  Fail: 1,
  Map: 4,
};

/** What was used, over all executions. */
export interface Used {
  transitions: number;
  calls: Map<string, number>;
  /** The most events of any one history, and the most bytes of any one payload. */
  events: number;
  bytes: number;
}

interface Place {
  readonly context: Json;
  readonly history: { events: number };
  readonly stop: Stop;
}

interface Stop {
  readonly stopped: boolean;
}

/** Runs one definition. */
export class Interpreter {
  readonly used: Used = { transitions: 0, calls: new Map(), events: 0, bytes: 0 };
  readonly #definition: States;
  #drawn = 7;
  #tokens = 0;
  #started = 0;
  /** What each execution has come to, by its name. */
  readonly executions = new Map<string, Ended['status'] | 'RUNNING'>();

  /** @throws Error that names each state and field that it does not know */
  constructor(
    definition: string,
    private readonly clock: SimulatedClock,
    private readonly services: Readonly<Record<string, Service>>,
    /** What a distributed map reads: the items of a file. */
    private readonly items: (bucket: string, key: string, version: string) => readonly unknown[],
  ) {
    const parsed = JSON.parse(definition) as States & Json;
    const unknown = [
      ...Object.keys(parsed).flatMap((each) =>
        ['Comment', 'TimeoutSeconds', 'StartAt', 'States'].includes(each) ? [] : [each],
      ),
      ...unknownIn(parsed, '', Object.keys(services)),
    ];
    const names = namesIn(parsed);
    unknown.push(
      ...names.filter((each, index) => names.indexOf(each) !== index).map((each) => `${each} twice`),
    );
    if (unknown.length > 0) throw new Error(`not known here: ${unknown.join(', ')}`);
    this.#definition = parsed;
  }

  /** Starts an execution. `stop` ends it where it stands, as StopExecution does. */
  start(input: Json): { readonly ended: Promise<Ended>; readonly stop: () => void } {
    const stop = { stopped: false };
    const name = `execution-${this.#started++}`;
    this.executions.set(name, 'RUNNING');
    let abort: () => void = () => undefined;
    const aborted = new Promise<Ended>((resolve) => {
      abort = () => resolve({ status: 'ABORTED' });
    });
    const work = this.#execution(this.#definition, input, {}, stop, name).then(
      (output): Ended => ({ status: 'SUCCEEDED', output }),
      (error: unknown): Ended => {
        if (error instanceof Failure) return { status: 'FAILED', error: error.name };
        throw error;
      },
    );
    return {
      ended: Promise.race([work, aborted]).then((ended) => {
        this.executions.set(name, ended.status);
        return ended;
      }),
      stop: () => {
        stop.stopped = true;
        abort();
      },
    };
  }

  /** An execution of its own: with its own history. */
  #execution(
    states: States,
    input: unknown,
    context: Json,
    stop: Place['stop'],
    Id: string,
  ): Promise<unknown> {
    const Execution = { Id, StartTime: new Date(this.clock.now()).toISOString() };
    return this.#run(states, input, { context: { ...context, Execution }, history: { events: 1 }, stop });
  }

  async #run(states: States, input: unknown, place: Place): Promise<unknown> {
    let name = states.StartAt;
    for (let data = this.#measured(input); ; ) {
      if (place.stop.stopped) return new Promise(() => {});
      const state = states.States[name];
      if (state === undefined) throw new Failure('States.Runtime', `there is no state ${name}`);
      this.used.transitions += 1;
      place.history.events += EVENTS[state.Type] ?? 0;
      this.used.events = Math.max(this.used.events, place.history.events);
      if (place.history.events > MOST_EVENTS) throw new Failure('States.Runtime', 'the history is full');
      const entered = new Date(this.clock.now()).toISOString();
      const here = { ...place, context: { ...place.context, State: { Name: name, EnteredTime: entered } } };
      let next: string | undefined;
      try {
        const step = await this.#step(state, data, here);
        if (place.stop.stopped) return new Promise(() => {});
        data = this.#measured(step.output);
        next = step.next;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const caught = ((state.Catch ?? []) as Json[]).find((each) => names(each.ErrorEquals, error));
        if (caught === undefined) throw error;
        data = this.#measured(placed(data, caught.ResultPath, { Error: error.name, Cause: error.message }));
        next = String(caught.Next);
      }
      if (next === undefined) return data;
      name = next;
    }
  }

  async #step(
    state: State,
    data: unknown,
    place: Place,
  ): Promise<{ output: unknown; next: string | undefined }> {
    const next = state.Next === undefined ? undefined : String(state.Next);
    switch (state.Type) {
      case 'Succeed':
        return { output: data, next: undefined };
      case 'Fail':
        throw new Failure(String(state.Error), String(state.Cause));
      case 'Pass': {
        const given = state.InputPath === undefined ? data : at(data, String(state.InputPath), place.context);
        const result =
          state.Parameters !== undefined
            ? filled(state.Parameters, given, place.context)
            : 'Result' in state
              ? state.Result
              : given;
        return { output: placed(data, state.ResultPath, result), next };
      }
      case 'Wait': {
        const seconds = state.Seconds ?? at(data, String(state.SecondsPath), place.context);
        await this.clock.sleep(Number(seconds) * 1000);
        return { output: data, next };
      }
      case 'Choice': {
        const found = (state.Choices as Json[]).find((each) => holds(each, data, place.context));
        return { output: data, next: String((found ?? { Next: state.Default }).Next) };
      }
      case 'Map': {
        await this.#map(state, data, place);
        return { output: placed(data, state.ResultPath, []), next };
      }
      default:
        return { output: placed(data, state.ResultPath, await this.#task(state, data, place)), next };
    }
  }

  async #task(state: State, data: unknown, place: Place): Promise<unknown> {
    const resource = String(state.Resource);
    const service = this.services[resource];
    if (service === undefined) throw new Failure('States.Runtime', resource);
    const attempts = new Map<Json, number>();
    for (;;) {
      const token = `token-${this.#tokens++}`;
      const context = { ...place.context, Task: { Token: token } };
      const parameters = filled(state.Parameters, data, context) as Json;
      this.#measured(parameters);
      const credentials = state.Credentials && (filled(state.Credentials, data, context) as Json);
      const role = credentials ? String((credentials as Json).RoleArn) : undefined;
      this.used.calls.set(resource, (this.used.calls.get(resource) ?? 0) + 1);
      try {
        const result = await this.#inTime(service(parameters, role, token), Number(state.TimeoutSeconds));
        this.#measured(result);
        return state.ResultSelector === undefined ? result : filled(state.ResultSelector, result, context);
      } catch (error) {
        const failure = asFailure(error);
        const retrier = ((state.Retry ?? []) as Json[]).find((each) => names(each.ErrorEquals, failure));
        const tried = retrier === undefined ? 0 : (attempts.get(retrier) ?? 0);
        if (retrier === undefined || tried >= Number(retrier.MaxAttempts)) throw failure;
        attempts.set(retrier, tried + 1);
        place.history.events += 4;
        const longest = Number(retrier.IntervalSeconds) * Number(retrier.BackoffRate) ** tried;
        const seconds = Math.min(longest, Number(retrier.MaxDelaySeconds)) * this.#random();
        await this.clock.sleep(Math.max(seconds, 0.1) * 1000);
        if (place.stop.stopped) return new Promise(() => {});
      }
    }
  }

  #inTime<T>(work: Promise<T>, seconds: number): Promise<T> {
    if (!(seconds > 0)) return Promise.reject(new Failure('States.Runtime', 'a task without a time-out'));
    return new Promise<T>((resolve, reject) => {
      const late = this.clock.after(seconds * 1000, () =>
        reject(new Failure('States.Timeout', `no answer in ${seconds} seconds`)),
      );
      work.then(resolve, reject).finally(late.cancel);
    });
  }

  /** Runs a map. What its children come to is dropped: a definition that asks for it is refused. */
  async #map(state: State, data: unknown, place: Place): Promise<void> {
    const { ProcessorConfig, ...states } = state.ItemProcessor as Json & States;
    const isDistributed = (ProcessorConfig as Json).Mode === 'DISTRIBUTED';
    const items = isDistributed
      ? this.#read(state, data, place)
      : at(data, String(state.ItemsPath), place.context);
    if (!Array.isArray(items)) throw new Failure('States.Runtime', 'what a map goes over is no array');
    const most = Number(state.MaxConcurrency ?? at(data, String(state.MaxConcurrencyPath), place.context));
    if (!isDistributed && most > 40)
      throw new Failure('States.Runtime', 'an inline map has 40 at once at most');
    const tolerated =
      state.ToleratedFailurePercentage !== undefined
        ? (items.length * Number(state.ToleratedFailurePercentage)) / 100
        : state.ToleratedFailureCountPath !== undefined
          ? Number(at(data, String(state.ToleratedFailureCountPath), place.context))
          : 0;
    const own = { stopped: false };
    const stop = isDistributed ? linked(own, place.stop) : place.stop;
    let [failed, begun, running] = [0, 0, 0];
    await new Promise<void>((resolve, reject) => {
      const settle = () => {
        if (stop.stopped || failed > tolerated) return;
        if (begun === items.length && running === 0) return resolve();
        while (running < most && begun < items.length) {
          const Value: unknown = items[begun];
          const context = { ...place.context, Map: { Item: { Index: begun, Value } } };
          const given = filled(state.ItemSelector, data, context);
          begun += 1;
          running += 1;
          const child = isDistributed
            ? this.#execution(states, given, { Map: { Item: { Value } } }, stop, 'child')
            : this.#run(states, given, { ...place, context });
          child.then(
            () => {
              running -= 1;
              settle();
            },
            (error: unknown) => {
              if (!(error instanceof Failure)) return reject(error);
              running -= 1;
              failed += 1;
              if (!isDistributed) return reject(error);
              if (failed > tolerated) {
                own.stopped = true;
                return reject(new Failure('States.ExceedToleratedFailureThreshold', `${failed} failed`));
              }
              settle();
            },
          );
        }
      };
      settle();
    });
  }

  #read(state: State, data: unknown, place: Place): readonly unknown[] {
    const { Resource, ReaderConfig, Parameters } = state.ItemReader as Json;
    if (Resource !== 'arn:aws:states:::s3:getObject' || (ReaderConfig as Json).InputType !== 'JSON')
      throw new Failure('States.Runtime', 'it reads JSON from S3 alone');
    const { Bucket, Key, VersionId } = filled(Parameters, data, place.context) as Json;
    return this.items(String(Bucket), String(Key), String(VersionId));
  }

  #measured(value: unknown): unknown {
    const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
    this.used.bytes = Math.max(this.used.bytes, bytes);
    if (bytes > MOST_BYTES) throw new Failure('States.DataLimitExceeded', `${bytes} bytes`);
    return value;
  }

  #random(): number {
    this.#drawn = (this.#drawn * 48_271) % 2_147_483_647;
    return this.#drawn / 2_147_483_647;
  }
}

/** Stops where either does. */
function linked(own: Stop, above: Stop): Stop {
  return {
    get stopped() {
      return own.stopped || above.stopped;
    },
  };
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Error) return new Failure(error.name, error.message);
  return new Failure('Error', String(error));
}

function names(wanted: unknown, { name }: Failure): boolean {
  const list = wanted as readonly string[];
  return list.includes(name) || (list.includes('States.ALL') && !UNCAUGHT.has(name));
}

function pathOf(path: string): string[] {
  if (!/^\$\$?(?:\.\w+)*$/.test(path))
    throw new Failure('States.Runtime', `a path that is not known here: ${path}`);
  return path.split('.').slice(1);
}

/** What is at a path; as AWS has it, what is not there is an error and not nothing. */
function at(data: unknown, path: string, context: Json): unknown {
  let found: unknown = path.startsWith('$$') ? context : data;
  for (const name of pathOf(path)) {
    if (typeof found !== 'object' || found === null || !(name in found))
      throw new Failure('States.ParameterPathFailure', `${path} is not there`);
    found = (found as Json)[name];
  }
  return found;
}

function placed(data: unknown, path: unknown, result: unknown): unknown {
  if (path === null) return data;
  if (path === undefined) return result;
  const [first, ...rest] = pathOf(String(path));
  if (first === undefined) return result;
  const put = (into: unknown, name: string, more: readonly string[]): Json => {
    const whole = (typeof into === 'object' && into !== null ? into : {}) as Json;
    const [next, ...others] = more;
    return { ...whole, [name]: next === undefined ? result : put(whole[name], next, others) };
  };
  return put(data, first, rest);
}

/** A payload template: of a name that ends in `.$`, what its path or function gives. */
function filled(template: unknown, data: unknown, context: Json): unknown {
  if (Array.isArray(template)) return template.map((each) => filled(each, data, context));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$')
        ? [name.slice(0, -2), worked(String(value), data, context)]
        : [name, filled(value, data, context)],
    ),
  );
}

function worked(text: string, data: unknown, context: Json): unknown {
  if (text.startsWith('$')) return at(data, text, context);
  const [, format, rest] = /^States\.Format\('((?:[^'\\]|\\.)*)'((?:, \$[\w.$]*)*)\)$/.exec(text) ?? [];
  if (format === undefined) throw new Failure('States.Runtime', `not known here: ${text}`);
  const given = (rest ?? '').split(', ').slice(1);
  return format.replaceAll('{}', () => String(at(data, given.shift() ?? '', context)));
}

function isThere(data: unknown, path: string, context: Json): boolean {
  try {
    at(data, path, context);
    return true;
  } catch {
    return false;
  }
}

function holds(rule: Json, data: unknown, context: Json): boolean {
  if (rule.And !== undefined) return (rule.And as Json[]).every((each) => holds(each, data, context));
  if (rule.Not !== undefined) return !holds(rule.Not as Json, data, context);
  const path = String(rule.Variable);
  if (rule.IsPresent !== undefined) return isThere(data, path, context) === rule.IsPresent;
  if (!isThere(data, path, context))
    throw new Failure('States.Runtime', `a choice by what is not there: ${path}`);
  const found = at(data, path, context);
  return 'StringEquals' in rule ? found === rule.StringEquals : found === rule.BooleanEquals;
}

/** The names of all states, which AWS takes only if they differ. */
function namesIn({ States: states }: States): string[] {
  return Object.entries(states).flatMap(([name, { ItemProcessor }]) => [
    name,
    ...(ItemProcessor === undefined ? [] : namesIn(ItemProcessor as States)),
  ]);
}

function unknownIn(
  { StartAt, States: states }: States,
  path: string,
  resources: readonly string[],
): string[] {
  const known = new Set(Object.keys(states));
  const leads = (name: unknown, from: string) =>
    known.has(String(name)) ? [] : [`${from} to ${String(name)}`];
  return [
    ...leads(StartAt, path),
    ...Object.entries(states).flatMap(([name, state]) => {
      const here = `${path}/${name}`;
      const fields = FIELDS[state.Type] ?? [];
      const others = (given: Json, allowed: readonly string[]) =>
        Object.keys(given).flatMap((each) => (allowed.includes(each) ? [] : [`${here}.${each}`]));
      const rules = (rule: Json): string[] => [
        ...others(rule, OPERATORS),
        ...[rule.And ?? [], rule.Not ?? []].flat().flatMap((each) => rules(each as Json)),
      ];
      const { ProcessorConfig, ...processor } = (state.ItemProcessor ?? {}) as Json & States;
      return [
        ...(FIELDS[state.Type] === undefined ? [`${here}: ${state.Type}`] : []),
        ...others(state, ['Type', ...fields]),
        ...(state.Next === undefined ? [] : leads(state.Next, here)),
        ...(state.Default === undefined ? [] : leads(state.Default, here)),
        ...((state.Choices ?? []) as Json[]).flatMap((each) => [...rules(each), ...leads(each.Next, here)]),
        ...((state.Retry ?? []) as Json[]).flatMap((each) => others(each, RETRIER)),
        ...((state.Catch ?? []) as Json[]).flatMap((each) => [
          ...others(each, CATCHER),
          ...leads(each.Next, here),
        ]),
        ...(state.Type === 'Task' && !resources.includes(String(state.Resource))
          ? [`${here}: ${state.Resource}`]
          : []),
        ...(ProcessorConfig === undefined ? [] : unknownIn(processor, here, resources)),
      ];
    }),
  ];
}
