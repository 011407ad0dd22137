/** Departures from a plan in words. */
import type { Departure } from './compare';

/** One thing in which a change set is not as planned. No full stop. */
export function departureWords(departure: Departure): string {
  switch (departure.kind) {
    case 'template':
      return 'its template is not the one of the plan';
    case 'not-planned':
      return `${departure.action} of ${departure.id} (${departure.type}): the plan has nothing of it`;
    case 'type':
      return `${departure.id} is of type ${departure.type}, and in the plan of ${departure.planned}`;
    case 'action':
      return `${departure.action} of ${departure.id}: the plan has ${departure.planned}`;
    case 'replaced':
      return `${departure.id} (${departure.type}) would be replaced, or might be: the plan changes it in place`;
    case 'missing':
      return `${departure.planned} of ${departure.id}: the change set has nothing of it`;
  }
}
