/** A contract as a data dictionary: a page for people who fill in or read the data. */
import type { ContractPlan, PlannedColumn } from '../../wire/contracts';
import {
  type Block,
  code,
  type Document,
  definitions,
  documentHtml,
  Html,
  heading,
  html,
  list,
  paragraph,
  say,
  table,
  visible,
} from '../../words';
import { ruleWords } from '../words';
import {
  type DescribedContract,
  type DescribedObject,
  type DescribedProperty,
  propertyAt,
} from './described';
import type { Exported } from './said';

/** The page, with everything that the contract asks. */
export function toDictionary(
  contract: DescribedContract,
  object: DescribedObject,
  plan: ContractPlan,
): Exported {
  const title = contract.name ?? contract.id;
  const text = html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${visible(title)}: data dictionary</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${documentHtml(dictionary(contract, object, plan))}
</main>
</body>
</html>
`.text;
  return { text, unsaid: [] };
}

const STYLE = `
:root { color: #0b0c0c; background: #fff; font: 17px/1.45 Arial, Helvetica, sans-serif; }
body { max-width: 50rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.15; } h2 { font-size: 1.35rem; border-top: 1px solid #b1b4b6; padding-top: .75rem; }
h3 { font-size: 1.1rem; } p, ul, table, dl { margin: 0 0 .75rem; }
table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #b1b4b6; }
dt { font-weight: bold; } dd { margin: 0 0 .5rem; } code { font-size: .92em; background: #f3f2f1; padding: 0 .2em; }
@page { size: A4; margin: 15mm; }
@media print { :root { font-size: 9.5pt; } body { max-width: none; padding: 0; } h2, h3 { break-after: avoid; } }
`;

function dictionary(contract: DescribedContract, object: DescribedObject, plan: ContractPlan): Document {
  const words = ruleWords(plan);
  const must = (rule: string) => {
    const told = words.get(rule);
    return told === undefined ? '' : say`Must ${told.must}`;
  };
  const whole = [
    ...plan.unique,
    ...plan.comparisons,
    ...plan.references,
    ...plan.metrics,
    ...plan.recipients,
  ].map(({ rule }) => {
    const told = words.get(rule);
    return told === undefined ? code(rule) : say`${told.about} must ${told.must}`;
  });
  return [
    heading(1, `${contract.name ?? contract.id}: data dictionary`),
    ...described(contract, object),
    definitions([
      ['Contract', say`${code(contract.id)}, version ${contract.version}`],
      ['Each row is', plan.row ?? plan.object],
      ['Order of columns in CSV', plan.csv.columnOrder === 'fixed' ? 'as below' : 'any'],
    ]),
    heading(2, 'Columns'),
    table(
      ['Column', 'What it is', 'Always there', 'Kind'],
      plan.columns.map((column, index) => [
        code(column.name),
        propertyAt(object, index).businessName ?? propertyAt(object, index).description ?? '',
        column.required ? 'yes' : 'no',
        must(column.type.rule),
      ]),
    ),
    ...plan.columns.flatMap((column, index) => columnBlocks(column, propertyAt(object, index), must)),
    ...(whole.length > 0 ? [heading(2, 'Rules on several rows or columns'), list(whole)] : []),
  ];
}

function described(contract: DescribedContract, object: DescribedObject): Block[] {
  const { purpose, limitations, usage } = contract.description ?? {};
  return [purpose, object.description, usage, limitations].flatMap((text) =>
    text === undefined ? [] : [paragraph(text)],
  );
}

function columnBlocks(
  column: PlannedColumn,
  property: DescribedProperty,
  must: (rule: string) => ReturnType<typeof say> | string,
): Block[] {
  const rules = new Set<string>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if ('rule' in value && typeof value.rule === 'string') rules.add(value.rule);
    for (const each of Object.values(value)) walk(each);
  };
  walk(column);
  const examples = (property.examples ?? []).map((each) => String(each));
  return [
    heading(3, code(column.name)),
    ...(property.description ? [paragraph(property.description)] : []),
    list([
      ...[...rules].map(must),
      ...(examples.length > 0 ? [say`Made-up example: ${code(examples.join(', '))}`] : []),
      ...(property.classification ? [say`Classification: ${property.classification}`] : []),
      ...(property.authoritativeDefinitions ?? []).map(({ url }) => say`See ${url}`),
    ]),
  ];
}
