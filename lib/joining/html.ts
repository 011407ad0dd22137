/** A joining pack as one HTML file. */
import { documentPage } from '../words';
import { packDocument, type Section } from './section';

/** The whole file. */
export function packHtml(title: string, sections: readonly Section[]): string {
  return documentPage(title, packDocument(title, sections));
}
