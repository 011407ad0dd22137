/** That a policy cannot be made with statements that an assessor could not tell apart or AWS would refuse. */
import { pascalCase, policy, type ResourceStatement } from '../../lib/policy/document';

const statement = (Sid: string): ResourceStatement => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:GetObject'],
  Resource: '*',
});

describe('policy', () => {
  it('keeps statements in the order given', () => {
    expect(policy(statement('First'), statement('Second')).Statement.map((each) => each.Sid)).toEqual([
      'First',
      'Second',
    ]);
  });

  it('refuses two statements of one name', () => {
    expect(() => policy(statement('Same'), statement('Same'))).toThrow("the Sid 'Same' occurs twice");
  });

  it.each(['', 'with space', 'with-hyphen', 'Ünicode', 'x'.repeat(129)])("refuses the Sid '%s'", (sid) => {
    expect(() => policy(statement(sid))).toThrow('is not a Sid');
  });
});

describe('pascalCase', () => {
  it.each([
    ['leeds', 'Leeds'],
    ['west-yorks-police', 'WestYorksPolice'],
    ['phase-2-pilot', 'Phase2Pilot'],
  ])('writes %s as %s', (handle, expected) => {
    expect(pascalCase(handle)).toBe(expected);
  });
});
