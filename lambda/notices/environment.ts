/** The environment of the function, checked once and whole. */
import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import { REQUIRED_BY_LAMBDA, readEnvironment, variable } from '../../lib/runtime';
import type { NoticeKind } from './ports';

/** What the function is told by its environment. */
export interface Environment {
  readonly region: string;
  /** The file of whom to tell, and what it must hash to. */
  readonly listFile: string;
  readonly listSha256: string;
  readonly transfersTable: string;
  readonly noticesTable: string;
  /** Absent where teams are told by SNS. */
  readonly notify: NotifySettings | undefined;
}

/** What the function is told of GOV.UK Notify. */
interface NotifySettings {
  /** Of the secret with the key. */
  readonly secretArn: string;
  readonly templates: Readonly<Record<NoticeKind, string>>;
  /** GOV.UK Notify on another address, for tests. */
  readonly endpoint: string | undefined;
}

const TABLE = /^[\w.-]{3,255}$/;
const template = variable('the id of a template', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

const ALWAYS = {
  ...REQUIRED_BY_LAMBDA,
  LIST_FILE: variable('the absolute path of the list of whom to tell', isAbsolute),
  LIST_SHA256: variable('the SHA-256 of that list: 64 hex digits', /^[0-9a-f]{64}$/),
  TRANSFERS_TABLE: variable('the name of the table of transfers', TABLE),
  NOTICES_TABLE: variable('the name of the table of notices', TABLE),
};
const BY_NOTIFY = {
  NOTIFY_KEY_AT: variable('the ARN of the secret', /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:/),
  TEMPLATE_WAITS: template,
  TEMPLATE_REMINDER: template,
  TEMPLATE_NOT_DELIVERED: template,
  NOTIFY_ENDPOINT: z.optional(variable('the address of GOV.UK Notify, in tests only', URL.canParse)),
};

/** The variables that the function reads; those of GOV.UK Notify all or none. @internal Only tests import it. */
export const VARIABLES = z.object({ ...ALWAYS, ...BY_NOTIFY });
const BY_SNS = z.object(ALWAYS);

/** Reads the environment. @throws EnvironmentError that names every variable that is wrong, and how to set it */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  if (!Object.keys(BY_NOTIFY).some((name) => env[name]))
    return { ...always(readEnvironment(BY_SNS, env)), notify: undefined };
  const read = readEnvironment(VARIABLES, env);
  return {
    ...always(read),
    notify: {
      secretArn: read.NOTIFY_KEY_AT,
      templates: {
        waits: read.TEMPLATE_WAITS,
        reminder: read.TEMPLATE_REMINDER,
        notDelivered: read.TEMPLATE_NOT_DELIVERED,
      },
      endpoint: read.NOTIFY_ENDPOINT,
    },
  };
}

function always(read: z.output<typeof BY_SNS>): Omit<Environment, 'notify'> {
  return {
    region: read.AWS_REGION,
    listFile: read.LIST_FILE,
    listSha256: read.LIST_SHA256,
    transfersTable: read.TRANSFERS_TABLE,
    noticesTable: read.NOTICES_TABLE,
  };
}
