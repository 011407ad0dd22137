/** The extract for one organisation as a separate page. */

import type { Viz } from '@viz-js/viz';
import { isLiveState } from '../../register';
import { dayWords } from '../../register/calendar';
import { count, type Html, html } from '../../words';
import type { Extract, ExtractShare } from '../extract';
import { list, paragraph, table, widePicture } from './govuk';
import { type Named, namedAmong } from './named';
import { pageText } from './page';
import { organisationPicture } from './pictures';
import { several, stateWithDay } from './sharing';

/** @param digest the SHA-256 of extract.json */
export function extractPage(extract: Extract, digest: string, viz: Viz): string {
  const { organisation, asOf, operator, sample } = extract;
  const named = namedAmong([organisation, ...extract.counterparties]);
  return pageText(
    {
      title: `Evidence for ${organisation.name}`,
      name: operator,
      sample,
      mark: `Concordat evidence for ${organisation.id} as of ${dayWords(asOf)}, ${digest}`,
      contents: [
        ['summary', 'In short'],
        ['reads-us', 'Who reads us'],
        ['we-read', 'Whom we read'],
        ['custody', 'Where our key is'],
        ['duties', 'What is our duty'],
        ['checks', 'What was checked'],
        ['limits', 'What this does not show'],
      ],
    },
    html`${summary(extract, named, viz)}${shares('reads-us', 'Who reads us', 'Reader', extract.readsUs, named)}${shares('we-read', 'Whom we read', 'Owner', extract.weRead, named)}${custody(extract, named)}
<section><h2 class="govuk-heading-l" id="duties">What is our duty</h2>${list([...extract.duties])}</section>
${checks(extract)}${limits(extract, digest)}`,
  );
}

function summary(extract: Extract, named: Named, viz: Viz): Html {
  const { organisation, asOf, readsUs, weRead, counterparties, custody: keys } = extract;
  const sectors = new Map(counterparties.map(({ id, sector }) => [id, sector]));
  const live = (list: readonly ExtractShare[]) => [
    ...new Set(list.filter(({ state }) => isLiveState(state)).map(({ other }) => other)),
  ];
  const sides = { reads: live(weRead).sort(), readBy: live(readsUs).sort() };
  return html`<section><h2 class="govuk-heading-l" id="summary">In short</h2>
${paragraph(
  `On ${dayWords(asOf)}, ${organisation.name} (${organisation.id}, account ${organisation.account}) lets ${sides.readBy.length === 0 ? 'nobody' : named.all(sides.readBy)} read its data, and reads ${sides.reads.length === 0 ? 'nobody’s' : `that of ${named.all(sides.reads)}`}. ${keys.length === 0 ? 'It has no key here, since it only receives.' : `Its key is ${keys.map(({ held }) => held).join('; ')}.`}`,
)}
${widePicture('Data flow', organisationPicture(viz, organisation, sides, sectors))}</section>
`;
}

function shares(
  anchor: string,
  heading: string,
  other: string,
  all: readonly ExtractShare[],
  named: Named,
): Html {
  const rows = all.map(({ other: party, agreement, state, from, until, asAgreed }) => [
    named.cell(party),
    html`${agreement.title}<br><span class="quiet">${agreement.id}, ${agreement.classification}${agreement.markings.map((each) => `, ${each}`)}, ${agreement.lawfulBasis}</span>`,
    stateWithDay(state, from, until),
    asAgreed ? 'Yes' : html`<strong class="govuk-tag failed">No</strong>`,
  ]);
  return html`<section><h2 class="govuk-heading-l" id="${anchor}">${heading}</h2>
${rows.length === 0 ? paragraph('Nobody.') : table(heading, [other, 'Agreement', 'State', 'Made as agreed'], rows, { underHeading: true })}</section>
`;
}

function custody({ custody: keys }: Extract, named: Named): Html {
  const rows = keys.map(({ bucket, held, administers, decrypts, grants }) => [
    html`<code>${bucket}</code>`,
    held,
    several(administers, named),
    several(decrypts, named),
    several(grants, named),
  ]);
  return html`<section><h2 class="govuk-heading-l" id="custody">Where our key is</h2>
${rows.length === 0 ? paragraph('There is none: the organisation only receives.') : table('Where our key is', ['For the bucket', 'Held', 'Administered by', 'Decrypt by the key’s policy', 'Decrypt by a grant'], rows, { underHeading: true })}</section>
`;
}

function checks({ checks: all, exceptions }: Extract): Html {
  const faults = all.flatMap(({ id, judgements }) =>
    judgements
      .filter((each) => each.outcome === 'fail' && each.accepted !== true)
      .map(({ saw, file, pointer }) => `${id}: ${saw} (${file} ${pointer})`),
  );
  return html`<section><h2 class="govuk-heading-l" id="checks">What was checked</h2>
${paragraph('On the templates for our own account. The operator has the pack for the whole zone.')}
${faults.length > 0 ? list(faults) : undefined}
${table(
  'Checks',
  ['Check', 'What must hold', 'Passed', 'Failed', 'Accepted', 'Not applicable'],
  all.map(({ id, title, passed, failed, accepted, notApplicable }) => [
    id,
    title,
    count(passed),
    count(failed),
    count(accepted),
    count(notApplicable),
  ]),
  { numbers: [2, 3, 4, 5], underHeading: true },
)}
${
  exceptions.length === 0
    ? undefined
    : table(
        'Exceptions that stand on our templates',
        ['Rule', 'Reason', 'Owner', 'Holds until'],
        exceptions.map(({ rule, reason, owner, review }) => [
          html`<code>${rule}</code>`,
          reason,
          owner,
          html`<span class="day">${dayWords(review)}</span>`,
        ]),
      )
}</section>
`;
}

function limits({ files, registerDigest, assemblyDigest, withheld }: Extract, digest: string): Html {
  return html`<section><h2 class="govuk-heading-l" id="limits">What this does not show</h2>
${paragraph('That these templates were deployed; who the people behind a role are; that an agreement is lawful and signed. Ask the operator for the whole pack, which says what to ask for, goal by goal.')}
${withheld > 0 ? paragraph(`${count(withheld)} texts are left out, since they name organisations with which there is no agreement.`) : undefined}
${table(
  'Files of ours, as sha256sum prints them',
  ['File', 'SHA-256'],
  files.map(({ file, sha256 }) => [file, html`<code>${sha256}</code>`]),
)}
<p class="govuk-body">Register <code>${registerDigest}</code>, assembly <code>${assemblyDigest}</code>, this extract <code>${digest}</code>.</p></section>
`;
}
