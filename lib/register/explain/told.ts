/** Says the right value where the rest of a file, or its name, tells it. */
import { accountOfArns } from '../rules/identity';
import type { Fault } from './fault';

/** A fault with what the rest of the file, or its name, says of the right value. */
export function told(fault: Fault, value: unknown, claim: string): Fault {
  const [name, further] = fault.path;
  if (further !== undefined) return fault;
  if (name === 'id' && fault.code === 'missing-key')
    return { ...fault, fix: `add \`id: ${claim}\`, the name of the file` };
  if (name !== 'account' || !['missing-key', 'bad-format'].includes(fault.code)) return fault;
  const account = accountOfArns(value);
  if (account === undefined || !agrees(account, fault.found ?? '')) return fault;
  if (fault.code === 'missing-key')
    return { ...fault, fix: `add \`account: "${account}"\`, the account of its roles and keys` };
  if (fault.suggestion === `"${account}"`) return fault;
  const where = fault.found === '' ? 'after the colon, ' : '';
  const fix = `${where}write "${account}", the account of its roles and keys`;
  return { ...fault, ...(where === '' && { suggestion: `"${account}"` }), fix };
}

/** Whether what was written for an account may have been meant as it: no other account, but it with a digit lost, or no number at all. */
function agrees(account: string, found: string): boolean {
  if (!/^\d+$/.test(found)) return true;
  return Array.from(account, (_, index) => account.slice(0, index) + account.slice(index + 1)).includes(
    found,
  );
}
