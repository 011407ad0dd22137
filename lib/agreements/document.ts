/** An agreement as the document that its parties sign: every term in the order of the codes, who holds the keys, what holds what. */

import { dictionaryBlocks } from '../contracts/export';
import {
  canonicalTerms,
  contractPlansOf,
  directionsOf,
  isReciprocal,
  PARTS,
  type PartOfAgreement,
  partiesOf,
  termsDigest,
  written,
} from '../register';
import { inWords } from '../register/calendar';
import type { ContractPlan } from '../wire/contracts';
import {
  type Block,
  code,
  codeBlock,
  type Document,
  definitions,
  heading,
  list,
  paragraph,
  say,
  table,
  type Words,
} from '../words';
import { approvalBlocks } from './approvals';
import { ASKED_ELSEWHERE } from './asked-elsewhere';
import type { DocumentSource } from './document-source';
import { enforcementTable } from './enforcement';
import { keyHolders } from './key-holders';
import { organisationInWords, termsWithValues, valueInWords } from './term-values';

const HEADINGS: Readonly<Record<PartOfAgreement, string>> = {
  purpose: 'Purpose',
  parties: 'Organisations involved',
  data: 'Data that is shared',
  law: 'Lawful basis',
  rights: 'Individual rights and breaches',
  delivery: 'How it is shared',
  sealed: 'Encrypted to the recipients’ own keys',
  retention: 'Retention and disposal',
  assessment: 'Data protection impact assessment',
  days: 'Days, review and end',
};

/** The whole document. The same register, agreement and day give the same document. */
export function agreementDocument(source: DocumentSource): Document {
  const { register, agreement, asOf } = source;
  const digest = termsDigest(agreement, register.contracts);
  const sections = PARTS.flatMap((part): (readonly [string, readonly Block[]])[] => {
    const blocks = termBlocks(part, source);
    return blocks.length === 0 ? [] : [[HEADINGS[part], [...blocks, ...more(part, source)]]];
  });
  const all: readonly (readonly [string, readonly Block[]])[] = [
    ...sections,
    ['Who holds the keys', keyHolders(source)],
    ['What holds what was agreed', enforcement(source)],
    ['What the codes ask for besides', besides()],
    ['What is signed', whatIsSigned(source, digest)],
    ['Approvals', approvalBlocks(source)],
  ];
  return [
    heading(1, agreement.title),
    paragraph(say`Data sharing agreement between ${names(source)}.`),
    definitions([
      ['Reference', code(agreement.id)],
      ['In force', say`${inWords(agreement.starts)} to ${inWords(agreement.ends)}`],
      ['Digest that is signed', code(digest)],
      ['This document', say`made on ${inWords(asOf)} from ${code(register.placeOf(agreement.id))}`],
    ]),
    ...all.flatMap(([title, blocks], index) => [heading(2, `${index + 1}. ${title}`), ...blocks]),
  ];
}

function names({ register, agreement }: DocumentSource): string {
  const all = partiesOf(agreement).map((id) => register.organisation(id).name);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** The terms of a part that the agreement has. */
function termBlocks(part: PartOfAgreement, { register, agreement }: DocumentSource): Block[] {
  const entries = termsWithValues(written(agreement)).flatMap(([term, value]) =>
    term.part === part ? [[term.label, valueInWords(term, value, register)] as const] : [],
  );
  return entries.length === 0 ? [] : [definitions(entries)];
}

/** What belongs to a part beside its terms. */
function more(part: PartOfAgreement, source: DocumentSource): readonly Block[] {
  if (part === 'parties') return parties(source);
  if (part === 'data') return dictionary(source);
  if (part === 'days')
    return [
      paragraph(
        'Access ends with the last day, without anybody doing anything. A party that is paused, or an agreement that is suspended, shares nothing in that time, and its terms stay as they are.',
      ),
    ];
  return [];
}

function parties({ register, agreement }: DocumentSource): Block[] {
  const directions = directionsOf(agreement);
  return [
    table(
      ['Organisation', 'Part', 'Official codes', 'Data protection', 'Security'],
      partiesOf(agreement).map((id): Words[] => {
        const { identifiers, contacts } = register.organisation(id);
        const owns = directions.some(({ owner }) => owner === id);
        const receives = directions.some(({ recipients }) => recipients.includes(id));
        return [
          organisationInWords(id, register),
          owns && receives ? 'shares and receives' : owns ? 'shares' : 'receives',
          identifiers.map(({ scheme, value }) => `${scheme} ${value}`).join(', ') || 'none',
          contacts.dataProtection,
          contacts.security,
        ];
      }),
    ),
    ...(isReciprocal(agreement)
      ? [paragraph('Each party owns what it shares, and the other may collect it.')]
      : []),
  ];
}

function dictionary({ register, agreement }: DocumentSource): readonly Block[] {
  const contract = register.contracts.find(({ id }) => id === agreement.contract);
  const plan: ContractPlan | undefined = contract && contractPlansOf(register).get(contract.id);
  if (contract === undefined || plan === undefined) return [];
  return [heading(3, 'Data dictionary'), ...dictionaryBlocks(contract, plan)];
}

function enforcement({ register, agreement }: DocumentSource): Block[] {
  return directionsOf(agreement).flatMap(({ owner }, _, all) => [
    ...(all.length > 1 ? [heading(3, say`What ${organisationInWords(owner, register)} shares`)] : []),
    enforcementTable(agreement, owner),
  ]);
}

function besides(): Block[] {
  return [
    paragraph(
      'The codes of practice ask an agreement to say these things as well. The register has no setting for them, so this document neither says nor signs them: the parties keep them elsewhere.',
    ),
    list(ASKED_ELSEWHERE.map(([what, code]) => `${what} (${code}).`)),
  ];
}

function whatIsSigned({ register, agreement }: DocumentSource, digest: string): Block[] {
  return [
    paragraph(
      say`An approval signs the SHA-256 digest ${code(digest)}. It is that of the text below in UTF-8, without a line feed at its end: the terms of the agreement as JSON in the form of RFC 8785, with the digest of the data contract if it names one. Whatever is changed in a term changes the digest; comments and the order of settings in the file do not.`,
    ),
    codeBlock([canonicalTerms(agreement, register.contracts)], 'json'),
  ];
}
