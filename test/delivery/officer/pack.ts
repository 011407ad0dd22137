/** The joining pack of an organisation of the sample register whose people sign in, and the steps that its page tells an officer. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Profile } from '../../../lib/wire';

const ROOT = resolve(__dirname, '../../..');
/** A day on which the sample’s agreements are in force. */
const AS_OF = '2026-12-01';
const ALWAYS = [{ from: '2020-01-01', until: '2199-12-31' }];

/** What stands in one step of the page. */
export interface PackStep {
  readonly title: string;
  /** What is to be typed, or saved. */
  readonly lines: string;
  /** What is set as code in what the officer is told to see. */
  readonly seen: readonly string[];
}

/** A pack on disk. */
export interface Pack {
  readonly profile: Profile;
  readonly steps: readonly PackStep[];
  /** The template of the organisation’s stack, which the pack has too. */
  readonly template: { readonly Resources: Readonly<Record<string, Resource>> };
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/**
 * Has the program make the pack.
 * @param folder where it comes to lie; beside it, the register that it was made of
 * @param signIn of the organisation’s file
 */
export function writePack(folder: string, organisation: string, signIn: string): Pack {
  const register = `${folder}-register`;
  cpSync(join(ROOT, 'register'), register, { recursive: true });
  appendFileSync(join(register, 'organisations', `${organisation}.yaml`), signIn);
  const words = ['onboard', organisation, '--pack-only', '--register', register, '--output', folder];
  execFileSync(process.execPath, [join(ROOT, 'bin/concordat.js'), ...words, '--as-of', AS_OF], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const made = JSON.parse(read('concordat-profile.json')) as Profile;
  const inForce = <T extends object>(agreements: readonly T[]) =>
    agreements.map((each) => ({ ...each, days: ALWAYS }));
  // In force on whichever day this runs; all else is as it was handed over.
  const profile = { ...made, sends: inForce(made.sends), collects: inForce(made.collects) } as Profile;
  writeFileSync(join(folder, 'concordat-profile.json'), JSON.stringify(profile));
  return {
    profile,
    steps: stepsIn(read('joining.html')),
    template: JSON.parse(read(`Organisation-${organisation}.template.json`)),
  };
}

/** The numbered steps of the test transfer. @throws Error where there are none, or more than one run of them */
function stepsIn(page: string): PackStep[] {
  const found = [...page.matchAll(/<h3[^>]*>(\d+)\. (.*?)<\/h3>(.*?)(?=<h[23]|$)/gs)].filter(
    ([, , , inner = '']) => inner.includes('You see:'),
  );
  const numbers = found.map(([, number]) => Number(number));
  if (found.length === 0 || numbers.some((each, n) => each !== n + 1))
    throw new Error(`the page has not one run of steps: ${numbers.join(', ')}`);
  return found.map(([, , title = '', inner = '']) => {
    // What is seen otherwise, and what to do then, follows an “If”.
    const seen = /You see:(.*?)(?:\bIf it says\b|Who:)/s.exec(inner)?.[1] ?? '';
    return {
      title: plain(title),
      lines: plain(/<pre><code>(.*?)<\/code><\/pre>/s.exec(inner)?.[1] ?? ''),
      seen: [...seen.matchAll(/<code>(.*?)<\/code>/gs)].map(([, each = '']) => plain(each)),
    };
  });
}

function plain(html: string): string {
  return html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
