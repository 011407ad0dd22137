/** `index.html`: all of the evidence for a reader with a browser and nothing else. */

import type { Viz } from '@viz-js/viz';
import { SHARE_STATES, STATE_IN_WORDS } from '../../register';
import { dayWords } from '../../register/calendar';
import { count, type Html, html } from '../../words';
import { faultsOf, tallyOf } from '../compose/tally';
import { type Evidence, GOAL_STATES } from '../model';
import { assumptionsSection } from './assumptions';
import { checksSection, exceptionsSection, findingsSection, headroomSection } from './checks';
import { list, paragraph } from './govuk';
import { pageText } from './page';
import { cafSection, limitsSection, principlesSection } from './principles';
import { readingsSection } from './readings';
import { custodySection, organisationsSection, sharingSection } from './sharing';
import { sharingPrinciplesSection } from './sharing-principles';
import { stateStyle, stateWords } from './state-tag';

const MOST_FAULTS = 20;

/** @param digest the SHA-256 of evidence.json, by which the pack is known */
export function indexPage(evidence: Evidence, digest: string, viz: Viz): string {
  const { asOf, operator, sample } = evidence;
  return pageText(
    {
      title: 'Evidence pack',
      name: operator,
      sample,
      mark: `Concordat evidence as of ${dayWords(asOf)}, ${digest}`,
      contents: [
        ['summary', 'Summary'],
        ['proof', 'Access proof'],
        ['principles', 'The 14 principles, goal by goal'],
        ['sharing-principles', 'The ten data sharing principles'],
        ['caf', 'Cyber Assessment Framework'],
        ['custody', 'Custody register'],
        ['sharing', 'Who can read whom'],
        ['shares', 'Every share'],
        ['readings', 'Who reads which objects, and when'],
        ['organisations', 'Each organisation'],
        ['checks', 'The checks'],
        ['findings', 'Rule packs and open findings'],
        ['exceptions', 'Exceptions'],
        ['headroom', 'Headroom'],
        ['assumptions', 'What AWS is taken to do'],
        ['limits', 'What this does not show'],
        ['verify', 'Check this yourself'],
      ],
    },
    html`${summarySection(evidence, digest)}${proofSection(evidence)}${principlesSection(evidence)}${sharingPrinciplesSection(evidence)}${cafSection(evidence)}${custodySection(evidence)}${sharingSection(evidence, viz)}${readingsSection(evidence)}${organisationsSection(evidence, viz)}${checksSection(evidence)}${findingsSection(evidence)}${exceptionsSection(evidence)}${headroomSection(evidence)}${assumptionsSection(evidence)}${limitsSection(evidence)}${verifySection(evidence, digest)}`,
  );
}

