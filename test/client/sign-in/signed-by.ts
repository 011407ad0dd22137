/** Which access key a request of AWS’s clients is signed with. */
import type { IncomingMessage } from 'node:http';

/** Nothing where it is not signed. */
export function accessKeyOf({ headers }: IncomingMessage): string | undefined {
  return /Credential=([A-Z0-9]+)\//.exec(headers.authorization ?? '')?.[1];
}
