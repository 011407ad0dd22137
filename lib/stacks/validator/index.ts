/**
 * The thread in which CDK’s validation judges templates, beside all else that a synth does. Its engine takes seconds to make, so
 * a synth starts it before it loads anything.
 */
import { join } from 'node:path';
import type { PolicyValidationPluginReport, PolicyValidationStack } from 'aws-cdk-lib';
import type { Names } from '../../compliance';
import { Thread } from './thread';

/** The names that may stand in the templates of an account. */
type NamesByAccount = ReadonlyMap<string, Names>;

/** What it hears before: the names that may stand in templates, and then each template as soon as it is written. */
export type OnTheWay = { readonly names: NamesByAccount } | { readonly stack: PolicyValidationStack };

/** What it is to judge. Templates are named by their paths, and read there. */
export interface ToJudge {
  readonly stackTemplates: readonly PolicyValidationStack[];
  /** Those that it has not heard before. */
  readonly names: NamesByAccount;
}

/** The shape of a template, as it is told before the template is judged. */
export interface ToldShape {
  /** All of it: equal where two templates differ in names alone, or in how often a resource recurs beyond twice. */
  readonly whole: number;
  /** For each resource, by its logical id: equal within one shape where two resources differ in names alone. */
  readonly labels: ReadonlyMap<string, number>;
}

/** The shapes of templates by the paths of their stacks’ constructs. */
export type ToldShapes = ReadonlyMap<string, ToldShape>;

/** What came of it. */
export interface Judged {
  readonly report: PolicyValidationPluginReport;
  /** The version of the rules. */
  readonly version: string | undefined;
}

/** A validator at work. */
export type Validator = Thread<OnTheWay, ToJudge, ToldShapes, Judged>;

/** Judging each template of a thousand by itself takes a few minutes; where it takes this long, it has come to a halt. */
const PATIENCE = 30 * 60_000;

/** Starts a validator; undefined where CDK_VALIDATION=false asks for none. */
export function startValidator(): Validator | undefined {
  if (process.env.CDK_VALIDATION === 'false') return undefined;
  return new Thread(join(__dirname, 'work.ts'), PATIENCE);
}
