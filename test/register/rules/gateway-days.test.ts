/** That no agreement rests on an enactment that is not yet, or no longer, in force on one of its days. */
import { citedIn } from '../../../lib/register/enactments';
import { type Edit, pointedAt, registerAfter, set } from '../samples';

const AGREEMENT = 'agreements/benefit-awards.yaml';

/** The agreement under this gateway, on these days. */
const under = (gateway: string, starts = '2026-04-01', ends = '2029-03-31'): Edit =>
  set(AGREEMENT, {
    'lawfulBasis.gateway': gateway,
    starts,
    ends,
    review: ends,
    'dpia.date': '2003-01-06',
  });
const sections = (gateway: string) =>
  citedIn(gateway).map(({ enactment, section }) => `${enactment.act} ${section ?? 'whole'}`);

describe('which enactments a gateway cites', () => {
  test.each([
    ['Care Act 2014, section 6 (co-operation).', ['Care Act 2014 6']],
    ['section 6 of the Care Act 2014', ['Care Act 2014 6']],
    ['Care Act 2014, sections 6(1) and 7', ['Care Act 2014 6', 'Care Act 2014 7']],
    ['Care Act 2014, s. 7; Children Act 1989, section 6', ['Care Act 2014 7']],
    ['Data Protection Act 1998, section 29(3)', ['Data Protection Act 1998 whole']],
    [
      'Children Act 2004, sections 16LA, 16LB and 16LC, in force from 2027-04-01',
      ['Children Act 2004 16LA', 'Children Act 2004 16LB', 'Children Act 2004 16LC'],
    ],
  ])('%s', (gateway, found) => expect(sections(gateway)).toEqual(found));

  test.each([
    'Care Act 2014, section 67',
    'Care Act 2014, Schedule 6',
    'Care Act 2014. The council acts under section 6 of the Children Act 1989.',
    'section 6 of the Children Act 1989 and the Care Act 2014',
    'Local Government Act 2000, section 22',
    'Common law: disclosure in the overriding public interest.',
  ])('none in: %s', (gateway) => expect(sections(gateway)).toEqual([]));
});

describe('an agreement lies within the days of what it rests on', () => {
  const refused = (...edits: Edit[]) => pointedAt(...edits).map((each) => each.replace(/:.*/, ''));
  const REFUSED = [`lawful-basis at ${AGREEMENT}, gateway`];

  test('from the first day on which the enactment can be relied on, and not the day before', () => {
    const on = (starts: string) => under('Care Act 2014, section 6', starts);
    const long: Edit[] = ['dwp', 'leeds'].map((id) =>
      set(`organisations/${id}.yaml`, { joins: '2014-01-01', identifiers: [] }),
    );
    expect(refused(...long, on('2015-03-31'))).toEqual(REFUSED);
    expect(registerAfter(...long, on('2015-04-01')).agreements).toHaveLength(1);
  });

  test('up to the day before the first on which it is known to be gone', () => {
    const until = (ends: string) => under('Data Protection Act 1998, section 29', '2018-01-01', ends);
    const long: Edit[] = ['dwp', 'leeds'].map((id) =>
      set(`organisations/${id}.yaml`, { joins: '2014-01-01', identifiers: [] }),
    );
    expect(refused(...long, until('2018-05-25'))).toEqual(REFUSED);
    expect(registerAfter(...long, until('2018-05-24')).agreements).toHaveLength(1);
  });

  test('and what the list does not have is not judged', () => {
    expect(registerAfter(under('Education Act 1996, section 508B')).agreements).toHaveLength(1);
  });
});
