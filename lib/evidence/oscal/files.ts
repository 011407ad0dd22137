/** The OSCAL files of a pack. */
import type { Evidence } from '../model';
import { catalogue, checksCatalogue } from './catalogue';
import { componentDefinition } from './component';
import { OSCAL_FILES } from './document';
import { mapping } from './mapping';
import { assessmentResults } from './results';
import { sharingCatalogue } from './sharing-catalogue';

/** Texts by their paths within the pack. */
export function oscalFiles(evidence: Evidence): [path: string, text: string][] {
  const documents = {
    [OSCAL_FILES.catalogue]: catalogue(evidence),
    [OSCAL_FILES.checks]: checksCatalogue(evidence),
    [OSCAL_FILES.sharing]: sharingCatalogue(evidence),
    [OSCAL_FILES.mapping]: mapping(evidence),
    [OSCAL_FILES.component]: componentDefinition(evidence),
    [OSCAL_FILES.results]: assessmentResults(evidence),
  };
  return Object.entries(documents).map(([file, document]) => [
    `oscal/${file}`,
    `${JSON.stringify(document, null, 2)}\n`,
  ]);
}
