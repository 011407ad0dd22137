/** What an event asks of the audit. */
import { clockOf, described, EventError, type LambdaContext, type Write } from '../../lib/runtime';
import { OtherIndexError } from './errors';
import type { Files, History, Notes, Staging, Transfers } from './ports';
import { type BatchAnswer, messagesOf, takeInMessages } from './queue';
import { RegisterHistory } from './register-history';
import { Report } from './report';
import { sweep } from './sweep';

/** The function’s clients, and what it was deployed with. */
export interface Wiring {
  readonly functionName: string;
  readonly ledgerBucket: string;
  readonly indexText: string;
  /** What the index must hash to. */
  readonly indexSha256: string;
  readonly files: Files;
  readonly staging: Staging;
  readonly transfers: Transfers;
  readonly notes: Notes;
  readonly history: History;
}

/** What the handler is built from. */
export interface AuditProps {
  /** Reads the environment and the index, once. */
  readonly wire: () => Promise<Wiring>;
  readonly write: Write;
  readonly now: () => number;
}

/** What a run on order came to. */
export type RunAnswer = { readonly reviewed: number; readonly left: boolean } | { readonly register: string };

/** Answers events: batches of the queue, `{ "action": "sweep" }`, and `{ "action": "register" }` after a deployment. */
export class Audit {
  private history: RegisterHistory | undefined;

  constructor(private readonly props: AuditProps) {}

  /** @throws EventError, or what stops the whole run; the queue and the schedule then try again */
  async handle(event: unknown, context: LambdaContext): Promise<BatchAnswer | RunAnswer> {
    const messages = messagesOf(event);
    const action = messages ? undefined : actionOf(event);
    const { wire, write, now } = this.props;
    const wiring = await wire();
    const clock = clockOf(context, now);
    const report = new Report({ write, clock, functionName: wiring.functionName });
    try {
      this.history ??= new RegisterHistory(wiring);
      const ports = { ...wiring, history: this.history, clock, report };
      await this.history.refresh(now(), action === 'register');
      if (messages) return await takeInMessages(messages, ports);
      if (action === 'sweep') return await sweep(ports);
      const { index } = await this.history.current();
      return { register: index.register };
    } catch (error) {
      if (error instanceof OtherIndexError) report.otherIndex(error.message);
      else report.failure(action ?? 'take in a batch', described(error));
      throw error;
    } finally {
      report.finished();
    }
  }
}

function actionOf(event: unknown): 'sweep' | 'register' {
  const { action } = (typeof event === 'object' && event !== null ? event : {}) as { action?: unknown };
  if (action === 'sweep' || action === 'register') return action;
  throw new EventError(
    `takes messages of SQS, { "action": "sweep" } or { "action": "register" }; it got ${JSON.stringify(event)?.slice(0, 200)}`,
  );
}
