/**
 * What has to be mended, and what is accepted, as SARIF: each located at the line of the register that it comes from, since
 * that is what people change.
 */
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { STATE_IN_WORDS } from '../register';
import { dayWords } from '../register/calendar';
import { type SarifFinding, type SarifRun, sarifLog } from '../words';
import { isAsAgreed } from './compose/shares';
import { sha256 } from './hashes';
import type { Evidence, Exception } from './model';

interface Told {
  readonly rule: string;
  readonly what: string;
  /** Why the rule is there and what to do where it is broken, as text and as Markdown. */
  readonly help: string;
  readonly text: string;
  readonly level: Result.level;
  /** `register/agreements/x.yaml:12`. */
  readonly register: string;
  /** What tells it from others of the same rule. */
  readonly place: string;
  readonly accepted?: Exception;
}

/**
 * The log: one run of what has to be mended, and one of what is accepted. They are two, since in one run either all results
 * or none may have suppressions (section 3.27.23), and readers take an empty list of them for a suppression.
 */
export function evidenceSarif(evidence: Evidence): Log {
  const past = accepted(evidence).filter(({ accepted: exception }) => exception?.past === true);
  const held = accepted(evidence).filter(({ accepted: exception }) => exception?.past === false);
  return sarifLog([
    runOf(evidence, 'concordat/faults/', [...failures(evidence), ...otherFaults(evidence), ...past]),
    runOf(evidence, 'concordat/accepted/', held),
  ]);
}

/** What the checks stand on: the project’s own pages are beside its code, at no one address. */
const INFORMATION = 'https://www.ncsc.gov.uk/collection/cloud/the-cloud-security-principles';

function runOf({ program }: Evidence, id: string, told: readonly Told[]): SarifRun {
  const rules = new Map<string, ReportingDescriptor>();
  for (const { rule, what, help, level } of told)
    if (!rules.has(rule))
      rules.set(rule, {
        id: rule,
        shortDescription: { text: what },
        fullDescription: { text: what },
        // GitHub shows it beside each result, and asks for it.
        help: { text: help, markdown: help },
        defaultConfiguration: { level },
      });
  return {
    tool: 'Concordat',
    version: program?.version ?? '0.0.0',
    informationUri: INFORMATION,
    id,
    rules: [...rules.values()],
    findings: told.map(findingOf),
  };
}

function failures(evidence: Evidence): Told[] {
  return evidence.checks.flatMap(({ id, title, why, doesNotProve, remediation, judgements }) =>
    judgements
      .filter((each) => each.outcome === 'fail' && each.accepted !== true)
      .map(({ saw, file, pointer, register }) => ({
        rule: id,
        what: title,
        help: `${why} To fix: ${remediation}${doesNotProve === '' || doesNotProve === '-' ? '' : ` What it does not prove: ${doesNotProve}`}`,
        text: `${saw} (${file} ${pointer}). To fix: ${remediation}`,
        level: 'error' as const,
        register: register ?? registerOf(evidence, file),
        place: `${file} ${pointer}`,
      })),
  );
}

