/** What a value of a template refers to. */
import { isGroup } from './stack';

/** The logical ids that a value refers to, in whichever way CloudFormation has; parameters and pseudo parameters too. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isGroup(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    if (name === 'Ref') return typeof each === 'string' ? [each] : [];
    if (name === 'Fn::GetAtt') return [String([each].flat()[0]).split('.')[0] ?? ''];
    if (name !== 'Fn::Sub') return referencesIn(each);
    const [text, given] = Array.isArray(each) ? each : [each];
    const named = [...String(text).matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, of = '']) => of);
    return [...named, ...referencesIn(given)];
  });
}
