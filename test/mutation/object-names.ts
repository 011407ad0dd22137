/** The names of objects that one question is to be asked about, and the names by which policies know each of them. */
import { isAboutObjects, isOfObject, ON_OBJECTS } from '../../lib/proof/actions';
import type { Live } from '../../lib/proof/live';
import type { Question } from '../../lib/proof/question';
import { textsFor } from '../../lib/proof/texts';
import { put } from '../../lib/proof/values';

/** What is asked of: by the bucket’s or key’s ARN, and through an access point by that of the access point as well. */
export function namesOf({ target, accessPoint, action }: Question, object: string): string[] {
  if (!isOfObject(action, object))
    return accessPoint === undefined ? [target.arn] : [target.arn, accessPoint];
  const name = `${target.arn}/${object}`;
  return accessPoint === undefined ? [name] : [name, `${accessPoint}/object/${object}`];
}

/** One name for every combination of the live statements’ resources that the name of an object fits. */
export function objectsOf(question: Question, { statements, request }: Live): string[] {
  if (!isAboutObjects(question.action)) return [''];
  const befores = namesOf(question, 'x').map((each) => each.slice(0, -1));
  const patterns = statements.flatMap(({ statement }) =>
    statement.resources.patterns.flatMap((each) =>
      befores.map((before) => ({ before, pattern: put(each, request.context) })),
    ),
  );
  const found = new Map<string, string>();
  const texts = textsFor(patterns).map((each) => (each === '' ? 'x' : each));
  if (!(question.action in ON_OBJECTS)) texts.push('');
  for (const object of texts) {
    const fits = namesOf(question, object)
      .flatMap((name) =>
        statements.map(({ statement }) => statement.resources.matches(name, request.context)),
      )
      .join('');
    if (!found.has(fits)) found.set(fits, object);
  }
  return [...found.values()];
}
