/** A plan as text for a terminal, as Markdown for a pull request, and as JSON. */
import {
  holderInWords,
  type Plan,
  type PlanSection,
  plainHole,
  type StackChange,
  settingInWords,
  type Told,
  tellAsked,
  tellBaselineRole,
  tellCopies,
  tellGuardrail,
  tellHolder,
  tellHoles,
  tellKey,
  tellOrganisation,
  tellResource,
  tellSetting,
  tellShare,
  tellSignIn,
  tellStack,
  tellTerms,
  tellType,
  valueInWords,
} from '../../plan';
import { linesOf, plainFinding } from '../../proof';
import { dateOf, inWords } from '../../register/calendar';
import {
  code,
  details,
  documentMarkdown,
  heading,
  lines,
  list,
  painter,
  paragraph,
  plainText,
  plural,
  quoted,
  say,
  strong,
  table,
  visible,
  type Words,
} from '../../words';
import type { Unfit } from './plan-fitness';

/** A plan with all that its report says of it. */
export interface PlanReport {
  readonly plan: Plan;
  readonly sections: readonly PlanSection[];
  readonly widenings: readonly Told[];
  /** As the caller named them. */
  readonly folders: { readonly before: string; readonly after: string };
  /** Whether what widens access was approved on the command line. */
  readonly approved: boolean;
  /** Why the later assembly is not to be deployed, and why there is a plan all the same. */
  readonly unfit: readonly Unfit[];
  readonly although: string | undefined;
}

const STACKS = 'Stacks, in the order to deploy';
const NOT_JUDGED = 'Not judged';

/** For a terminal. Ends with a line feed. */
export function planText(report: PlanReport, colour: boolean): string {
  const { plan, sections, folders } = report;
  const paint = painter(colour);
  const bold = (words: Words) => paint('bold', plainText(words));
  const marked = ({ mark, sentence, more, widens }: Told, after: readonly Words[] = []) => {
    const line = `${mark} ${plainText(sentence)}`;
    const painted = mark === '!' ? paint('red', line) : widens ? paint('bold', line) : line;
    return [`  ${painted}`, ...[...more, ...after].map((each) => `      ${plainText(each)}`)];
  };
  const out = [
    bold(`Plan: ${folders.before} -> ${folders.after}`),
    ...headOf(report).map((each) => plainText(each)),
  ];
  for (const { heading: words, told } of sections)
    out.push('', bold(words), ...told.flatMap((each) => marked(each)));
  if (plan.notJudged.length > 0)
    out.push('', bold(NOT_JUDGED), ...unjudgedLines(plan).map((each) => `  ${plainText(each)}`));
  const stacks = stackLines(report);
  if (stacks.length > 0)
    out.push('', bold(STACKS), ...stacks.flatMap(({ told, deploy }) => marked(told, deploy)));
  out.push('', bold(`${verdictOf(report)}.`));
  return `${out.join('\n')}\n`;
}

/** For a comment on a pull request. Ends with a line feed. */
export function planMarkdown(report: PlanReport): string {
  const { plan, sections } = report;
  const stacks = stackLines(report);
  const stackList = list(
    stacks.map(({ told: { mark, sentence, more }, deploy }) => ({
      text: mark === '!' ? say`${strong('By hand')}: ${sentence}` : sentence,
      more: [...more, ...deploy],
    })),
  );
  return documentMarkdown([
    heading(2, 'Access plan'),
    ...headOf(report).map(paragraph),
    paragraph(say`${strong(verdictOf(report))}.`),
    ...sections.flatMap(({ heading: words, told }) => [
      heading(3, words),
      table(
        ['', 'change', 'widens'],
        told.map(({ mark, sentence, more, widens }) => [
          mark,
          lines([sentence, ...more]),
          widens ? strong('yes') : 'no',
        ]),
      ),
    ]),
    ...(plan.notJudged.length > 0 ? [heading(3, NOT_JUDGED), list(unjudgedLines(plan))] : []),
    ...(stacks.length > 0 ? [details(`${STACKS} (${plan.stacks.length})`, [stackList])] : []),
  ]);
}

