/** That no term of an agreement, or of the contract of its data, changes without being said in its own words. */
import { termChanges, widensTerms } from '../../lib/plan/terms';
import { tellTerms } from '../../lib/plan/words/terms';
import type { Agreement, OrganisationId, RegisterContent } from '../../lib/register';
import type { WrittenAgreement } from '../../lib/register/schema/agreement';
import { markedText } from '../../lib/words';
import { unproven } from './pair';

type Loose<T> = { -readonly [Key in keyof T]: T[Key] };

const { source, world } = unproven();
const named = new Map(world.register.organisations.map((each) => [each.id, each]));
const AWARDS = 'benefit-awards';

type Edit = (agreement: Loose<WrittenAgreement>, register: RegisterContent) => void;

function termChangesBetween(before: Edit, after: Edit) {
  const [was, is] = [before, after].map((change) => {
    const register = JSON.parse(source.file('register.json') ?? '') as RegisterContent;
    const one = register.agreements.find(({ id }) => id === AWARDS);
    if (one === undefined) throw new Error(`there is no ${AWARDS}`);
    change(one as Loose<WrittenAgreement>, register);
    const text = JSON.stringify(register);
    return { ...source, file: (name: string) => (name === 'register.json' ? text : source.file(name)) };
  });
  if (was === undefined || is === undefined) throw new Error('there are two');
  return termChanges(was, is);
}

function told(change: Edit): string[] {
  return termChangesBetween(() => undefined, change).map((each) => {
    const { sentence, widens } = tellTerms(each, { named });
    return `${widens ? 'WIDENS ' : ''}${markedText(sentence)}`;
  });
}

test.each<[string, (agreement: Loose<WrittenAgreement>) => void]>([
  [
    'largest object 1 GB to 200 GB',
    (each) => {
      each.delivery = { ...each.delivery, largestObject: '200 GB' };
    },
  ],
  [
    'review 31 March 2027 to 1 December 2027',
    (each) => {
      each.review = '2027-12-01' as Agreement['review'];
    },
  ],
  [
    'media types with `application/vnd.fresh`',
    (each) => {
      each.delivery = {
        ...each.delivery,
        mediaTypes: [
          ...each.delivery.mediaTypes,
          'application/vnd.fresh' as Agreement['delivery']['mediaTypes'][number],
        ],
      };
    },
  ],
  [
    'recipients with London Borough of Camden',
    (each) => {
      each.recipients = [...(each.recipients ?? []), 'camden' as OrganisationId];
    },
  ],
  [
    'time to collect 5 days to 2 weeks',
    (each) => {
      each.delivery = { ...each.delivery, collectWithin: 'P2W' };
    },
  ],
])('%s', (expected, change) => {
  const [sentence = '', ...more] = told(change);
  expect(more).toEqual([]);
  const [, called] = /^(.*?) (?:\d|with)/.exec(expected) ?? [];
  expect(sentence).toContain(`In \`${AWARDS}\` of Department for Work and Pensions: ${called}`);
  expect(sentence).toContain(expected.slice(expected.lastIndexOf(' to ')).trim());
});

test('links that are allowed widen, and those that are not allowed any more do not', () => {
  const [allowed] = told((each) => {
    each.delivery = { ...each.delivery, presignedUrls: 'allowed' };
  });
  expect(allowed).toMatch(/^WIDENS .*collecting by links/);
});

test('an agreement that no longer asks for approvals widens, and one that comes to ask for them does not', () => {
  const asking = (each: Loose<WrittenAgreement>) => {
    each.approvals = 'required';
  };
  expect(told(asking)).toEqual([expect.stringMatching(/^In .*: approval by every party is now required$/)]);
  const [change] = termChangesBetween(asking, () => undefined);
  expect(change && [widensTerms(change), markedText(tellTerms(change, { named }).sentence)]).toEqual([
    true,
    expect.stringMatching(/: approval by every party is no longer said \(was required\)$/),
  ]);
});

test('a term that nobody has words for is told by its path', () => {
  const [sentence] = told((each) => Object.assign(each, { fresh: { term: 'x' } }));
  expect(sentence).toMatch(/`fresh\.term` is now x$/);
});

test('of the same register nothing is told', () => {
  expect(told(() => undefined)).toEqual([]);
});

test('whoever is given a key of a sealed agreement gains, and so does everybody once it is sealed no more', () => {
  const sealed = (...keys: readonly string[]) => ({
    why: 'Nobody else is to read it',
    keys: keys.map((key) => ({ key, holder: 'leeds', keptBy: 'The duty team' })),
  });
  const register = JSON.parse(source.file('register.json') ?? '') as RegisterContent;
  const between = (before: object | undefined, after: object | undefined) => {
    const [was, is] = [before, after].map((each) => {
      const agreements = register.agreements.map((one) =>
        one.id === AWARDS ? { ...one, ...(each && { sealed: each }) } : one,
      );
      const text = JSON.stringify({ ...register, agreements });
      return { ...source, file: (name: string) => (name === 'register.json' ? text : source.file(name)) };
    });
    if (was === undefined || is === undefined) throw new Error('there are two');
    return termChanges(was, is).map((each) => {
      const { sentence, widens } = tellTerms(each, { named });
      return [widens, markedText(sentence)];
    });
  };
  expect(between(sealed('age1one'), sealed('age1one', 'age1two'))).toEqual([
    [true, expect.stringContaining('keys that it is sealed to with')],
  ]);
  expect(between(sealed('age1one', 'age1two'), sealed('age1two'))).toEqual([
    [false, expect.stringContaining('keys that it is sealed to without')],
  ]);
  expect(between(sealed('age1one'), undefined)).toEqual([[true, expect.any(String)]]);
  expect(between(undefined, sealed('age1one'))).toEqual([[false, expect.any(String)]]);
});
