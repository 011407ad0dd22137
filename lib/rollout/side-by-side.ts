/** Works on many stacks at once: one at a time in each account, none before those that it follows. */
import type { FleetStack } from './fleet';

/** How stacks are worked on side by side. */
export interface SideBySide {
  /** In the order in which they are begun, if nothing keeps them. */
  readonly stacks: readonly FleetStack[];
  /** How many at once. */
  readonly most: number;
  /** The names of those that are to be done with before it; none of them behind it in the order. */
  readonly follows: (stack: FleetStack) => readonly string[];
  /** Whether more may be begun; asked before each. What is under way goes on. */
  readonly mayBegin: () => boolean;
  /** Never throws but where nothing may go on. */
  readonly act: (stack: FleetStack) => Promise<void>;
}

/** Resolves once nothing is under way. @throws the first error of `act`, once nothing is under way */
export async function sideBySide({ stacks, most, follows, mayBegin, act }: SideBySide): Promise<void> {
  const left = [...stacks];
  const running = new Map<string, Promise<void>>();
  const busy = new Set<string>();
  const failures: unknown[] = [];
  const isOpen = (name: string) => running.has(name) || left.some(({ stack }) => stack === name);
  const mayGo = (each: FleetStack) =>
    !busy.has(each.account) &&
    left.find(({ account }) => account === each.account) === each &&
    !follows(each).some(isOpen);
  const begin = (each: FleetStack) => {
    left.splice(left.indexOf(each), 1);
    busy.add(each.account);
    const done = act(each)
      .catch((error: unknown) => void failures.push(error))
      .then(() => {
        running.delete(each.stack);
        busy.delete(each.account);
      });
    running.set(each.stack, done);
  };
  for (;;) {
    while (running.size < most && failures.length === 0 && mayBegin()) {
      const next = left.find(mayGo);
      if (next === undefined) break;
      begin(next);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (failures.length > 0) throw failures[0];
}
