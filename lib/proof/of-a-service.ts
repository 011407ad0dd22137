/** What policies say of one service, so that what they say of others makes no difference to a proof that asks of that one. */
import { SaidOften } from '../iam';

/** Statements without those, and those resources of each, that are plainly of another service. */
export function statementsAbout(statements: readonly unknown[], service: string): readonly unknown[] {
  if (service === '') return statements;
  return statements.filter((each) => !isOfAnother(each, service)).map((each) => resourcesOf(each, service));
}

/**
 * A statement without the resources that no request to a service is about, such as log groups where S3 is asked. Of what a
 * statement leaves out (`NotResource`) nothing is taken away. STS is asked about roles, which are another service’s.
 */
function resourcesOf(statement: unknown, service: string): unknown {
  const { Resource } = (statement ?? {}) as { readonly Resource?: unknown };
  if (service === 'sts' || !Array.isArray(Resource)) return statement;
  const isOther = (each: unknown) => {
    const [, named] = (typeof each === 'string' && /^arn:aws:([a-z0-9-]+):/.exec(each)) || [];
    return named !== undefined && named !== service;
  };
  return Resource.some(isOther)
    ? { ...(statement as object), Resource: Resource.filter((each: unknown) => !isOther(each)) }
    : statement;
}

function isOfAnother(statement: unknown, service: string): boolean {
  const { Action, NotAction } = (statement ?? {}) as {
    readonly Action?: unknown;
    readonly NotAction?: unknown;
  };
  if (NotAction !== undefined) return false;
  const actions: unknown[] = Array.isArray(Action) ? Action : [Action];
  return actions.length > 0 && actions.every((each) => typeof each === 'string' && isOther(each, service));
}

/** The service of each action that is plainly of one, and no text of the others. */
const services = new SaidOften<string>();

function isOther(action: string, service: string): boolean {
  const named = services.of(action, serviceOf);
  return named !== '' && named !== service;
}

function serviceOf(action: string): string {
  return /^([a-z0-9-]+):[A-Za-z0-9*?]+$/.exec(action)?.[1] ?? '';
}
