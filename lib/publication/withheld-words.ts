/** What is withheld, in words of the public. */
import type { PublicSetting } from '../register';

const SETTINGS: Readonly<Record<PublicSetting, string>> = {
  parties: 'who shares with whom',
  'purpose.aim': 'why',
  'purpose.necessity': 'why it is necessary',
  'purpose.permittedUses': 'what it may be used for',
  'purpose.prohibitedUses': 'what it may not be used for',
  'data.items': 'what is shared',
  'data.subjects': 'whom it is about',
  'data.specialCategories': 'special categories of personal data',
  'data.criminalOffence': 'whether it includes convictions or offences',
  lawfulBasis: 'under which law',
  dpia: 'the impact assessment',
  retention: 'how long it is kept',
  starts: 'the first day',
  ends: 'the last day',
  review: 'the day of review',
  contract: 'the description of its columns',
  counts: 'how often',
};

/** `how often` */
export function settingInWords(setting: PublicSetting): string {
  return SETTINGS[setting];
}
