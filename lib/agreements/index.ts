/** Agreements as lawyers have them: the document, and what changed in it. */
export { disposalCertificate } from './certificate';
export { type AgreementState, compared } from './compare';
export { comparisonDocument } from './comparison-document';
export { agreementDocument } from './document';
export { DocumentError, filledIn } from './filled-in';
export { isOpenDocumentAsWritten, openDocumentText } from './open-document';
export { privacyNotice, whyNoNotice } from './privacy-notice';
export { unrecorded } from './processing-parts';
export { processingRecord } from './processing-record';
export { type ReadTerms, readTerms } from './read-terms';
export { termsWithValues, valueInWords } from './term-values';
