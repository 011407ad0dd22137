/**
 * What the codes ask an agreement to say, and the register has no setting for. A document that was silent on it would seem to be
 * whole: so it says what is missing, and the parties write it into a paper of their own, which this one does not sign.
 * @see https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/data-sharing-a-code-of-practice/
 * @see https://www.gov.uk/government/publications/digital-economy-act-2017-part-5-codes-of-practice
 */

/** What is asked, and by which code. */
export const ASKED_ELSEWHERE: readonly (readonly [what: string, code: string])[] = [
  ['What benefits individuals and society are to have of it', 'ICO data sharing code; DEA codes'],
  ['Where the people concerned are told of it (privacy notice)', 'ICO data sharing code; DEA codes'],
  [
    'How a request for access or a correction at one organisation reaches the others',
    'ICO data sharing code',
  ],
  ['How a duty of confidence at common law is met, where there is one', 'ICO data sharing code'],
  ['The view of the data protection officer, and who decided', 'ICO data sharing code (decision form)'],
  ['Training of those who use the data', 'ICO data sharing code; DEA codes'],
  ['Charges, where there are any', 'DEA codes'],
  ['Entry in the public register of information sharing under the Act, where it applies', 'DEA codes'],
];