/** For programs. Ends with a line feed. */
export function planJson(report: PlanReport): string {
  const { plan, widenings, folders, approved, unfit, although } = report;
  const told = <T extends object>(changes: readonly T[], tell: (change: T) => Told) =>
    changes.map((change) => {
      const { sentence, widens } = tell(change);
      return { sentence: plainText(sentence), widens, ...change };
    });
  const result = {
    form: 'concordat-plan/v1',
    before: { folder: folders.before, ...plan.before },
    after: { folder: folders.after, ...plan.after },
    ...(unfit.length > 0 && { unfit, although }),
    widens: widenings.length > 0,
    approved: approved && widenings.length > 0,
    widenings: widenings.map(({ sentence }) => plainText(sentence)),
    access: told(plan.shares, (each) => tellShare(each, plan)),
    agreements: told(plan.agreements, (each) => tellTerms(each, plan)),
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
    people: plan.holders.flatMap((each) =>
      told(
        [
          {
            ...(each.before && { before: holderInWords(each.before, plan.accounts) }),
            ...(each.after && { after: holderInWords(each.after, plan.accounts) }),
          },
        ],
        () => tellHolder(each, plan.accounts),
      ),
    ),
    signIns: plan.signIns.map(({ who, ...each }) => {
      const { sentence, more } = tellSignIn({ who, ...each }, plan.accounts);
      return { sentence: plainText(sentence), ...each, who: more.map((line) => plainText(line)) };
    }),
    organisations: told(plan.organisations, tellOrganisation),
    zone: told(plan.zone, tellSetting).map(({ setting, before: was, after: is, ...rest }) => ({
      ...rest,
      before: { setting: settingInWords(setting), value: valueInWords(was) },
      after: { setting: settingInWords(setting), value: valueInWords(is) },
    })),
    guardrails: told(plan.guardrails, tellGuardrail),
    baselines: told(plan.baselines, tellBaselineRole),
    copies: told(plan.copies, (each) => tellCopies(each, plan.after.asOf)),
    custody: told(plan.keys, tellKey),
    resources: told(plan.resources, tellResource).map(({ type, to, ...rest }) => ({
      ...rest,
      noun: tellType(type),
      ...(to && { to: to.place }),
    })),
    askedPolicies: plan.asked,
    stacks: plan.stacks.map((each) => ({ ...each, deploy: commandFor(each, report) ?? null })),
    changedNotJudged: plan.changedNotJudged,
    notJudged: plan.notJudged.map(({ side, finding }) => ({ side, finding: plainFinding(finding) })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** What holds for the whole plan: the two days, whether the register differs, and what was not in order before. */
function headOf({ plan, folders, unfit, although }: PlanReport): string[] {
  const { before, after, unchangedHoles } = plan;
  const day = (date: string) => inWords(dateOf(date));
  return [
    ...(although === undefined || unfit.length === 0
      ? []
      : [
          `AFTER is not fit to be deployed, for ${unfit.length === 1 ? 'this reason' : 'these reasons'}. There is a plan all the same, because: ${visible(although)}`,
          ...unfit.map((each) => `- ${each}`),
        ]),
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
          `Not proven, before as after: ${plural(unchangedHoles, 'difference')} between templates and agreements stay as they were. See npx concordat prove --assembly ${quoted(folders.after)}.`,
        ]
      : []),
  ];
}

/** What the plan comes to, without a full stop. */
function verdictOf({ plan, sections, widenings, approved }: PlanReport): string {
  if (plan.notJudged.length > 0)
    return `Not judged: ${plural(plan.notJudged.length, 'thing')} could not be judged, so nobody can say what changes`;
  if (sections.length + plan.stacks.length + plan.asked.length === 0) return 'Nothing changes';
  if (widenings.length === 0)
    return plan.changedNotJudged.length === 0
      ? 'Nobody gains access'
      : 'Nobody gains access by what is judged here; read what changed and is not';
  const changes = `${plural(widenings.length, 'change')} ${widenings.length === 1 ? 'widens' : 'widen'} access`;
  return approved ? `${changes}: approved with --approve-widening` : `${changes}: to be approved`;
}

function unjudgedLines({ notJudged }: Plan): string[] {
  return notJudged.flatMap(({ side, finding }) =>
    linesOf(finding).map((line, n) => (n === 0 ? `${side.toUpperCase()}, ${line}` : line)),
  );
}

/** The command that deploys just this stack, from the assembly that was judged; none where somebody else does. */
function commandFor(
  { change, by, artifact, asks }: StackChange,
  { folders }: PlanReport,
): string | undefined {
  if (change === 'gone' || by.kind !== 'cdk') return undefined;
  const told = asks.map((name) => ` --parameters ${quoted(`${artifact}:${name}=VALUE`)}`).join('');
  return `npx cdk deploy --app ${quoted(folders.after)} --exclusively ${quoted(artifact)}${told}`;
}

/** What to set by hand, and then each stack, with how to deploy it. */
function stackLines(report: PlanReport): { readonly told: Told; readonly deploy: readonly Words[] }[] {
  const { plan, folders } = report;
  return [
    ...plan.asked.map((each) => ({ told: tellAsked(each, folders.after), deploy: [] })),
    ...plan.stacks.map((each) => ({ told: tellStack(each), deploy: deployLines(each, report) })),
  ];
}

function deployLines(each: StackChange, report: PlanReport): Words[] {
  const command = commandFor(each, report);
  if (command !== undefined) return [code(command)];
  if (each.change === 'gone' || each.by.kind !== 'hand-over') return [];
  const name = report.plan.named.get(each.by.organisation)?.name ?? each.by.organisation;
  return [say`Hand ${code(each.template)} to ${name}, which deploys it in its own account.`];
}
