/** That the pack of either party says who writes to whom, and what an inbox is not; and others are told of nothing. */
import { openAssembly } from '../../lib/assembly';
import { packFrom } from '../../lib/commands/organisations/onboard-templates';
import { correspondenceSections } from '../../lib/joining/correspondence';
import { documentText } from '../../lib/words';
import { registerOf } from '../policy/sample-register';
import { LETTERS_ID, letters, MAILBOX, NOTIFY } from '../register/letters';
import { synthesised } from '../stacks/sample-assembly';

const sample = synthesised({ files: letters() });
const pageOf = (id: string) => {
  const { files } = packFrom(sample.register, id as never, sample.asOf, openAssembly(sample.folder));
  return files
    .filter(({ path }) => path.endsWith('.html'))
    .map(({ bytes }) =>
      Buffer.from(bytes)
        .toString()
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' '),
    )
    .join(' ');
};

test('each party is told of both ways, of its own inbox with its readers, and of the other’s by its team', () => {
  const [dwp, leeds] = ['dwp', 'leeds'].map(pageOf);
  expect(leeds).toContain(`${LETTERS_ID} you to Department for Work and Pensions`);
  expect(leeds).toContain(`${LETTERS_ID} Department for Work and Pensions to you`);
  expect(leeds).toContain('Adult safeguarding team yours, for');
  expect(leeds).toContain('Vulnerable customer team of Department for Work and Pensions: you write to it');
  expect(leeds).not.toContain('safeguarding-desk@dwp.example');
  expect(dwp).toContain(
    'Vulnerable customer team yours, for arn:aws:iam::012345678901:role/safeguarding/desk',
  );
  expect(dwp).toContain('whoever may collect at an organisation can read');
  expect(dwp).not.toContain('adult-safeguarding@leeds.example');
});

test('its teams are told what to confirm: of each account that writes to them, and once of the zone where that reminds by SNS', () => {
  const said = (register: Parameters<typeof correspondenceSections>[0]['register']) => {
    const organisation = register.organisation('leeds' as never);
    if (organisation.membership !== 'member') throw new Error('Leeds is no member');
    return JSON.stringify(correspondenceSections({ register, organisation, asOf: sample.asOf } as never));
  };
  expect(said(sample.register)).toMatch(/Subscription Confirmation(?!.*One more comes from the zone)/);
  expect(said(registerOf(letters(...MAILBOX)))).toMatch(/One more comes from the zone/);
  expect(said(registerOf(letters(NOTIFY)))).not.toContain('Subscription Confirmation');
});

test('its people are told of the help desk that the register has, or that it has none', () => {
  const said = (contacts: object) => {
    const register = registerOf(letters());
    const organisation = register.organisation('leeds' as never);
    const now = { ...organisation, contacts: { ...organisation.contacts, ...contacts } };
    const sections = correspondenceSections({ register, organisation: now, asOf: sample.asOf } as never);
    return documentText(sections.flatMap(({ blocks }) => blocks)).replaceAll(/\s+/g, ' ');
  };
  expect(said({})).toContain('The register names no IT help desk of yours.');
  const desk = { helpDesk: 'service-desk@leeds.example', helpDeskTelephone: '0113 496 0120' };
  expect(said(desk)).toContain(
    'the mailbox’s page does not work: service-desk@leeds.example, telephone 0113 496 0120. The page says so to anybody who opens it.',
  );
  expect(said({ helpDeskTelephone: '0113 496 0120' })).toContain('not work: telephone 0113 496 0120.');
});

test('an organisation without letters is told of none', () => {
  expect(pageOf('routing')).not.toContain('Who writes to whom');
});
