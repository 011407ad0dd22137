/** What a value of a template refers to. */
import { isGroup } from './stack';

/** The logical ids that a value refers to, in whichever way CloudFormation has; parameters and pseudo parameters too. */
export function referencesIn(value: unknown): string[] {
  const found: string[] = [];
  gather(value, found);
  return found;
}

function gather(value: unknown, found: string[]): void {
  if (Array.isArray(value)) for (const each of value) gather(each, found);
  else if (isGroup(value)) for (const name in value) gatherMember(name, value[name], found);
}

function gatherMember(name: string, each: unknown, found: string[]): void {
  if (name === 'Ref') {
    if (typeof each === 'string') found.push(each);
  } else if (name === 'Fn::GetAtt') found.push(String([each].flat()[0]).split('.')[0] ?? '');
  else if (name === 'Fn::Sub') {
    const [text, given] = Array.isArray(each) ? each : [each];
    for (const [, of = ''] of String(text).matchAll(/\$\{([A-Za-z0-9]+)/g)) found.push(of);
    gather(given, found);
  } else gather(each, found);
}
