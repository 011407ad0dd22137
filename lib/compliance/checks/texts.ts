/** Checks on what templates must not say. */

import { plural } from '../../words';
import type { Check, JudgedAssembly, JudgedStack } from '../check';
import { fail, holds, listed, listOf, onResource, pass, textsOf, type Verdict, valueAt } from '../judging';
import { templateTextOf } from '../template-text';
import { eachStack } from './whole';

const NAMING = /^(?:Name|.+Name|Description|AlarmDescription)$/;

const PERSONAL =
  /[^\s@]+@[^\s@]+\.[a-z]{2,}|\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b\d{3} ?\d{3} ?\d{4}\b/i;

const PURPOSE = /^[a-z]+(?:-[a-z]+)*$/;

/** Tags that operators account by, in the spellings that are usual, and codes or fixed words as their values. */
const ACCOUNTED_BY = /^(?:cost-?cent(?:re|er)|environment|service|project)$/i;
const CODE = /^(?=.*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*$/i;

function isOfTheOperator(tag: unknown, value: string): boolean {
  return (
    ACCOUNTED_BY.test(String(valueAt(tag, 'Key'))) &&
    !PERSONAL.test(value) &&
    (CODE.test(value) || PURPOSE.test(value))
  );
}

/** What is wrong with a resource’s names and tags; nothing is said of one that has neither. */
function personal(
  properties: Readonly<Record<string, unknown>>,
  ids: ReadonlySet<string>,
): Verdict | undefined {
  const names = Object.entries(properties).filter(
    ([name, value]) => NAMING.test(name) && textsOf(value).length > 0,
  );
  const telling = names.find(([, value]) => PERSONAL.test(String(value)));
  if (telling) return fail(`Its ${telling[0]} looks like personal data.`, 'Properties', telling[0]);
  const tags = listOf(properties.Tags);
  const strange = tags.findIndex((tag) => {
    const value = String(valueAt(tag, 'Value'));
    switch (valueAt(tag, 'Key')) {
      case 'concordat:organisation':
        return !ids.has(value);
      case 'concordat:key-purpose':
        return !PURPOSE.test(value);
      default:
        return !isOfTheOperator(tag, value);
    }
  });
  if (strange >= 0)
    return fail(
      'It has a tag that is neither an id of the register nor a fixed word, nor a code that the operator accounts by.',
      'Properties',
      'Tags',
      strange,
    );
  const [first] = names;
  if (tags.length > 0) return pass('Its tags are ids of the register and fixed words.', 'Properties', 'Tags');
  return first && pass(`Its ${first[0]} tells of nobody.`, 'Properties', first[0]);
}

/** The pattern of the ARN of a key, which says where the key is and gives nobody anything. */
const KEY_ARN_ONLY = /^\^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/\[0-9a-f-\]\{36\}\$$/;

/** Whether a parameter may be given a secret, which whoever looks at the stack would then see. */
function isOpen(parameter: unknown): boolean {
  if (valueAt(parameter, 'NoEcho') === true) return false;
  if (String(valueAt(parameter, 'Type')).startsWith('AWS::SSM')) return false;
  // Each of these values is in the template, which is judged as a whole.
  if (listOf(valueAt(parameter, 'AllowedValues')).length > 0) return false;
  return !KEY_ARN_ONLY.test(String(valueAt(parameter, 'AllowedPattern')));
}

function external(stack: JudgedStack, { register }: JudgedAssembly): Verdict {
  const known = new Set<string>([
    register.zone.accounts.management,
    register.zone.accounts.zone,
    ...register.zone.guardrails.deployers.map((arn) => arn.split(':')[4] ?? ''),
    ...register.organisations.map((each) => each.account),
  ]);
  const named = templateTextOf(stack).accounts;
  const unknown = [...named].filter((each) => !known.has(each));
  // Only where there are any: it takes its time.
  const given = unknown.length === 0 ? '' : JSON.stringify(withoutDenied(stack.template));
  const strange = unknown.filter((each) => given.includes(each));
  return holds(
    strange.length === 0,
    unknown.length === 0
      ? `It names ${plural(named.size, 'account')}, all in the register.`
      : `It names ${plural(named.size, 'account')}. Those that are not in the register are denied something: ${listed(unknown)}.`,
    `It names accounts that are not in the register: ${listed(strange)}.`,
    'Resources',
  );
}

/** The same without the principals whom a statement denies something: they are given nothing by being named. */
function withoutDenied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDenied);
  if (value === null || typeof value !== 'object') return value;
  const { Effect, Principal, ...rest } = value as Readonly<Record<string, unknown>>;
  const kept = Effect === 'Deny' && 'Action' in rest ? rest : value;
  return Object.fromEntries(Object.entries(kept).map(([key, each]) => [key, withoutDenied(each)]));
}

export const TEXTS: readonly Check[] = [
  {
    id: 'TPL-EXTERNAL',
    title: 'No template names an account that is not in the register.',
    reads: ['* (every resource)'],
    why: 'A principal outside the register would have access without an agreement.',
    goals: ['csp-3_goal.3', 'csp-8_goal.1', 'csp-8_goal.2', 'csp-9_goal.2', 'csp-11_goal.1', 'csp-11_goal.4'],
    doesNotProve: 'Third parties that code reaches when it runs.',
    remediation: 'Remove the account, or add its organisation to the register.',
    judge: eachStack(external),
  },
  {
    id: 'TPL-SECRETS',
    title: 'No template holds a secret.',
    reads: ['* (every resource)', '* Parameters'],
    why: 'Templates are read by many, and kept.',
    goals: ['csp-7_goal.7', 'csp-10_goal.5'],
    doesNotProve: 'That no secret is written in a way that does not look like one.',
    remediation: 'Remove the value; use a role.',
    judge: eachStack((stack) => {
      const parameters = Object.entries(stack.template.Parameters ?? {}).filter(([, each]) => isOpen(each));
      if (parameters.length > 0)
        return fail(
          `Its parameter ${parameters[0]?.[0]} is shown to whoever looks at the stack.`,
          'Parameters',
        );
      return holds(
        !templateTextOf(stack).looksSecret,
        'Nothing in it looks like a secret, and it has no open parameters.',
        'Something in it looks like a secret.',
        'Resources',
      );
    }),
  },
  {
    id: 'TPL-PERSONAL',
    title: 'Names and tags hold no personal data.',
    reads: ['* Tags', '* names and descriptions'],
    why: 'AWS logs names and tags in clear, and keeps some of them outside the UK.',
    goals: ['csp-2.1_goal.1'],
    doesNotProve: 'Names of objects, which depositors give.',
    remediation: 'Use ids of the register and fixed words.',
    judge: (assembly) => {
      const ids = new Set<string>(assembly.register.organisations.map((each) => each.id));
      return assembly.stacks.flatMap((stack) =>
        stack.resources.flatMap((resource) => {
          const verdict = personal(resource.properties, ids);
          return verdict === undefined ? [] : [onResource({ stack, resource, assembly }, verdict)];
        }),
      );
    },
  },
];