function otherFaults(evidence: Evidence): Told[] {
  const { findings, shares, undeclared, proof } = evidence;
  return [
    ...findings.map(({ rule, description, fix, severity, place }) => ({
      rule,
      what: description,
      help: `${description}${fix === undefined ? '' : ` To fix: ${fix}`} ${packHelp(rule)}`,
      text: `${description} (${place})${fix === undefined ? '' : `. To fix: ${fix}`}`,
      level: severity,
      register: registerOf(evidence, `${place.split('/')[0]}.template.json`),
      place,
    })),
    ...shares
      .filter((share) => !isAsAgreed(share))
      .map(({ agreement, recipient, state, register }) => ({
        rule: 'Concordat-Shares',
        what: SHARES,
        help: SHARES_HELP,
        text: `The share of ${agreement} with ${recipient} is ${STATE_IN_WORDS[state]}, and templates make something else.`,
        level: 'error' as const,
        register: register ?? `register/agreements/${agreement}.yaml:1`,
        place: `${agreement} ${recipient}`,
      })),
    ...undeclared.map(({ saw, file, pointer }) => ({
      rule: 'Concordat-Shares',
      what: SHARES,
      help: SHARES_HELP,
      text: `${file} ${pointer} is ${saw}.`,
      level: 'error' as const,
      register: registerOf(evidence, file),
      place: `${file} ${pointer}`,
    })),
    ...(proof.run ? proof.findings : []).map(({ owner, lines }) => ({
      rule: 'Concordat-Proof',
      what: 'Everybody can do what the agreements imply, and nothing else.',
      help: 'The access proof asks the policies of the templates who can do what. To fix: npx concordat prove names each request and the statements that decide it; change the register, or what makes the policy.',
      text: lines.join(' '),
      level: 'error' as const,
      register: owner === undefined ? 'register/zone.yaml:1' : organisationFile(evidence, owner),
      place: lines.join(' '),
    })),
  ];
}

const SHARES = 'Templates make each share as it was agreed, and no other.';
const SHARES_HELP =
  'A share in force or to come has an access point and a grant on the owner’s key; any other has neither. To fix: synthesise the assembly again from the register, and let nobody edit it.';

/** What a pack of rules is, for a reader who meets one of its rules. */
function packHelp(rule: string): string {
  const [pack = rule, name = rule] = rule.split('::');
  return `${name} is a rule of the pack ${pack}, which ran when the templates were made.${/^(?:AwsSolutions|NIST|HIPAA|PCI|Serverless)/.test(pack) ? ' Its rules are described at https://github.com/cdklabs/cdk-nag/blob/main/RULES.md.' : ''}`;
}

/** One for each exception, not for each resource: thousands of suppressed rows hide what is not. */
function accepted(evidence: Evidence): Told[] {
  return evidence.exceptions.map((exception) => {
    const [first = '', ...more] = exception.resources;
    return {
      rule: exception.rule.split('::')[1] ?? exception.rule,
      what: `A rule of ${exception.rule.split('::')[0]}, accepted on some resources.`,
      help: `${packHelp(exception.rule)} It is accepted where the register’s people said why, until its day of review. To fix: change the resource, or renew the acknowledgement; npx concordat acknowledgements lists them.`,
      text: `Accepted on ${first}${more.length > 0 ? ` and ${more.length} more` : ''}: ${exception.reason}`,
      level: exception.past ? ('error' as const) : ('note' as const),
      register: registerOf(evidence, `${first.split('/')[0]}.template.json`),
      place: JSON.stringify([first, exception.reason]),
      accepted: exception,
    };
  });
}

function findingOf({ rule, text, level, register, place, accepted: exception }: Told): SarifFinding {
  const [, uri = register, line = '1'] = /^(.+):(\d+)$/.exec(register) ?? [];
  return {
    rule,
    text,
    level,
    uri,
    region: { startLine: Number(line) },
    fingerprint: sha256(`${rule} ${place}`).slice(0, 32),
    ...(exception !== undefined &&
      !exception.past && {
        accepted: `${exception.reason} Owner: ${exception.owner}. Review by ${dayWords(exception.review)}.`,
      }),
  };
}

/** The file of the register that a template comes from: its organisation’s, or the zone’s. */
function registerOf(evidence: Evidence, file: string): string {
  const stack = evidence.stacks.find((each) => each.file === file);
  const organisation = evidence.organisations.find(({ account }) => account === stack?.account);
  return organisation === undefined ? 'register/zone.yaml:1' : organisationFile(evidence, organisation.id);
}

function organisationFile({ organisations }: Evidence, id: string): string {
  return organisations.some((each) => each.id === id)
    ? `register/organisations/${id}.yaml:1`
    : 'register/zone.yaml:1';
}
