/** A plan as text for a terminal, as Markdown for a pull request, and as JSON. */
import { styleText } from 'node:util';
import {
  type Plan,
  type PlanSection,
  plainHole,
  type StackChange,
  settingInWords,
  type Told,
  tellAsked,
  tellBaselineRole,
  tellGuardrail,
  tellHolder,
  tellHoles,
  tellKey,
  tellOrganisation,
  tellResource,
  tellSetting,
  tellShare,
  tellStack,
  tellType,
  valueInWords,
} from '../plan';
import { linesOf, plainFinding } from '../proof';
import { dateOf, inWords } from '../register/calendar';
import { cellMarkdown, inlineMarkdown, marked, plainText, plural, quoted, visible } from '../words';

/** A plan with all that its report says of it. */
export interface PlanReport {
  readonly plan: Plan;
  readonly sections: readonly PlanSection[];
  readonly widenings: readonly Told[];
  /** As the caller named them. */
  readonly folders: { readonly before: string; readonly after: string };
  /** Whether what widens access was approved on the command line. */
  readonly approved: boolean;
}

const STACKS = 'Stacks, in the order to deploy';

/** For a terminal. Ends with a line feed. */
export function planText(report: PlanReport, colour: boolean): string {
  const { plan, sections, folders } = report;
  const paint = (style: 'bold' | 'red' | 'green', text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const lines = [
    paint('bold', `Plan: ${visible(folders.before)} -> ${visible(folders.after)}`),
    ...headOf(report),
  ];
  const marked = ({ mark, sentence, more, widens }: Told) => {
    const line = `${mark} ${plain(sentence)}`;
    const painted = mark === '!' ? paint('red', line) : widens ? paint('bold', line) : line;
    return [`  ${painted}`, ...more.map((each) => `      ${plain(each)}`)];
  };
  for (const { heading, told } of sections) lines.push('', paint('bold', heading), ...told.flatMap(marked));
  if (plan.notJudged.length > 0)
    lines.push('', paint('bold', 'Not judged'), ...unjudgedLines(plan).map((each) => `  ${plain(each)}`));
  if (plan.stacks.length + plan.asked.length > 0) {
    lines.push(
      '',
      paint('bold', STACKS),
      ...plan.asked.flatMap((each) => marked(tellAsked(each, folders.after))),
    );
    for (const each of plan.stacks)
      lines.push(
        ...marked(tellStack(each)),
        ...deployLines(each, report).map((line) => `      ${plain(line)}`),
      );
  }
  lines.push('', paint('bold', verdictOf(report)));
  return `${lines.join('\n')}\n`;
}

/** For a comment on a pull request. Ends with a line feed. */
export function planMarkdown(report: PlanReport): string {
  const { plan, sections } = report;
  const lines = ['## Access plan', '', ...headOf(report).flatMap((each) => [md(each), ''])];
  lines.push(`**${md(verdictOf(report))}**`, '');
  for (const { heading, told } of sections) {
    lines.push(`### ${heading}`, '', '| | change | widens |', '| --- | --- | --- |');
    for (const { mark, sentence, more, widens } of told)
      lines.push(
        `| ${mark} | ${[sentence, ...more].map(cell).join('<br>')} | ${widens ? '**yes**' : 'no'} |`,
      );
    lines.push('');
  }
  if (plan.notJudged.length > 0)
    lines.push('### Not judged', '', ...unjudgedLines(plan).map((each) => `- ${md(each)}`), '');
  if (plan.stacks.length + plan.asked.length > 0) {
    lines.push('<details>', `<summary>${STACKS} (${plan.stacks.length})</summary>`, '');
    const item = ({ mark, sentence, more }: Told, after: readonly string[]) =>
      lines.push(
        `- ${mark === '!' ? '**By hand:** ' : ''}${md(sentence)}`,
        ...[...more, ...after].map((line) => `  - ${md(line)}`),
      );
    for (const each of plan.asked) item(tellAsked(each, report.folders.after), []);
    for (const each of plan.stacks) item(tellStack(each), deployLines(each, report));
    lines.push('', '</details>', '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** For programs. Ends with a line feed. */
export function planJson(report: PlanReport): string {
  const { plan, widenings, folders, approved } = report;
  const told = <T extends object>(changes: readonly T[], tell: (change: T) => Told) =>
    changes.map((change) => {
      const { sentence, widens } = tell(change);
      return { sentence: plain(sentence), widens, ...change };
    });
  const result = {
    form: 'concordat-plan/v1',
    before: { folder: folders.before, ...plan.before },
    after: { folder: folders.after, ...plan.after },
    widens: widenings.length > 0,
    approved: approved && widenings.length > 0,
    widenings: widenings.map(({ sentence }) => plain(sentence)),
    access: told(plan.shares, (each) => tellShare(each, plan)),
    beyondAgreements: plan.holes.flatMap((each) => {
      const { before: was, after: is, ...rest } = each;
      const plainEach = {
        ...rest,
        ...(was && { before: plainHole(was) }),
        ...(is && { after: plainHole(is) }),
      };
      return tellHoles([each], plan).flatMap((words) => told([plainEach], () => words));
    }),
    unchangedDifferences: plan.unchangedHoles,
    people: told(plan.holders, tellHolder),
    organisations: told(plan.organisations, tellOrganisation),
    zone: told(plan.zone, tellSetting).map(({ setting, before: was, after: is, ...rest }) => ({
      ...rest,
      before: { setting: settingInWords(setting), value: valueInWords(was) },
      after: { setting: settingInWords(setting), value: valueInWords(is) },
    })),
    guardrails: told(plan.guardrails, tellGuardrail),
    baselines: told(plan.baselines, tellBaselineRole),
    custody: told(plan.keys, tellKey),
    resources: told(plan.resources, tellResource).map(({ type, to, ...rest }) => ({
      ...rest,
      noun: tellType(type),
      ...(to && { to: to.place }),
    })),
    askedPolicies: plan.asked,
    stacks: plan.stacks.map((each) => ({ ...each, deploy: commandFor(each, report) ?? null })),
    notJudged: plan.notJudged.map(({ side, finding }) => ({ side, finding: plainFinding(finding) })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** What holds for the whole plan: the two days, whether the register differs, and what was not in order before. */
function headOf({ plan }: PlanReport): string[] {
  const { before, after, unchangedHoles } = plan;
  const day = (date: string) => inWords(dateOf(date));
  return [
    before.asOf === after.asOf
      ? `Both as of ${day(after.asOf)}.`
      : `From the templates as of ${day(before.asOf)} to those as of ${day(after.asOf)}.`,
    ...(before.registerDigest === after.registerDigest && before.asOf !== after.asOf
      ? ['The register is the same: what agreements give changes by the day alone.']
      : []),
    ...(after.asOf < before.asOf
      ? ['AFTER is made for an earlier day than BEFORE: is it the one that is to be deployed?']
      : []),
    ...(unchangedHoles > 0
      ? [
          `Not proven, before as after: ${plural(unchangedHoles, 'difference')} between templates and agreements stay as they were. See npx concordat prove.`,
        ]
      : []),
  ];
}

function verdictOf({ plan, sections, widenings, approved }: PlanReport): string {
  if (plan.notJudged.length > 0)
    return `Not judged: ${plural(plan.notJudged.length, 'thing')} could not be judged, so nobody can say what changes.`;
  if (sections.length + plan.stacks.length + plan.asked.length === 0) return 'Nothing changes.';
  if (widenings.length === 0) return 'Nobody gains access.';
  const changes = `${plural(widenings.length, 'change')} ${widenings.length === 1 ? 'widens' : 'widen'} access`;
  return approved ? `${changes}: approved with --approve-widening.` : `${changes}: to be approved.`;
}

function unjudgedLines({ notJudged }: Plan): string[] {
  return notJudged.flatMap(({ side, finding }) =>
    linesOf(finding).map((line, n) => (n === 0 ? `${side.toUpperCase()}, ${line}` : line)),
  );
}

/** The command that deploys just this stack, from the assembly that was judged; none where somebody else does. */
function commandFor({ change, by, artifact }: StackChange, { folders }: PlanReport): string | undefined {
  if (change === 'gone' || by.kind !== 'cdk') return undefined;
  return `npx cdk deploy --app ${quoted(folders.after)} --exclusively ${quoted(artifact)}`;
}

function deployLines(each: StackChange, report: PlanReport): string[] {
  const command = commandFor(each, report);
  if (command !== undefined) return [`\`${command}\``];
  if (each.change === 'gone' || each.by.kind !== 'hand-over') return [];
  const name = report.plan.named.get(each.by.organisation)?.name ?? each.by.organisation;
  return [`Hand \`${each.template}\` to ${name}, which deploys it in its own account.`];
}

function plain(text: string): string {
  return plainText(marked(text));
}

function md(text: string): string {
  return inlineMarkdown(marked(text));
}

function cell(text: string): string {
  return cellMarkdown(marked(text));
}
