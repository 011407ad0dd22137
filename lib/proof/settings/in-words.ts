/** What is not made or set as it is to be, in words: the last step, for people. */
import { ACCOUNT_OF_UNITS } from '../../assembly';
import type { SettingFinding } from './settings';
import { isRule, type Rule, type Wanted } from './wanted';

/** How far a value is shown. */
const MOST_SHOWN = 160;
const FIX = 'synthesise the assembly again; if it comes again, what makes the template is to be mended';

/** A finding as lines of text. */
export function settingLines(finding: SettingFinding): string[] {
  const { account, type, name } = finding;
  const what = `${type} ${name}`;
  switch (finding.what) {
    case 'not made':
      return [
        `missing: no template makes ${what} in ${account === ACCOUNT_OF_UNITS ? 'each account' : `account ${account}`}`,
        `  ${FIX}`,
      ];
    case 'not asked for':
      return [
        `not judged: ${finding.place} is ${what}, which nothing in the register asks for`,
        '  take it out',
      ];
    case 'unknown setting':
      return [
        `not judged: ${finding.place} (${what}) has ${finding.path.join('.')}: ${shown(finding.found)}`,
        '  what that does is not judged: take it out',
      ];
    case 'set otherwise':
      return [
        `set otherwise: ${finding.place} (${what}) has ${finding.path.join('.')}: ${shown(finding.found)}`,
        `  it is to be ${tellWanted(finding.wanted)}: ${FIX}`,
      ];
    case 'other content':
      return finding.of === 'asset'
        ? [
            `not judged: ${finding.place} (${what}) is to be made of an asset that is not in the assembly, or is not what its name says`,
            `  ${FIX}`,
          ]
        : [
            `set otherwise: ${finding.place} (${what}) would run other code than this program deploys for it`,
            '  where another version of Concordat made the assembly, prove it with that version; else synthesise it again',
          ];
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

function tellWanted(wanted: Wanted | undefined): string {
  if (wanted === undefined) return 'left out';
  return isRule(wanted) ? tellRule(wanted) : shown(plain(wanted));
}

function tellRule({ says }: Rule): string {
  switch (says.is) {
    case 'anything':
      return 'anything';
    case 'unless given':
      return `${shown(says.value)}, or left out`;
    case 'at least':
      return `at least ${says.least}`;
    case 'between':
      return `between ${says.least} and ${says.most}`;
    case 'text':
      return says.words;
    case 'one of':
      return `one of ${says.values.map(shown).join(', ')}`;
  }
}

/** A group or list, with rules in words. */
function plain(wanted: Wanted): unknown {
  if (typeof wanted !== 'object') return wanted;
  if (isRule(wanted)) return tellRule(wanted);
  if (Array.isArray(wanted)) return wanted.map(plain);
  return Object.fromEntries(Object.entries(wanted).map(([name, each]) => [name, plain(each)]));
}
