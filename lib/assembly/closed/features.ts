/**
 * What a template has CloudFormation do beside making its resources as they stand: rewrite them, take values from elsewhere,
 * or leave some out. All that is read here is read as it stands, so any of these is not judged.
 */
import type { Assembly } from '../assembly';
import { templateIn } from '../parsed-files';
import { type AssemblyStack, isGroup, isTemplate, type TemplateResource } from '../stack';
import { stackSetTemplate } from '../stack-set-template';

/** Parts of a template that are read, or that change nothing that is made. */
const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
]);
const ATTRIBUTES = new Set([
  'Condition',
  'DeletionPolicy',
  'DependsOn',
  'Metadata',
  'Properties',
  'Type',
  'UpdateReplacePolicy',
]);
/** Of a parameter. Its value may come from Parameter Store by its type, and without a question by its default. */
const OF_PARAMETERS = new Set([
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Description',
  'Type',
]);
/** Sections, beside resources and parameters, that CloudFormation would rewrite or fill. */
const OF_TEXT = ['Conditions', 'Outputs'] as const;
/** How far a text is shown. */
const MOST_SHOWN = 80;

/** A template with what is known of it: a stack’s, or one that a StackSet holds. */
interface Body extends Pick<AssemblyStack, 'resources' | 'conditions' | 'parameters'> {
  /** What its resources’ places begin with. */
  readonly name: string;
  /** How messages call it. */
  readonly file: string;
  readonly template: object;
}

const known = new WeakMap<AssemblyStack, { readonly template: object; readonly found: readonly string[] }>();

/** Everything in a stack’s template that is not judged, each with its place and what to do. */
export function unclaimedFeatures(assembly: Assembly, stack: AssemblyStack): readonly string[] {
  const template = templateIn(assembly, stack.file);
  const before = known.get(stack);
  if (before?.template === template) return before.found;
  const found = inBody({ ...stack, template });
  known.set(stack, { template, found });
  return found;
}

function inBody(body: Body): string[] {
  const { file, resources, parameters = {}, template } = body;
  return [
    ...Object.keys(template)
      .filter((name) => !SECTIONS.has(name))
      .map((name) =>
        name === 'Transform'
          ? `${file} has Transform, by which CloudFormation rewrites the template after every check: write out what it would make`
          : `${file} has a section ${name}, which is not judged: take it out`,
      ),
    // An output is told to whoever may look at the stack; what it tells is to be what it says.
    ...OF_TEXT.flatMap((name) =>
      otherThanItStands(body, `${file}: ${name}`, (template as Readonly<Record<string, unknown>>)[name]),
    ),
    ...Object.entries(parameters).flatMap(([name, parameter]) => ofParameter(file, name, parameter)),
    ...Object.entries(resources).flatMap(([id, resource]) => ofResource(body, id, resource)),
  ];
}

/** The template that a StackSet holds as text. One that is no template is refused where StackSets are read. */
function inStackSet(place: string, text: unknown): string[] {
  const template = typeof text === 'string' ? parsed(text) : undefined;
  if (!isTemplate(template))
    return [
      `${place} holds a TemplateBody that is no template as synth writes it, which is not judged: synthesise the assembly again`,
    ];
  const { Resources: resources = {}, Parameters: parameters = {} } = template;
  return inBody({ name: place, file: `the template in ${place}`, template, resources, parameters });
}

function parsed(text: string): unknown {
  try {
    return stackSetTemplate(text);
  } catch {
    return undefined;
  }
}

function ofParameter(file: string, name: string, parameter: unknown): string[] {
  const where = `${file}: the parameter ${name}`;
  if (!isGroup(parameter)) return [`${where} is not understood: synthesise the assembly again`];
  if (parameter.Type !== 'String')
    return [
      `${where} is of type ${String(parameter.Type)}, whose value comes from elsewhere: make it a String`,
    ];
  return Object.keys(parameter)
    .filter((each) => !OF_PARAMETERS.has(each))
    .map((each) => `${where} has ${each}, which is not judged: take it out`);
}

