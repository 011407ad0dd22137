/** That each rule of a value, asked of bytes, says what a plain reading of the string says: with RegExp, BigInt and Date. */
import * as fc from 'fast-check';
import { Findings } from '../../../lib/contracts/findings';
import { orderOf } from '../../../lib/contracts/rules/order/order';
import { valueRules } from '../../../lib/contracts/rules/value-rules';
import type { ScalarType } from '../../../lib/wire/contracts';
import { type Bare, column, planOf } from '../engine/plans';

/** Which rules a value breaks; and that the automaton, the quick answer and the slow one agree. */
function brokenBy(type: Bare, value: string, oneOf?: readonly string[]): string[] {
  const planned = column(0, 'x', type, {
    ...(oneOf && { oneOf: { rule: '/0/list', severity: 'error', values: [...oneOf] } }),
  });
  const findings = new Findings(planOf([planned]), 'csv');
  const rules = valueRules({ ...planned, type: planned.type as ScalarType }, findings);
  const bytes = Buffer.from(`,${value},`);
  const end = bytes.length - 1;
  const broken = rules.broken(bytes, 1, end);
  expect([value, rules.holds(bytes, 1, end)]).toEqual([value, broken.length === 0]);
  for (const rule of broken) findings.broke(rule, { row: 1, column: 0, line: 1, byte: 1 });
  return findings
    .outcome({ complete: true, rows: 1, bytes: 1 })
    .broken.map(({ rule }) => rule.replace('/0/', ''));
}

const digits = (most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most });
const decimal = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), digits(3), digits(40)),
    fc.option(fc.oneof(digits(3), digits(30))),
  )
  .map(
    ([sign, whole, fraction]) =>
      `${sign}${whole.replace(/^0+(?=.)/, '')}${fraction === null ? '' : `.${fraction}`}`,
  );
/** What is nearly a number as well. */
const nearly = fc.oneof(
  { weight: 6, arbitrary: decimal },
  {
    weight: 1,
    arbitrary: fc.constantFrom('01', '+1', '1e3', '1.', '.5', '--1', ' 1', '1 ', '1,5', '-', '१', '1\n'),
  },
);

/** A decimal number as a whole number of 10^-70. */
function scaled(value: string): bigint {
  const [whole = '0', fraction = ''] = value.split('.');
  const size = BigInt(`${whole.replace('-', '')}${fraction.padEnd(70, '0')}`);
  return value.startsWith('-') ? -size : size;
}

it('takes numbers of any length exactly: their form, their bounds and what they are multiples of', () => {
  const bounds = fc.tuple(
    decimal,
    fc.boolean(),
    decimal,
    fc.boolean(),
    decimal.filter((value) => scaled(value) !== 0n),
  );
  void fc.assert(
    fc.property(
      fc.constantFrom('integer', 'number'),
      bounds,
      nearly,
      (kind, [least, above, most, below, factor], value) => {
        const form = kind === 'integer' ? /^-?(?:0|[1-9]\d*)$/ : /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
        const whole = (bound: string) => (kind === 'integer' ? bound.replace(/\..*/, '') : bound);
        const type = {
          kind: kind as 'number',
          minimum: { rule: '/0/min', value: whole(least), exclusive: above },
          maximum: { rule: '/0/max', value: whole(most), exclusive: below },
          multipleOf: { rule: '/0/multiple', value: factor },
        };
        const wanted: string[] = [];
        if (!form.test(value)) wanted.push('type');
        else {
          const size = scaled(value);
          const [low, high] = [scaled(whole(least)), scaled(whole(most))];
          if (above ? size <= low : size < low) wanted.push('min');
          if (below ? size >= high : size > high) wanted.push('max');
          if (size % scaled(factor) !== 0n) wanted.push('multiple');
        }
        expect(brokenBy(type, value)).toEqual(wanted);
      },
    ),
    { numRuns: 400 },
  );
});

