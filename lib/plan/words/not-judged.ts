/** What a plan does not judge, in sentences. */
import { andList, code, plural, say } from '../../words';
import type { UnjudgedChange } from '../not-judged';
import type { Told } from './told';

/** How many places are named. */
const MOST_PLACES = 3;
const MARKS = { new: '+', changed: '~', gone: '-' } as const;

/** One kind of change, with the first of its places. */
export function tellUnjudged({ of, type, change, properties, places }: UnjudgedChange): Told {
  const isResource = of === 'resource';
  const named = places.slice(0, MOST_PLACES).map(code);
  const more = places.length - named.length;
  const where = say`${andList([...named, ...(more > 0 ? [`${more} more`] : [])])}`;
  const what = isResource ? code(type) : say`the part ${code(type)} of the template`;
  const does = { new: 'new', gone: 'gone', changed: 'changed' }[change];
  const count = isResource && places.length > 1 ? say`${plural(places.length, 'resource')} of ` : '';
  return {
    mark: MARKS[change],
    sentence: say`${count}${what} ${does}${properties.length > 0 ? say`, in ${andList(properties.map(code))}` : ''}: ${where}`,
    more: [],
    widens: false,
  };
}
