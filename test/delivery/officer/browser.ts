/**
 * The browser of the officer’s desktop: a real one where there is one, to which the provider’s name leads to this computer, under a
 * certificate made for it; otherwise one that follows what it is sent, as `Identity` has it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { BROWSER } from '../../browser';
import type { Identity } from '../../client/sign-in/identity';

/** Opens addresses. */
export interface OfficerBrowser {
  /** What it is, for the line that says what was tried. */
  readonly name: string;
  open(address: string): Promise<void>;
  close(): void;
}

/** @param folder for its profile and certificate */
export async function officerBrowser(identity: Identity, folder: string): Promise<OfficerBrowser> {
  if (BROWSER === undefined)
    return {
      name: 'no browser but a program that follows what it is sent',
      open: async (address) => void (await identity.browse(address)),
      close: () => undefined,
    };
  const browser = BROWSER;
  const { host } = new URL(identity.issuer);
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${host}`];
  execFileSync('openssl', [...made, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (asked, answer) => {
      const { method, url: path, headers } = asked;
      const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': host };
      const on = request(identity.here + path, { method, headers: { ...headers, ...forwarded } }, (found) => {
        answer.writeHead(found.statusCode ?? 500, found.headers);
        found.pipe(answer);
      });
      asked.pipe(on);
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    name: 'Chromium',
    open: async (address) => {
      const child = spawn(
        browser,
        [
          ...['--headless', '--no-sandbox', '--disable-gpu', '--ignore-certificate-errors'],
          ...[
            `--user-data-dir=${join(folder, 'browser')}`,
            `--host-resolver-rules=MAP ${host} 127.0.0.1:${port}`,
          ],
          ...['--dump-dom', address],
        ],
        { stdio: 'ignore' },
      );
      await once(child, 'close');
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