function ofResource(body: Body, id: string, resource: TemplateResource): string[] {
  const place = `${body.name}/${id}`;
  const { Condition: condition } = resource;
  const found: string[] = [];
  for (const name in resource)
    if (!ATTRIBUTES.has(name))
      found.push(`${place} has ${name} beside its properties, which is not judged: take it out`);
  // One of which the condition never holds is not among the resources.
  if (condition !== undefined && body.conditions?.get(String(condition)) !== true)
    found.push(
      `${place} is made only if ${String(condition)} holds, which the template does not tell: take the condition away, or the resource`,
    );
  found.push(...ofAttributes(body, place, resource));
  const { Properties: given = {} } = resource;
  if (given.TemplateBody === undefined) found.push(...otherThanItStands(body, place, given));
  else {
    const { TemplateBody, ...properties } = given;
    found.push(...inStackSet(place, TemplateBody), ...otherThanItStands(body, place, properties));
  }
  return found;
}

/** What of a value is not what it says: rewritten, or taken from elsewhere. */
function otherThanItStands({ resources }: Body, place: string, value: unknown): readonly string[] {
  const seen = new Seen(resources, place);
  walk(value, false, seen);
  return seen.found === undefined ? [] : [...seen.found];
}

/** What was seen in one place. In nearly all there is nothing. */
class Seen {
  found: Set<string> | undefined;

  constructor(
    private readonly resources: Body['resources'],
    private readonly place: string,
  ) {}

  group(key: string): void {
    const what = rewriting(key);
    if (what !== undefined)
      this.#add(`holds ${what}, by which CloudFormation rewrites it after every check: write it out`);
  }

  text(text: string, isSubstituted: boolean): void {
    if (text.includes('{{resolve:'))
      this.#add(
        `holds ${shown(text)}, which CloudFormation replaces by a value from elsewhere: write the value out`,
      );
    if (isSubstituted || !text.includes('${')) return;
    const [, name = ''] = /\$\{([A-Za-z0-9:]+)(?:\.[A-Za-z0-9.]+)?\}/.exec(text) ?? [];
    if (name.startsWith('AWS::') || Object.hasOwn(this.resources, name))
      this.#add(
        `holds ${shown(text)}, which is text and no reference: write it with Fn::Sub, or write the value out`,
      );
  }

  #add(what: string): void {
    this.found ??= new Set();
    this.found.add(`${this.place} ${what}`);
  }
}

/** Metadata by which programs that deploy templates take code from elsewhere, or have machines run something. */
const ACTED_ON = /^(?:aws:asset:|AWS::CloudFormation::)/;

function ofAttributes({ resources }: Body, place: string, resource: TemplateResource): string[] {
  const { DependsOn: waits = [], Metadata: metadata = {} } = resource as TemplateResource & {
    readonly Metadata?: unknown;
  };
  const found: string[] = [];
  for (const id of Array.isArray(waits) ? waits : [waits])
    if (!Object.hasOwn(resources, String(id)))
      found.push(`${place} waits for ${shown(String(id))}, which the template does not make: take it out`);
  if (isGroup(metadata))
    for (const name in metadata)
      if (ACTED_ON.test(name))
        found.push(
          `${place} has ${name} in its Metadata, which programs act on and is not judged: take it out`,
        );
  return found;
}

/** What a key of a group has CloudFormation rewrite. */
function rewriting(key: string): string | undefined {
  if (key === 'Fn::Transform' || key === 'AWS::Include') return key;
  return key.startsWith('Fn::ForEach') ? 'Fn::ForEach' : undefined;
}

function walk(value: unknown, isSubstituted: boolean, seen: Seen): void {
  if (typeof value === 'string') seen.text(value, isSubstituted);
  else if (Array.isArray(value)) for (const each of value) walk(each, isSubstituted, seen);
  else if (isGroup(value))
    for (const key in value) {
      seen.group(key);
      walk(value[key], isSubstituted || key === 'Fn::Sub', seen);
    }
}

function shown(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
