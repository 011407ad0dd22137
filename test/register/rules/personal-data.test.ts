/** That the register holds nothing that identifies a person. */
import fc from 'fast-check';
import { YamlSource } from '../../../lib/register/yaml-source';
import { append, edited, faultsAfter, MINIMAL, pointedAt, registerAfter, replace, set } from '../samples';
import { writtenInYaml } from '../yaml-writings';

const AGREEMENT = 'agreements/benefit-awards.yaml';
const CONTRACT = 'contracts/benefit-awards.yaml';
const LEEDS = 'organisations/leeds.yaml';

/** What identifies a person, in the midst of other text, and a way to write that in YAML. */
const written = fc
  .tuple(
    fc.array(fc.constantFrom('Claim of ', 'n\n', "it's (", 'C:\\new\t', '"so": ', '# ', 'x\n\n', 'é ')),
    fc.constantFrom(
      ...['AB123456C', 'AB 12 34 56 C', '9434765919', '943 476 5919', '943-476-5919'],
      ...['07700 900123', '+447700900123', 'jane.smith@leeds.example'],
    ),
    fc.array(fc.constantFrom('.', ' twice', ') and', ': no', ' # or', '\nn', '\n\nx', '"', "'s")),
  )
  .map((parts) => parts.flat().join(''))
  .chain((value) => writtenInYaml(value, '    ').map((yaml) => ({ value, yaml })));

describe('no text identifies a person', () => {
  const said = (text: string) =>
    pointedAt(set(AGREEMENT, { 'purpose.aim': text })).map((each) => each.replace(/ at .*/, ''));

  // 943 476 5919 is the number by which the NHS Data Dictionary explains the check digit.
  test.each([
    'Claim of AB123456C.',
    'Claim of AB 12 34 56 C.',
    'Patient 9434765919',
    'Patient 943 476 5919.',
    'Ring 07700 900123.',
    'Ring +44 7700 900123.',
    'Ask jane.smith@leeds.example.',
  ])('%s', (text) => expect(said(text)).toEqual(['personal-data']));

  // HMRC’s example has a prefix that is given to nobody, and numbers that begin with 999 are for tests.
  test.each([
    'Such as QQ123456C.',
    'Such as 999 123 4567.',
    'Number 9434765918 does not check.',
    'Account 100000000011 and order 94347659190.',
    'Regulation 2012/1483, section 131(1), 0113 496 0000.',
    'Ask data.protection@leeds.example.',
  ])('but not %s', (text) => expect(said(text)).toEqual([]));

  test('in files of contracts and organisations either', () => {
    expect(pointedAt(set(LEEDS, { name: 'Leeds of AB123456C' }))).toEqual([
      `personal-data at ${LEEDS}, name: Leeds of AB123456C`,
    ]);
  });

  test('the telephone of a help desk is no mobile one, and any other', () => {
    const { contacts } = registerAfter().organisation('leeds' as never);
    const said = (helpDeskTelephone: string) =>
      pointedAt(set(LEEDS, { contacts: { ...contacts, helpDeskTelephone } })).map((each) =>
        each.replace(/, .*/, ''),
      );
    for (const mobile of ['07700 900123', '077 0090 0123', '+44 7700 900 123'])
      expect(said(mobile)).toEqual([`personal-data at ${LEEDS}`]);
    for (const desk of ['0113 496 0000', '943 476 5919', '0800 111111']) expect(said(desk)).toEqual([]);
  });

  test('nor does a number without quotes, whose first zero YAML drops', () => {
    const example = (written: string) =>
      pointedAt(append(CONTRACT, `        examples:\n          - ${written}\n`));
    expect(example('9434765919')).toEqual([`personal-data at ${CONTRACT}, - 9434765919`]);
    expect(example('07700900123 # made up')).toEqual([
      `personal-data at ${CONTRACT}, - 07700900123 # made up`,
    ]);
    expect(example('9434765918')).toEqual([]);
    expect(example('7700900123')).toEqual([]);
  });

  test('however the file writes it', () => {
    fc.assert(
      fc.property(written, ({ value, yaml }) => {
        const edit = replace(AGREEMENT, 'To let the council pay the right Housing Benefit.', yaml);
        expect(faultsAfter(edit).map(({ code }) => code)).toEqual(['personal-data']);
        const bytes = edited(MINIMAL, edit).find(({ path }) => path === AGREEMENT)?.bytes ?? Buffer.of();
        expect(new YamlSource(AGREEMENT, bytes).value).toMatchObject({ purpose: { aim: value } });
      }),
      { numRuns: 500 },
    );
  });

  test('and mailboxes of teams stand where contacts are', () => {
    expect(registerAfter().agreements).toHaveLength(1);
  });
});
