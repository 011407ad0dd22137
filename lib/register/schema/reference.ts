/** The settings of the register as a Markdown page, made from the schemas, so that docs and checks cannot disagree. */
import type { z } from 'zod';
import {
  alternatives,
  discriminatorOf,
  metaOf,
  type Schema,
  settingsOf,
  shapeOf,
  unwrap,
  valuesOf,
} from '../explain/schema-walk';
import { agreementSchema } from './agreement';
import { organisationSchema } from './organisation';
import { zoneSchema } from './zone';

/** The whole page. Contracts follow a published standard, which the page names instead of repeating. */
export function referencePage(): string {
  return [
    '# The settings of the register',
    '',
    'This page is made from the schema by `npm run schema`. Do not edit it.',
    '',
    ...section('zone.yaml', zoneSchema),
    ...section('organisations/<id>.yaml', organisationSchema),
    ...section('agreements/<id>.yaml', agreementSchema),
    '## contracts/\\<id\\>.yaml',
    '',
    'A data contract is an [Open Data Contract Standard 3.1.0](https://bitol-io.github.io/open-data-contract-standard/v3.1.0/) document. Its `id` is the name of its file.',
    '',
  ].join('\n');
}

function section(file: string, schema: z.ZodType): string[] {
  const rows = [...rowsOf(schema, '')];
  return [
    `## ${file.replace(/[<>]/g, '\\$&')}`,
    '',
    metaOf(schema).description ?? '',
    '',
    '| setting | required | takes | what it says |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
    '',
  ];
}

type Row = [setting: string, required: string, takes: string, says: string];

function* rowsOf(schema: Schema, prefix: string): Generator<Row> {
  const options = alternatives(schema);
  const discriminator = discriminatorOf(schema);
  const seen = new Set<string>();
  for (const option of options) {
    for (const [name, setting] of Object.entries(settingsOf(option))) {
      if (seen.has(name) && name !== discriminator) continue;
      if (seen.has(name)) continue;
      seen.add(name);
      const holders = options.filter((each) => name in settingsOf(each));
      const everywhere = holders.length === options.length;
      const only =
        everywhere || discriminator === undefined
          ? ''
          : `, with ${discriminator} ${telling(holders, discriminator)}`;
      const path = `${prefix}${name}`;
      const value = name === discriminator ? telling(options, discriminator) : takes(setting);
      yield [
        `\`${path}\``,
        `${isOptional(setting) ? 'no' : 'yes'}${only}`,
        value,
        metaOf(setting).description ?? metaOf(unwrap(setting)).description ?? '',
      ];
      yield* inner(setting, path);
    }
  }
}

function* inner(setting: Schema, path: string): Generator<Row> {
  const here = unwrap(setting);
  const { def } = (here as z.core.$ZodTypes)._zod;
  if (def.type === 'object' || def.type === 'union') yield* rowsOf(here, `${path}.`);
  if (def.type === 'array' && !isText(def.element)) yield* rowsOf(def.element, `${path}[].`);
}

function isText(schema: Schema): boolean {
  return alternatives(schema).every((each) => Object.keys(settingsOf(each)).length === 0);
}

function takes(setting: Schema): string {
  const here = unwrap(setting);
  const values = valuesOf(here);
  if (values.length > 0) return values.map((each) => `\`${each}\``).join(', ');
  const { def } = (here as z.core.$ZodTypes)._zod;
  if (def.type === 'array' && isText(def.element)) return `a list: ${takes(def.element)}`;
  return metaOf(setting).expects ?? shapeOf(here);
}

function telling(options: readonly Schema[], discriminator: string): string {
  return options
    .flatMap((each) => valuesOf(settingsOf(each)[discriminator] as Schema))
    .map((each) => `\`${each}\``)
    .join(', ');
}

function isOptional(setting: Schema): boolean {
  return unwrap(setting) !== setting;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}