function summarySection(evidence: Evidence, digest: string): Html {
  const {
    organisations,
    shares,
    custody,
    findings,
    exceptions,
    files,
    packs,
    registerDigest,
    assemblyDigest,
    asOf,
  } = evidence;
  const tally = tallyOf(evidence);
  const faults = faultsOf(evidence);
  const { passed, failed, accepted, notApplicable } = tally.judgements;
  const facts: [string, string][] = [
    [
      'Checks',
      `${count(passed)} of ${count(passed + accepted + failed)} judgements pass, by ${count(evidence.checks.length)} checks; ${count(accepted)} fail and are accepted as exceptions, ${count(failed)} fail; ${count(notApplicable)} more do not apply`,
    ],
    [
      'Shares',
      `${count(shares.length)}${shares.length === 0 ? '' : `: ${stateCounts(shares)}`}; ${count(tally.sharesAsAgreed)} of ${count(shares.length)} are made as agreed`,
    ],
    [
      'Keys',
      `${count(custody.length - tally.keysToLookAt)} of ${count(custody.length)} have nothing to look at twice`,
    ],
    ['Access proof', proofWords(evidence)],
    [
      'Findings of rule packs',
      `${count(findings.length)} open; ${count(exceptions.length)} exceptions, for ${count(packs.reduce((sum, { acknowledged }) => sum + acknowledged, 0))} findings; ${count(tally.exceptionsPast)} past review`,
    ],
    [
      'Organisations',
      `${count(organisations.length)}, of them ${count(organisations.filter(({ membership }) => membership === 'external').length)} external`,
    ],
    ['Made for', dayWords(asOf)],
    ['Made by', programWords(evidence)],
    ['Register', registerDigest],
    ['Assembly', `${assemblyDigest} (${count(files.length)} files)`],
    ['This pack', digest],
  ];
  return html`<section><h2 class="govuk-heading-l" id="summary">Summary</h2>
${paragraph('This is read from synthesised CloudFormation templates, and from nothing else. It says what they show of the NCSC’s Cloud Security Principles, and for what they cannot show, whom to ask.')}
<h3 class="govuk-heading-m">${count(tally.goals.of)} goals</h3>
<ul class="counts">${GOAL_STATES.map((state) => html`<li class="${stateStyle(state)}"><b>${count(tally.goals[state])}</b>${stateWords(state)}</li>`)}</ul>
<dl class="govuk-summary-list">${facts.map(([label, value]) => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${/^[0-9a-f]{64}/.test(value) ? html`<code>${value}</code>` : value}</dd></div>`)}</dl>
${faults.length === 0 ? undefined : html`<h3 class="govuk-heading-m">To fix</h3>${list(faults.slice(0, MOST_FAULTS))}${faults.length > MOST_FAULTS ? paragraph(`and ${count(faults.length - MOST_FAULTS)} more, below`) : undefined}`}</section>
`;
}

/** By the word of the assembly, which `concordat reproduce` holds to it. */
function programWords({ program }: Evidence): string {
  if (program === undefined) return 'a program that did not write down which it was';
  const { version, commit } = program;
  return `concordat ${version}${commit === undefined ? '' : ` at commit ${commit}`}`;
}

function proofWords({ proof }: Evidence): string {
  if (!proof.run) return `not run: ${proof.why}`;
  return proof.holds
    ? `holds for ${count(proof.pairs)} of ${count(proof.pairs)} ordered pairs of organisations`
    : `does not hold: ${count(proof.findings.length)} findings`;
}

function proofSection({ proof }: Evidence): Html {
  const text = proof.run
    ? html`${paragraph(`Whether the templates let everyone do what the agreements imply, and nothing else: ${proof.holds ? 'they do' : 'they do not'}. ${count(proof.asked)} requests were decided, which stand for ${count(proof.covered)}, over ${count(proof.pairs)} ordered pairs of ${count(proof.organisations)} organisations and ${count(proof.shares)} shares that are in force or to come. ${proof.why}`)}
${proof.findings.length > 0 ? list(proof.findings.slice(0, MOST_FAULTS).map(({ lines }) => lines.map((line, index) => html`${index > 0 ? html`<br>` : undefined}${line}`))) : undefined}`
    : paragraph(`Not run: ${proof.why}. Nothing is claimed of it here.`);
  return html`<section><h2 class="govuk-heading-l" id="proof">Access proof</h2>
${text}</section>
`;
}

function verifySection({ assemblyDigest, program }: Evidence, digest: string): Html {
  return html`<section><h2 class="govuk-heading-l" id="verify">Check this yourself</h2>
${paragraph('With Node and nothing else: in the folder of this pack, run')}
<p class="govuk-body"><code>node verify.mjs PATH-TO-ASSEMBLY</code></p>
${paragraph('It hashes every template again, looks for templates and uploads that are not listed, follows every pointer, and counts the judgements again. It prints the two hashes below: compare them with those that the operator told you by another way. It is short: read it first. SHA256SUMS lists the hash of each file of this pack, as sha256sum takes it.')}
<p class="govuk-body">The assembly is <code>${assemblyDigest}</code>. This pack is <code>${digest}</code>, the SHA-256 of evidence.json.</p>
${program === undefined ? undefined : reproduceText(program)}</section>
`;
}

function reproduceText({ files, lockfile }: NonNullable<Evidence['program']>): Html {
  return html`${paragraph('Whether the assembly is what its register makes, and was not edited since: with the program that made it and no credentials, run')}
<p class="govuk-body"><code>npm ci</code><br><code>npx concordat reproduce PATH-TO-ASSEMBLY</code></p>
<p class="govuk-body">It makes the assembly again from the register in it, compares every byte, and names each difference. The assembly says that the program’s files are <code>${files}</code> and its lockfile is <code>${lockfile}</code>; compare them with those of a release that you trust. In its folder, sha256sum makes both:</p>
<p class="govuk-body"><code>${FILES_DIGEST}</code><br><code>sha256sum package-lock.json</code></p>`;
}

const FILES_DIGEST =
  'find bin lib lambda cdk.json package.json tsconfig.json -type f | LC_ALL=C sort | xargs sha256sum | sha256sum';

/** How many shares are in each state: `15 in force, 3 to come`. */
function stateCounts(shares: Evidence['shares']): string {
  return SHARE_STATES.flatMap((state) => {
    const number = shares.filter((each) => each.state === state).length;
    return number === 0 ? [] : [`${count(number)} ${STATE_IN_WORDS[state]}`];
  }).join(', ');
}