it.each(['1', '0.1', '0.01', '0.25', '5', '10', '100', '0.010', '3', '1.5'])(
  'knows the multiples of %s',
  (factor) => {
    void fc.assert(
      fc.property(decimal, (value) => {
        const wanted = scaled(value) % scaled(factor) === 0n ? [] : ['multiple'];
        expect(
          brokenBy({ kind: 'number', multipleOf: { rule: '/0/multiple', value: factor } }, value),
        ).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  },
);

const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
const date = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(1900, 2000, 2024, 2100)),
    two(13),
    fc.oneof(two(32), fc.constantFrom('28', '29', '30', '31')),
  )
  .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${month}-${day}`);

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return (
    year > 0 && at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  );
}

it('knows every day of the calendar, and none besides', () => {
  void fc.assert(
    fc.property(date, (value) => {
      expect(brokenBy({ kind: 'date' }, value)).toEqual(isDay(value) ? [] : ['type']);
    }),
    { numRuns: 400 },
  );
  for (const value of [
    '2024-2-3',
    '24-02-03',
    '2024/02/03',
    '2024-02-03T00:00:00Z',
    '20240203',
    ' 2024-02-03',
  ])
    expect(brokenBy({ kind: 'date' }, value)).toEqual(['type']);
});

const time = fc
  .tuple(two(24), two(60), two(60), fc.option(digits(10)))
  .map(
    ([hour, minute, second, fraction]) =>
      `${hour}:${minute}:${second}${fraction === null ? '' : `.${fraction}`}`,
  );
const zone = fc.oneof(
  fc.constantFrom('', 'Z', '+01:00', '-00:00', '+14:00', '+14:01', '-13:59', '+1:00', 'z'),
  fc
    .tuple(fc.constantFrom('+', '-'), two(15), two(61))
    .map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
);

function isTime(text: string): boolean {
  const [, hour, minute, second, fraction] = /^(\d\d):(\d\d):(\d\d)(\.\d{1,9})?$/.exec(text) ?? [];
  return (
    second !== undefined &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60 &&
    fraction !== '.'
  );
}

function isZone(text: string): boolean {
  if (text === 'Z') return true;
  const [, sign, hour, minute] = /^([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  const minutes = 60 * Number(hour) + Number(minute);
  return sign !== undefined && Number(minute) < 60 && minutes <= 840 && !(sign === '-' && minutes === 0);
}

it('knows times and timestamps with and without an offset', () => {
  void fc.assert(
    fc.property(date, time, zone, fc.constantFrom('T', ' ', 't'), (day, clock, offset, between) => {
      const right = isTime(clock) && (offset === '' || isZone(offset));
      for (const rule of ['required', 'refused'] as const) {
        const zoned = rule === 'required' ? offset !== '' : offset === '';
        expect(brokenBy({ kind: 'time', zone: rule }, clock + offset)).toEqual(
          right && zoned ? [] : ['type'],
        );
        const stamp = right && zoned && isDay(day) && between === 'T';
        expect(brokenBy({ kind: 'timestamp', zone: rule }, day + between + clock + offset)).toEqual(
          stamp ? [] : ['type'],
        );
      }
    }),
    { numRuns: 200 },
  );
});

it('compares timestamps as instants, to the nanosecond', () => {
  const stamp = fc
    .tuple(date.filter(isDay), time.filter(isTime), zone.filter(isZone))
    .map(([day, clock, offset]) => `${day}T${clock}${offset}`);
  const instant = (text: string) => {
    const [, whole = '', fraction = '', offset = ''] = /^(.{19})(?:\.(\d+))?(.+)$/.exec(text) ?? [];
    const [hour = 0, minute = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number);
    const shift = (hour * 60 + minute) * 60_000 * (offset.startsWith('-') ? 1 : -1);
    const at = new Date(0);
    const [year = 0, month = 0, day = 0] = whole.slice(0, 10).split('-').map(Number);
    at.setUTCFullYear(year, month - 1, day);
    const [h = 0, m = 0, s = 0] = whole.slice(11).split(':').map(Number);
    at.setUTCHours(h, m, s);
    return BigInt(at.getTime() + shift) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
  };
  const compare = orderOf('timestamp');
  const near = stamp.chain((one) =>
    fc.tuple(
      fc.constant(one),
      fc.oneof(
        stamp,
        zone.filter(isZone).map((other) => one.replace(/(?:Z|[+-]\d\d:\d\d)$/, other)),
      ),
    ),
  );
  void fc.assert(
    fc.property(near, ([one, other]) => {
      const [a, b] = [Buffer.from(one), Buffer.from(other)];
      const difference = instant(one) - instant(other);
      const order = compare(a, 0, a.length, b, 0, b.length);
      expect(Math.sign(order)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
    }),
    { numRuns: 300 },
  );
});

it('counts the length of text in characters, not in bytes or halves of pairs', () => {
  const character = fc.constantFrom('a', 'é', '€', '😀', '\u0301', ' ');
  void fc.assert(
    fc.property(
      fc.array(character, { minLength: 1, maxLength: 12 }),
      fc.nat({ max: 12 }),
      fc.nat({ max: 12 }),
      (all, least, most) => {
        const type = {
          kind: 'text' as const,
          minLength: { rule: '/0/min', value: least },
          maxLength: { rule: '/0/max', value: most },
        };
        const wanted = [...(all.length < least ? ['min'] : []), ...(all.length > most ? ['max'] : [])];
        expect(brokenBy(type, all.join(''))).toEqual(wanted);
      },
    ),
  );
});

it('takes the values of a list, byte for byte', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'b', 'é', 'è', '😀', '😁', ' '),
    minLength: 1,
    maxLength: 4,
  });
  void fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), word, (list, other) => {
      for (const value of [...list, other])
        expect(brokenBy({ kind: 'text' }, value, list)).toEqual(list.includes(value) ? [] : ['list']);
    }),
    { numRuns: 60 },
  );
});

it('takes NHS numbers whose check digit is right', () => {
  void fc.assert(
    fc.property(
      fc.oneof(digits(9), fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 9, maxLength: 9 })),
      fc.nat({ max: 9 }),
      (nine, last) => {
        const value = `${nine}${last}`;
        let sum = 0;
        for (let n = 0; n < 9; n++) sum += (10 - n) * Number(value[n]);
        const check = 11 - (sum % 11);
        const right = value.length === 10 && last === (check === 11 ? 0 : check);
        expect(brokenBy({ kind: 'nhs-number' }, value)).toEqual(right ? [] : ['type']);
      },
    ),
    { numRuns: 300 },
  );
  // From the NHS Data Dictionary’s and GOV.UK’s examples.
  for (const value of ['9434765919', '9876543210'])
    expect(brokenBy({ kind: 'nhs-number' }, value)).toEqual([]);
  for (const value of ['943 476 5919', '943476591', '94347659190', '943476591X'])
    expect(brokenBy({ kind: 'nhs-number' }, value)).toEqual(['type']);
});

const UK: readonly (readonly [Bare, readonly string[], readonly string[]])[] = [
  [
    { kind: 'uprn' },
    ['1', '100023336956', '999999999999'],
    ['0', '0123', '1000233369561', '12a', '-1', '1.0'],
  ],
  [{ kind: 'usrn' }, ['1', '12345678'], ['0', '01', '123456789']],
  [
    { kind: 'national-insurance-number' },
    ['AA000000A', 'JG103759A'],
    [
      'QQ123456C',
      'BG123456A',
      'GB123456A',
      'NK123456A',
      'KN123456A',
      'TN123456A',
      'NT123456A',
      'ZZ123456A',
      'DA123456A',
      'AO123456A',
      'AA123456E',
      'aa123456a',
      'AA 12 34 56 A',
      'AA12345A',
    ],
  ],
  [
    { kind: 'postcode' },
    [
      'M1 1AE',
      'B33 8TH',
      'CR2 6XH',
      'DN55 1PT',
      'W1A 1HQ',
      'EC1A 1BB',
      'SW1A 2AA',
      'GIR 0AA',
      'N1C 4AG',
      'SE1P 5LX',
    ],
    [
      'M11AE',
      'm1 1ae',
      'Q1 1AA',
      'M1 1CE',
      'AI1 1AA',
      'EC1C 1BB',
      'W1I 1AA',
      'M1  1AE',
      'M1 1AE ',
      'M111 1AE',
      'GIR 0AB',
    ],
  ],
  [{ kind: 'boolean' }, ['true', 'false'], ['True', 'yes', '1', '0', 'TRUE', 't']],
  [
    { kind: 'text', format: { rule: '/0/format', value: 'uuid' } },
    ['123e4567-e89b-12d3-a456-426614174000'],
    ['123e4567e89b12d3a456426614174000'],
  ],
  [
    { kind: 'text', format: { rule: '/0/format', value: 'email' } },
    ['a.b+c@example.gov.uk', 'a@b'],
    ['a@', '@b', 'a b@c', 'a@-b', 'a@b..c', `${'a'.repeat(250)}@b.uk`],
  ],
  [
    { kind: 'text', format: { rule: '/0/format', value: 'ipv4' } },
    ['0.0.0.0', '255.1.20.3'],
    ['256.1.1.1', '1.1.1', '01.1.1.1'],
  ],
  [
    { kind: 'text', format: { rule: '/0/format', value: 'ipv6' } },
    [
      '::',
      '::1',
      '1::',
      '2001:db8::1',
      '1:2:3:4:5:6:7:8',
      '::ffff:192.0.2.1',
      '1:2:3:4:5:6:7::',
      '::2:3:4:5:6:7:8',
    ],
    ['1:2:3:4:5:6:7', ':::', '1::2::3', '12345::', '::256.0.0.1', '1:2:3:4:5:6:7:8::'],
  ],
  [
    { kind: 'text', format: { rule: '/0/format', value: 'hostname' } },
    ['a', 'www.example.org', 'xn--a.uk'],
    ['-a', 'a-', 'a..b', 'a_b', `${'a'.repeat(64)}.uk`, `${'a.'.repeat(127)}a`],
  ],
  [
    { kind: 'text', format: { rule: '/0/format', value: 'uri' } },
    ['https://a.gov.uk/b?c=d#e', 'urn:a:b', 'mailto:a@b', 'http://[::1]:80/'],
    ['/a', 'a', '1:a', 'http://a b', 'http://[::1', 'http://%zz'],
  ],
  [
    { kind: 'text', format: { rule: '/0/format', value: 'date-time' } },
    ['2024-02-29T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00'],
  ],
];

it.each(UK)('takes %j as it is written, and nothing that is nearly so', (type, right, wrong) => {
  for (const value of right) expect([value, brokenBy(type, value)]).toEqual([value, []]);
  for (const value of wrong) expect([value, brokenBy(type, value).length]).toEqual([value, 1]);
});

it('asks GSS codes of the table: of an entity, known, and in use on the day', () => {
  const type = (on?: string): Bare => ({
    kind: 'gss-code',
    entities: ['E06', 'E07'],
    also: [{ code: 'E06999999', from: '2030-04-01' }],
    ...(on !== undefined && { validOn: { rule: '/0/on', on: { day: on } } }),
  });
  expect(brokenBy(type(), 'E06000001')).toEqual([]);
  expect(brokenBy(type(), 'E08000001')).toEqual(['type']);
  expect(brokenBy(type(), 'E06888888')).toEqual(['type']);
  expect(brokenBy(type('2026-01-01'), 'E06888888')).toEqual(['type']);
  expect(brokenBy(type('2026-01-01'), 'E06999999')).toEqual(['on']);
  expect(brokenBy(type('2030-04-01'), 'E06999999')).toEqual([]);
  // Aylesbury Vale, which became part of Buckinghamshire on 1 April 2020.
  expect(brokenBy(type('2020-03-31'), 'E07000004')).toEqual([]);
  expect(brokenBy(type('2020-04-01'), 'E07000004')).toEqual(['on']);
});
