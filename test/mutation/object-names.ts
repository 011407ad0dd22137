/** The names of objects that one question is to be asked about, and the names by which policies know each of them. */
import { ON_OBJECTS } from '../../lib/proof/actions';
import type { Live } from '../../lib/proof/live';
import type { Question } from '../../lib/proof/question';
import { textsFor } from '../../lib/proof/texts';
import { put } from '../../lib/proof/values';

/** What is asked of: by the bucket’s or key’s ARN, and through an access point by that of the access point as well. */
export function namesOf({ target, accessPoint, action }: Question, object: string): string[] {
  if (!(action in ON_OBJECTS)) return accessPoint === undefined ? [target.arn] : [target.arn, accessPoint];
  const name = `${target.arn}/${object}`;
  return accessPoint === undefined ? [name] : [name, `${accessPoint}/object/${object}`];
}

/** One name for every combination of the live statements’ resources that the name of an object fits. */
export function objectsOf(question: Question, { statements, request }: Live): string[] {
  if (!(question.action in ON_OBJECTS)) return [''];
  const befores = namesOf(question, '');
  const patterns = statements.flatMap(({ statement }) =>
    statement.resources.patterns.flatMap((each) =>
      befores.map((before) => ({ before, pattern: put(each, request.context) })),
    ),
  );
  const found = new Map<string, string>();
  for (const text of textsFor(patterns)) {
    const object = text === '' ? 'x' : text;
    const fits = namesOf(question, object)
      .flatMap((name) =>
        statements.map(({ statement }) => statement.resources.matches(name, request.context)),
      )
      .join('');
    if (!found.has(fits)) found.set(fits, object);
  }
  return [...found.values()];
}
