/**
 * A request: who asks to do what to which resource, and in what context. Keys that follow from these are put into the
 * context here, and only where AWS documents that they are there; all others are the asker’s to give.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
import { accountOfArn, partsOfArn } from './arn';
import { type Caller, type CallerInput, callerOf } from './caller';
import { type Context, type ContextValue, contextOf, keyOf } from './context';

/** A request, as one describes it. */
export interface RequestInput {
  /** Prepare a caller with `callerOf` to use it for many requests. */
  readonly caller: CallerInput | Caller;
  /** Such as `s3:GetObject`, without wildcards. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. Through an access point: still the bucket’s, or the object’s. */
  readonly resource: string;
  /** The account that owns the resource; needed where the ARN names none. */
  readonly resourceAccount?: string;
  /** The ARN of the access point that the request comes through. */
  readonly accessPoint?: string;
  /** Condition keys that are there. One that is not named is absent. */
  readonly context?: Readonly<Record<string, ContextValue | undefined>>;
}

/** A request, ready to be decided. */
export interface Request {
  readonly caller: Caller;
  /** In lower case. */
  readonly action: string;
  /** The service that the action belongs to, in lower case. */
  readonly service: string;
  readonly resource: string;
  readonly resourceAccount: string | undefined;
  readonly accessPoint: AccessPointTarget | undefined;
  readonly context: Context;
}

/** What is asked of an access point: the same object, by another name. */
interface AccessPointTarget {
  readonly resource: string;
  readonly account: string;
}

const ACTION = /^[a-z0-9-]+:[A-Za-z0-9]+$/i;
const ACCESS_POINT = /^accesspoint\/[^/]+$/;

/**
 * Prepares a request.
 * @throws TypeError if it does not say whose the resource is, or contradicts itself: an account other than the ARN’s, a key
 *   that follows from the caller with another value, an access point of something that is no bucket
 */
export function requestOf(input: RequestInput): Request {
  const caller = 'keys' in input.caller ? input.caller : callerOf(input.caller);
  const { resource } = input;
  const { action, service } = actionOf(input.action);
  if (resource !== '*' && !resource.startsWith('arn:')) throw new TypeError(`'${resource}' is not an ARN`);
  const inArn = accountOfArn(resource);
  if (inArn !== undefined && input.resourceAccount !== undefined && inArn !== input.resourceAccount)
    throw new TypeError(`${resource} is not of account ${input.resourceAccount}`);
  const resourceAccount = input.resourceAccount ?? inArn;
  if (resource !== '*' && resourceAccount === undefined)
    throw new TypeError(`say which account owns ${resource}`);
  const accessPoint = input.accessPoint === undefined ? undefined : targetOf(input.accessPoint, resource);

  const context = contextOf(input.context ?? {});
  for (const [key, value] of caller.keys) derive(context, key, value);
  if (resourceAccount !== undefined) {
    derive(context, 'aws:resourceaccount', resourceAccount);
    if (service === 's3') derive(context, 's3:resourceaccount', resourceAccount);
  }
  if (service === 'kms' && caller.account !== undefined) derive(context, 'kms:calleraccount', caller.account);
  if (accessPoint !== undefined && input.accessPoint !== undefined) {
    derive(context, 's3:dataaccesspointarn', input.accessPoint);
    derive(context, 's3:dataaccesspointaccount', accessPoint.account);
  }
  return { caller, action, service, resource, resourceAccount, accessPoint, context };
}

/**
 * The same request with more keys in its context, for one who asks it over and over with other values of these.
 * @throws TypeError if a key is there already with another value
 */
export function withKeys(request: Request, keys: Iterable<readonly [string, ContextValue]>): Request {
  const { caller, action, service, resource, resourceAccount, accessPoint } = request;
  const context = new Map(request.context);
  for (const [name, value] of keys)
    if (!Array.isArray(value) || value.length > 0) derive(context, keyOf(name), value);
  return { caller, action, service, resource, resourceAccount, accessPoint, context };
}

const ACTIONS = new Map<string, { readonly action: string; readonly service: string }>();

/** Each action is read once. */
function actionOf(text: string) {
  let found = ACTIONS.get(text);
  if (found === undefined) {
    if (!ACTION.test(text)) throw new TypeError(`'${text}' is not an action`);
    const action = text.toLowerCase();
    found = { action, service: action.slice(0, action.indexOf(':')) };
    ACTIONS.set(text, found);
  }
  return found;
}

function derive(context: Map<string, ContextValue>, key: string, value: ContextValue): void {
  const given = context.get(key);
  if (given !== undefined && given !== value)
    throw new TypeError(`the condition key ${key} follows from the request: it is '${String(value)}'`);
  context.set(key, value);
}

function targetOf(accessPoint: string, resource: string): AccessPointTarget {
  const [, , service, , account = '', name = ''] = partsOfArn(accessPoint) ?? [];
  if (service !== 's3' || !/^\d{12}$/.test(account) || !ACCESS_POINT.test(name))
    throw new TypeError(`'${accessPoint}' is not the ARN of an access point`);
  const bucket = /^arn:[^:]+:s3:::([^/]+)(?:\/(.*))?$/s.exec(resource);
  if (bucket === null) throw new TypeError(`'${resource}' is not the ARN of a bucket or of an object`);
  return { account, resource: bucket[2] === undefined ? accessPoint : `${accessPoint}/object/${bucket[2]}` };
}
