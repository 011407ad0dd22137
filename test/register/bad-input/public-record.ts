/** Bad registers that withhold something from the public record and tell it all the same. */
import { type Edit, set } from '../samples';
import { AGREEMENT, type Cases } from './cases';

const withheld = (settings: readonly string[], reason = 'It would put people at risk.'): Edit =>
  set(AGREEMENT, { public: { withheld: settings, reason } });

export const PUBLIC_RECORD: Cases = {
  'withheld-nothing': [withheld([])],
  'withheld-without-reason': [withheld(['data.items']), set(AGREEMENT, { 'public.reason': undefined })],
  'withheld-what-is-not-told': [withheld(['contacts.breach'])],
  'withheld-with-everything': [withheld(['everything', 'data.items'])],
  'withheld-and-told-by-the-reason': [
    withheld(['purpose.aim'], 'That we wish to pay housing benefit correctly is nobody’s to know.'),
    set(AGREEMENT, { 'purpose.aim': 'To pay housing benefit correctly' }),
    set(AGREEMENT, { 'public.reason': 'TO PAY  housing benefit correctly is our secret.' }),
  ],
  'withheld-and-told-by-the-title': [
    withheld(['data.subjects']),
    set(AGREEMENT, { 'data.subjects': ['People in a women’s refuge'] }),
    set(AGREEMENT, { title: 'Awards of people in a women’s refuge' }),
  ],
  'withheld-and-named-by-the-title': [
    withheld(['parties']),
    set(AGREEMENT, { title: 'Awards for LEEDS  City Council' }),
  ],
  'withheld-whole-and-named-by-the-reason': [withheld(['everything'], 'Leeds City Council asked for it.')],
};
