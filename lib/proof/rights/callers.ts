/** Those whom a statement lets in, as callers to ask for. */
import type { CallerInput, Statement } from '../../iam';
import { STRANGERS } from '../askers';

/**
 * Those whom a statement names from outside an account, and where it names everybody a stranger, the unsigned and another service.
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
  return [...principals.names].flatMap((name): CallerInput[] => {
    const text = name.replace(/^[A-Za-z]+:/, '');
    if (/\.amazonaws\.com$/.test(text)) return [{ type: 'service', service: text }];
    const of = /\b\d{12}\b/.exec(text)?.[0];
    if (of === undefined) return everybody;
    return of === account ? [] : [{ type: 'root', arn: `arn:aws:iam::${of}:root` }];
  });
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
