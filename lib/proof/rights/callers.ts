/** Those whom a statement lets in, as callers to ask for. */
import type { CallerInput, Statement } from '../../iam';
import { STRANGERS } from '../askers';

/**
 * Those whom a statement names from outside an account. Where it names everybody, or somebody who cannot be told: a stranger, the
 * unsigned and another service.
 */
export function callersIn({ principals, notPrincipals }: Statement, account: string): CallerInput[] {
  const stranger: CallerInput = {
    type: 'role',
    arn: `arn:aws:iam::${STRANGERS[0]}:role/concordat-fresh`,
    session: 's',
  };
  const everybody: CallerInput[] = [
    stranger,
    { type: 'anonymous' },
    { type: 'service', service: 'concordat-fresh.amazonaws.com' },
  ];
  if (principals === undefined || principals.everybody || notPrincipals !== undefined) return everybody;
  const named = [...principals.names].flatMap((name): CallerInput[] => {
    const text = name.replace(/^[A-Za-z]+:/, '');
    if (/\.amazonaws\.com$/.test(text)) return [{ type: 'service', service: text }];
    const of = /\b\d{12}\b/.exec(text)?.[0];
    if (of === undefined) return everybody;
    return of === account ? [] : [{ type: 'root', arn: `arn:aws:iam::${of}:root` }, ...asNamed(text)];
  });
  // Whom an entry names that is not understood, nobody knows: it could be each of these.
  return principals.doubts.length > 0 ? [...named, ...everybody] : named;
}

/** A user, a role or a session, which a policy can name without its account. */
function asNamed(arn: string): CallerInput[] {
  const [, kind] = /^arn:aws:iam::\d{12}:(role|user)\/[^*?]+$/.exec(arn) ?? [];
  if (kind === 'user') return [{ type: 'user', arn }];
  if (kind === 'role') return [{ type: 'role', arn, session: 's' }];
  const [, account, role, session] =
    /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/([^*?]+)$/.exec(arn) ?? [];
  if (role === undefined || session === undefined) return [];
  return [{ type: 'role', arn: `arn:aws:iam::${account}:role/${role}`, session }];
}

/** A caller as findings name it: an ARN, a service, a provider, or anybody. */
export function nameOf(caller: CallerInput): string {
  switch (caller.type) {
    case 'anonymous':
      return 'anybody, without a signature';
    case 'service':
      return caller.service;
    case 'federated':
      return caller.provider;
    default:
      return caller.arn;
  }
}
