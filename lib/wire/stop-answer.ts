/**
 * What the grant broker answers to a stop or its lifting. A broker of another version may say more than is named here, which
 * is passed over; what it says with other words is not understood.
 */
import * as z from 'zod/mini';
import { text, words } from './forms';
import { type Kind, type Read, readValue } from './read';

const stepSchema = z.object({
  /** RFC 3339, UTC. */
  at: z.stringFormat('timestamp', isTimestamp, 'a moment like 2026-12-01T09:00:00.000Z'),
  /** A share’s id, or the name of a grant that is no share’s. */
  share: text(/^[a-zA-Z0-9:/_-]{1,256}$/, 'the name of a grant'),
  step: z.enum(['access-point', 'grant', 'verified']),
  outcome: z.enum([
    'closed',
    'closed-again',
    'was-closed',
    'opened',
    'was-open',
    'stopped',
    'missing',
    /** What is lifted is not, or no longer, shared by what is deployed, and so stays closed. */
    'not-shared',
    'revoked',
    'none-left',
    'still-listed',
    /** Time ran short; the next run goes on. */
    'left',
    'failed',
  ]),
  /** Whether this has to be done again. */
  failed: z.boolean(),
  /** What AWS said, where the outcome is `failed`. */
  error: z.optional(words),
  /** Whether the access point’s policy could not be kept beside the denial, so that lifting the stop does not bring it back. */
  policyLost: z.optional(z.boolean()),
});

const stopAnswerSchema = z.object({
  steps: z.array(stepSchema),
  /** Whether all of it is done; otherwise it is to be run again. */
  complete: z.boolean(),
  /** Why the order could not be written down, so that nothing but the access points’ own policies keeps a stop. */
  notRecorded: z.optional(words),
});

const sessionsStepSchema = z.object({
  /** The name of the role. */
  role: text(/^[\w+=,.@-]{1,64}$/, 'the name of a role'),
  /** A role that the organisation does not have is missing. */
  outcome: z.enum(['ended', 'missing', 'failed']),
  /** What AWS said, where the outcome is `failed`. */
  error: z.optional(words),
});

const sessionsAnswerSchema = z.object({
  /** Every session that began before is ended. */
  before: z.stringFormat('timestamp', isTimestamp, 'a moment like 2026-12-01T09:00:00.000Z'),
  roles: z.array(sessionsStepSchema),
  complete: z.boolean(),
  notRecorded: z.optional(words),
});

/** What a stop, or its lifting, came to. */
export type StopAnswer = Read<typeof stopAnswerSchema>;
/** What was done for a share, and when. */
export type StopStep = Read<typeof stepSchema>;

const KIND: Kind<typeof stopAnswerSchema> = {
  schema: stopAnswerSchema,
  name: 'the answer',
  fix: () => 'Deploy the owner’s stack again, so that its broker is of this version',
};

/** What ending sessions came to. */
export type SessionsAnswer = Read<typeof sessionsAnswerSchema>;
/** What became of the sessions of one role. */
export type SessionsStep = Read<typeof sessionsStepSchema>;

/** Reads an answer. @throws WireError where it is of another form */
export function readStopAnswer(answer: unknown): StopAnswer {
  return readValue(KIND, answer);
}

/** Reads the answer to an order to end sessions. @throws WireError where it is of another form */
export function readSessionsAnswer(answer: unknown): SessionsAnswer {
  return readValue({ ...KIND, schema: sessionsAnswerSchema }, answer);
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
