/** Mistakes by rule: each slip that people make, wherever in a register it can be made. */
import type { RegisterFile } from '../../../lib/register/folder';
import { write } from '../samples';
import { linesOf, type Mistake } from './mistake';

/** A line of a register as a slip sees it: `  period: P7Y`, `  - leeds`, `  - scheme: gss`. */
interface Line {
  readonly whole: string;
  readonly indent: string;
  readonly dash: string;
  readonly key: string | undefined;
  readonly value: string;
  /** The lines after it, further in: what it holds. */
  readonly holds: number;
}

/** What a slip makes of a line, with what it holds; undefined where it cannot be made. */
type Slip = (line: Line, block: readonly string[]) => readonly string[] | undefined;

const OPTIONAL =
  /^(?:region|auditRetention|approvals|served|audience|required|unique|quality|logicalTypeOptions)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const ACCOUNT = /^"\d{12}"$/;
const TEXT = /^[A-Z][a-z]+ [A-Za-z ]+.*$/;

const SLIPS: Readonly<Record<string, Slip>> = {
  'key-missing': ({ key, dash }) => (key === undefined || dash !== '' || OPTIONAL.test(key) ? undefined : []),
  'key-that-does-not-exist': ({ key, indent, dash }, block) =>
    key === undefined || dash !== '' ? undefined : [`${indent}chiefExecutive: yes`, ...block],
  'key-with-two-letters-swapped': onKey(
    (key) => key.slice(0, 1) + (key[2] ?? '') + (key[1] ?? '') + key.slice(3),
    4,
  ),
  'key-with-a-letter-lost': onKey((key) => key.slice(0, -2) + key.slice(-1), 5),
  'key-with-a-capital': onKey((key) => key[0]?.toUpperCase() + key.slice(1)),
  'key-in-words': onKey((key) => key.replace(/[A-Z]/g, (each) => `_${each.toLowerCase()}`)),
  'key-twice': ({ dash, holds, key }, block) =>
    key === undefined || dash !== '' || holds > 0 ? undefined : [...block, ...block],
  'list-for-a-value': onValue((value) => `[${value}]`),
  'group-for-a-value': ({ whole, indent, dash, value, key, holds }, block) =>
    key === undefined || value === '' || holds > 0 || value.startsWith('[')
      ? undefined
      : [
          whole.slice(0, -value.length).trimEnd(),
          `${indent}${' '.repeat(dash.length)}  value: ${value}`,
          ...block.slice(1),
        ],
  'value-left-out': ({ whole, value, key, holds }) =>
    key === undefined || holds > 0 || value === '' || value.startsWith('[')
      ? undefined
      : [whole.slice(0, -value.length - 1)],
  'date-day-first': onDate((y, m, d) => `${d}/${m}/${y}`),
  'date-that-does-not-exist': onDate((y) => `${y}-02-30`),
  'date-in-words': onDate((y, m, d) => `${Number(d)} ${MONTHS[Number(m) - 1]} ${y}`),
  'date-without-zeros': onDate((y, m) => `${y}-${Number(m)}-1`),
  'account-without-quotes': onAccount((digits) => digits),
  'account-without-its-first-digit': onAccount((digits) => `"${digits.slice(1)}"`),
  'account-with-spaces': onAccount(
    (digits) => `"${digits.slice(0, 4)} ${digits.slice(4, 8)} ${digits.slice(8)}"`,
  ),
  'account-in-curly-quotes': onAccount((digits) => `“${digits}”`),
  'account-in-scientific-notation': onAccount((digits) => `${digits[0]}.${digits.slice(1, 6)}E+11`),
  'quote-not-closed': onAccount((digits) => `"${digits}`),
  'arn-with-a-star': onArn((arn) => arn.replace(/[^/]+$/, '*')),
  'arn-of-a-user': onArn((arn) => arn.replace(':role/', ':user/')),
  'arn-of-another-account': onArn((arn) => arn.replace(/\d{12}/, '555555555555')),
  'arn-cut-short': onArn((arn) => arn.replace(/^arn:aws:/, '')),
  'enum-in-capitals': onWord((word) => word.toUpperCase()),
  'enum-with-a-letter-lost': onWord((word) => word.slice(0, -2) + word.slice(-1)),
  'enum-that-does-not-exist': onWord(() => 'whatever'),
  'mailbox-with-a-capital': onMailbox((mailbox) => mailbox[0]?.toUpperCase() + mailbox.slice(1)),
  'mailbox-of-a-person': onMailbox((mailbox) => mailbox.replace(/^[^@]+/, 'jane.smith')),
  'mailbox-without-its-at': onMailbox((mailbox) => mailbox.replace('@', ' at ')),
  'text-that-begins-with-at': onText((text) => `@${text}`),
  'text-that-begins-with-a-star': onText((text) => `*${text}`),
  'text-that-begins-with-an-exclamation-mark': onText((text) => `!${text}`),
  'text-that-begins-with-an-ampersand': onText((text) => `&${text}`),
  'text-with-a-colon': onText((text) => text.replace(' ', ': ')),
  'text-in-half-of-its-quotes': onText((text) => text.replace(/^(\S+)/, '"$1"')),
  'no-space-after-the-colon': ({ whole, key, value, holds, dash }) =>
    key === undefined || value === '' || holds > 0 || dash !== ''
      ? undefined
      : [whole.replace(`${key}: `, `${key}:`)],
  'no-colon': ({ whole, key, value, dash }) =>
    key === undefined || value === '' || dash !== '' ? undefined : [whole.replace(`${key}: `, `${key} `)],
  'one-space-too-many': ({ indent, dash, holds }, block) =>
    indent.length === 2 && dash === '' && holds === 0 ? block.map((each) => ` ${each}`) : undefined,
  'one-space-too-few': ({ indent, dash, holds }, block) =>
    indent.length >= 2 && dash === '' && holds === 0 ? block.map((each) => each.slice(1)) : undefined,
  'not-indented': ({ indent, dash, holds }, block) =>
    indent.length === 2 && dash === '' && holds === 0 ? block.map((each) => each.slice(2)) : undefined,
  'tab-for-spaces': ({ indent, dash, holds }, block) =>
    indent.length === 2 && dash === '' && holds === 0 ? block.map((each) => `\t${each.slice(2)}`) : undefined,
  'dash-without-a-space': ({ whole, key, dash, holds }) =>
    dash === '' || key !== undefined || holds > 0 ? undefined : [whole.replace('- ', '-')],
  'item-twice': ({ key, dash }, block) =>
    dash === '' || key !== undefined ? undefined : [...block, ...block],
  'item-left-empty': ({ whole, value, key, dash }) =>
    dash === '' || key !== undefined ? undefined : [whole.slice(0, -value.length - 1)],
  'conflict-in-a-merge': ({ key, dash, holds }, block) =>
    key === undefined || dash !== '' || holds > 0
      ? undefined
      : ['<<<<<<< HEAD', ...block, '=======', ...block, '>>>>>>> another-branch'],
  'invisible-character': onText((text) => text.replace(' ', ' \u200b')),
  anchor: onWord((word) => `&it ${word}`),
  tag: onWord((word) => `!!str ${word}`),
  'end-of-document': ({ indent, key, dash }, block) =>
    indent === '' && key !== undefined && dash === '' ? ['---', ...block] : undefined,
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function onKey(slip: (key: string) => string, atLeast = 2): Slip {
  return ({ whole, key, dash }, block) => {
    const slipped = key === undefined || dash !== '' || key.length < atLeast ? key : slip(key);
    return slipped === key ? undefined : [whole.replace(`${key}:`, `${slipped}:`), ...block.slice(1)];
  };
}

function onValue(slip: (value: string) => string): Slip {
  return ({ whole, value, key, holds }, block) =>
    key === undefined || value === '' || holds > 0 || value.startsWith('[')
      ? undefined
      : [whole.slice(0, -value.length) + slip(value), ...block.slice(1)];
}

/** Of values of a form, whether of a setting or of an item. */
function onForm(form: RegExp, slip: (value: string) => string): Slip {
  return ({ whole, value }, block) => {
    const slipped = form.test(value) ? slip(value) : value;
    return slipped === value ? undefined : [whole.slice(0, -value.length) + slipped, ...block.slice(1)];
  };
}

function onDate(slip: (year: string, month: string, day: string) => string): Slip {
  return onForm(DATE, (date) => {
    const [year = '', month = '', day = ''] = date.split('-');
    return slip(year, month, day);
  });
}

function onAccount(slip: (digits: string) => string): Slip {
  return onForm(ACCOUNT, (quoted) => slip(quoted.slice(1, -1)));
}

function onArn(slip: (arn: string) => string): Slip {
  return onForm(/^arn:aws:iam::/, slip);
}

function onMailbox(slip: (mailbox: string) => string): Slip {
  return onForm(/@/, slip);
}

/** A word of a list that the schema knows, or the id of something that the register holds; not one that a provider chooses. */
const WORD = /^(?:[a-z]+(?:-[a-z]+)*|OFFICIAL|SENSITIVE)$/;

function onWord(slip: (word: string) => string): Slip {
  return (line, block) =>
    line.key !== undefined && /^(?:id|name|namePrefix|value|disposal|multiFactor)$/.test(line.key)
      ? undefined
      : onForm(WORD, slip)(line, block);
}

function onText(slip: (text: string) => string): Slip {
  return onForm(TEXT, slip);
}

function read(lines: readonly string[], at: number): Line | undefined {
  const whole = lines[at] ?? '';
  const [, indent = '', dash = '', key, value = ''] =
    /^( *)(- )?(?:([A-Za-z]\w*):(?: |$))?(.*)$/.exec(whole) ?? [];
  if (whole.trim() === '') return undefined;
  const inside = lines.slice(at + 1).findIndex((each) => !each.startsWith(`${indent} `));
  return { whole, indent, dash, key, value, holds: inside < 0 ? 0 : inside };
}

/** What a slip leaves sound: `required: TRUE`, a role of an account that the register need not know, a value of the data. */
const NO_MISTAKE =
  /^(?:enum|item|list|one-space-too-few|anchor|tag).* at contracts\/|^end-of-document at \S+:1$|^arn-of-another-account at zone/;

/** Whether slips are drawn at a line of a file, counted from 0. */
type Where = (path: string, lines: readonly string[], at: number) => boolean;

/** Every slip at every place of some files. */
function everySlip(files: readonly RegisterFile[], where: Where): (Mistake & { readonly slip: string })[] {
  return Object.entries(SLIPS).flatMap(([slip, make]) =>
    files.flatMap(({ path, bytes }) => {
      const lines = linesOf(bytes);
      return lines.flatMap((_, at) => {
        const line = read(lines, at);
        if (line === undefined || !where(path, lines, at)) return [];
        const made = make(line, lines.slice(at, at + 1 + line.holds));
        if (made === undefined) return [];
        const slipped = [
          ...lines.slice(0, at),
          ...made,
          ...lines.slice(at + Math.max(1, 1 + line.holds)),
        ].join('\n');
        const name = `${slip} at ${path}:${at + 1}`;
        return NO_MISTAKE.test(name) ? [] : [{ slip, name, edits: [write(path, slipped)] }];
      });
    }),
  );
}

/** A few of each slip, at places spread over the files. */
export function someOfEachSlip(
  files: readonly RegisterFile[],
  most: number,
  where: Where = () => true,
): Mistake[] {
  const every = everySlip(files, where);
  return Object.keys(SLIPS).flatMap((name) => {
    const all = every.filter(({ slip }) => slip === name);
    const count = Math.min(most, all.length);
    return Array.from({ length: count }, (_, index) =>
      Math.floor(((index + 0.5) * all.length) / count),
    ).flatMap((index) => all[index] ?? []);
  });
}
