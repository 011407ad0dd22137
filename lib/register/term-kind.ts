/** What kind of value a term has, from the schema alone. */
import { schemaAt, unwrap, valuesOf } from './explain/schema-walk';
import { agreementSchema } from './schema/agreement';
import { lawfulBasisSchema } from './schema/lawful-basis';

const REGIMES = lawfulBasisSchema.options.map(({ shape }) => shape.regime.value);

function schemasAt(path: string) {
  return REGIMES.flatMap(
    (regime) => schemaAt(agreementSchema, path.split('.'), { lawfulBasis: { regime } }) ?? [],
  );
}

/** Whether a term is a list. */
export function isListTerm(path: string): boolean {
  return schemasAt(path).some((each) => itemOf(each) !== undefined);
}

/** The words that a term, or an item of it, may be; none where it is free text. */
export function choicesOf(path: string): readonly string[] {
  if (path === 'lawfulBasis.regime') return REGIMES;
  return [...new Set(schemasAt(path).flatMap((each) => valuesOf(unwrap(itemOf(each) ?? each))))];
}

function itemOf(schema: Parameters<typeof unwrap>[0]) {
  const { def } = unwrap(schema)._zod as unknown as {
    def: { type: string; element?: Parameters<typeof unwrap>[0] };
  };
  return def.type === 'array' ? def.element : undefined;
}
