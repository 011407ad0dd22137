/**
 * A drill: an operation of the baseline’s StackSet is stuck. A model of what AWS documents of operations, since no endpoint has them:
 * some accounts at once, one operation after the other, and one that is stopped begins nothing more.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
import { templateIn } from '../../lib/assembly';
import { secondsToChange } from '../../lib/rollout/forecast';
import { drilled } from '../drilled';
import { SimulatedClock } from '../rollout/simulated-clock';
import { synthesised } from '../stacks/sample-assembly';

interface Preferences {
  readonly MaxConcurrentPercentage: number;
  readonly FailureToleranceCount: number;
}

/** How an account takes a template: it takes it, goes back, or does not end. */
type Takes = 'takes' | 'fails' | 'hangs';

class ModelledStackSet {
  /** What each account runs. */
  readonly runs = new Map<string, string>();
  /** Accounts in which an update does not end. */
  readonly busy = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();
  #stop = false;

  constructor(
    private readonly clock: SimulatedClock,
    private readonly preferences: Preferences,
    private readonly how: (account: string, template: string) => Takes,
  ) {}

  /** One operation: how it ends. Managed execution has it wait for the one before. */
  operate(template: string, accounts: readonly string[] = [...this.runs.keys()]): Promise<string> {
    const operation = this.#queue.then(() => this.#operate(template, accounts));
    this.#queue = operation;
    return operation;
  }

  stop(): void {
    this.#stop = true;
  }

  async #operate(template: string, accounts: readonly string[]): Promise<string> {
    this.#stop = false;
    const left = [...accounts];
    const { MaxConcurrentPercentage, FailureToleranceCount } = this.preferences;
    const atOnce = Math.max(1, Math.floor((accounts.length * MaxConcurrentPercentage) / 100));
    let failed = 0;
    const isOver = () => this.#stop || failed > FailureToleranceCount;
    const lane = async () => {
      for (let account = left.shift(); account !== undefined; account = left.shift()) {
        if (isOver()) return;
        if (!(await this.#update(account, template))) failed += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return this.#stop ? 'STOPPED' : failed > FailureToleranceCount ? 'FAILED' : 'SUCCEEDED';
  }

  async #update(account: string, template: string): Promise<boolean> {
    if (this.runs.get(account) === template) return true;
    const takes = this.how(account, template);
    if (takes === 'hangs') {
      this.busy.add(account);
      // StackSets waits no longer once it is stopped; CloudFormation puts that account back by itself.
      while (!this.#stop) await this.clock.sleep(60_000);
      this.busy.delete(account);
      return false;
    }
    await this.clock.sleep(secondsToChange({ change: 'changed' }, { watch: 0, atOnce: 1, pause: 0 }) * 1000);
    if (takes === 'fails') return false;
    this.runs.set(account, template);
    return true;
  }
}

/** As the sample’s `Baseline` deploys it. */
function preferences(): Preferences {
  const { assembly } = synthesised();
  const baseline = assembly.stacks.find(({ name }) => name === 'Baseline');
  const [set] = Object.values(templateIn(assembly, baseline?.file ?? '').Resources ?? {}).filter(
    ({ Type }) => Type === 'AWS::CloudFormation::StackSet',
  );
  return set?.Properties?.OperationPreferences as Preferences;
}

const ACCOUNTS = Array.from({ length: 40 }, (_, n) => `account ${n}`);
const [EARLIER, LATER] = ['earlier', 'later'];

function stuckAt(how: Takes) {
  const clock = new SimulatedClock();
  const set = new ModelledStackSet(clock, preferences(), (account, template) =>
    account === 'account 7' && template === LATER ? how : 'takes',
  );
  for (const each of ACCOUNTS) set.runs.set(each, EARLIER);
  return { clock, set };
}

it('one account fails: no other is begun after it, and the template of before brings all back to one', async () => {
  const { clock, set } = stuckAt('fails');
  expect(await clock.until(set.operate(LATER))).toBe('FAILED');
  const reached = [...set.runs.values()].filter((each) => each === LATER).length;
  // Those that were under way with it, and those that had begun by then.
  expect(reached).toBeGreaterThan(0);
  expect(reached).toBeLessThan(20);
  expect(set.runs.get('account 7')).toBe(EARLIER);
  expect(await clock.until(set.operate(EARLIER))).toBe('SUCCEEDED');
  expect(new Set(set.runs.values())).toEqual(new Set([EARLIER]));
});

it('one account hangs: others keep a baseline, who joins waits, and stopping it and the template of before give one to all', async () => {
  const { clock, set } = stuckAt('hangs');
  const stuck = set.operate(LATER);
  await clock.until(clock.sleep(3 * 3_600_000));
  expect([...set.busy]).toEqual(['account 7']);
  // Everybody but that one has come through, and nobody is without.
  expect([...set.runs.values()].filter((each) => each === LATER)).toHaveLength(39);
  // An account that joins waits behind it.
  const joins = set.operate(EARLIER, ['account 40']);
  await clock.until(clock.sleep(3_600_000));
  expect(set.runs.has('account 40')).toBe(false);

  const began = clock.now();
  set.stop();
  expect(await clock.until(stuck)).toBe('STOPPED');
  expect(await clock.until(joins)).toBe('SUCCEEDED');
  expect(await clock.until(set.operate(EARLIER))).toBe('SUCCEEDED');
  expect([...set.runs]).toEqual([...ACCOUNTS, 'account 40'].map((each) => [each, EARLIER]));
  drilled({
    lost: 'the baseline’s StackSet, stuck',
    seconds: (clock.now() - began) / 1000,
    by: 'simulated',
    forGood: 'nothing',
  });
});
