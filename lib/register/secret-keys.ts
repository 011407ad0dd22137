/**
 * Secret keys that were pasted into a file of the register. What such a file says goes no further: neither its settings nor its
 * lines as they are, so that no report, log or screen shows the key once more.
 */
import type { Diagnostic } from './diagnostic';

/** A kind of secret that people have at hand while they write a register. */
interface SecretKind {
  /** What no text with such a secret is without, and is sooner looked for. */
  readonly sign: RegExp;
  /** What is looked for: first what may be shown, in a group, then what may not. */
  readonly pattern: RegExp;
  readonly what: string;
  readonly allowed: string;
  readonly fix: string;
}

const HISTORY = 'taking it out of the file does not take it out of its history';
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const KINDS: readonly SecretKind[] = [
  {
    sign: /AGE-SECRET-KEY-/i,
    // A key may be broken over lines: what goes on directly below is of it, as far as it looks so.
    pattern: /(AGE-SECRET-KEY-)([A-Z0-9-]*(?:\s*\n\s*[A-Z0-9]{8,}(?=\s))*)/gi,
    what: 'a secret key of age',
    allowed: 'the public key, which begins with age1',
    fix: `make a new key (concordat identity new), write its public key here, and never use this one again: ${HISTORY}`,
  },
  {
    sign: /-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-/i,
    // The id of the service, then the secret part. The name before them says nothing that is secret.
    pattern: new RegExp(`(${UUID}-)(${UUID})`, 'gi'),
    what: 'an API key of GOV.UK Notify',
    allowed: 'the ARN of the secret in AWS Secrets Manager that holds it',
    fix: `revoke it in GOV.UK Notify, put a new one into the secret, and write the secret’s ARN here: ${HISTORY}`,
  },
];

/** The lines with every secret key blotted out, and where each stands; nothing where there is none. */
export function withoutSecretKeys(
  file: string,
  text: string,
): { readonly lines: readonly string[]; readonly diagnostics: readonly Diagnostic[] } | undefined {
  const diagnostics: Diagnostic[] = [];
  let blotted = text;
  for (const { sign, pattern, what, allowed, fix } of KINDS) {
    if (!sign.test(text)) continue;
    blotted = blotted.replace(pattern, (_, shown: string, secret: string, offset: number) => {
      const before = text.slice(0, offset).split('\n');
      const line = before.length;
      const column = (before.at(-1) ?? '').length + 1;
      const own = /^[^\r\n]*/.exec(secret)?.[0] ?? '';
      diagnostics.push({
        code: 'secret-key',
        place: { file, line, column, endLine: line, endColumn: column + shown.length + own.length },
        message: `${what} stands here, which is not shown; it is known to everybody who has read the file`,
        allowed,
        fix,
      });
      return shown + secret.replace(/[^\r\n]/g, '*');
    });
  }
  return diagnostics.length === 0 ? undefined : { lines: blotted.split(/\r?\n/), diagnostics };
}
