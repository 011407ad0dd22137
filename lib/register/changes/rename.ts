/** Renaming an organisation: its official name and codes change, its id and everything in AWS stay. */
import { addDays, type IsoDate, inWords } from '../calendar';
import type { RegisterFile } from '../folder';
import type { Organisation } from '../schema/organisation';
import { about, type Change, ChangeRefused, checkedChange, fileAt, soundRegister } from './change';
import { scalar, withSetting, withText } from './yaml-edit';

/** A new name, and the codes that begin with it; each ends the one of its scheme that was in use. */
export interface Renaming {
  readonly id: string;
  readonly name: string;
  readonly on: IsoDate;
  readonly codes: readonly { readonly scheme: string; readonly value: string }[];
}

/**
 * @throws ChangeRefused if there is no such organisation, or it has that name already
 * @throws ChangeUnsound if the register is faulty, or would be: a code of the wrong form, or of another organisation
 */
export function renamed(files: readonly RegisterFile[], renaming: Renaming, asOf: IsoDate): Change {
  const { id, name, on, codes } = renaming;
  const before = soundRegister(files, asOf, 'the register is faulty');
  const organisation = before.organisations.find((each) => each.id === id);
  if (organisation === undefined)
    throw new ChangeRefused(`${id} was not renamed`, [
      about('from', `there is no organisation ${id} in the register`),
    ]);
  if (organisation.name === name && codes.length === 0)
    throw new ChangeRefused(`${id} was not renamed`, [about('rename', `it is called ${name} already`)]);
  const path = `organisations/${id}.yaml`;
  let file = withText(fileAt(files, path), ['name'], name);
  const all = [
    ...organisation.identifiers.map((each) => endedBy(each, codes, on)),
    ...codes.map((each) => ({ ...each, from: on, until: undefined })),
  ];
  if (codes.length > 0)
    file = withSetting(file, 'identifiers', [
      'identifiers:',
      ...all.flatMap(({ scheme, value, from, until }) => [
        `  - scheme: ${scheme}`,
        `    value: ${/^\d+$/.test(value) ? JSON.stringify(value) : scalar(value)}`,
        `    from: ${from}`,
        ...(until === undefined ? [] : [`    until: ${until}`]),
      ]),
    ]);
  return checkedChange(
    files,
    before,
    new Map([[path, file]]),
    [
      `${id} is called ${name}. Its id, and every name in AWS, stay as they are.`,
      ...codes.map(({ scheme, value }) => `${scheme} ${value} is in use from ${inWords(on)}.`),
      `Let this take effect on ${inWords(on)} or later: a name has no dates of its own.`,
    ],
    asOf,
  );
}

function endedBy(
  identifier: Organisation['identifiers'][number],
  codes: Renaming['codes'],
  on: IsoDate,
): { scheme: string; value: string; from: string; until: string | undefined } {
  const { scheme, value, from, until } = identifier;
  const followed = codes.some((each) => each.scheme === scheme);
  return { scheme, value, from, until: until ?? (followed && from < on ? addDays(on, -1) : undefined) };
}
