/** Agreements as lawyers have them: the document, and what changed in it. */
export { disposalCertificate } from './certificate';
export { type AgreementState, compared } from './compare';
export { comparisonDocument } from './comparison-document';
export { agreementDocument } from './document';
export { DocumentError, filledIn } from './filled-in';
export { isOpenDocumentAsWritten, openDocumentText } from './open-document';
export { privacyNotice, whyNoNotice } from './privacy-notice';
export { type ReadTerms, readTerms } from './read-terms';
export { termsWithValues, valueInWords } from './term-values';
