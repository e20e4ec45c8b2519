import type { Trip } from '../effects.ts';

/** Equal for equal departure times, however they are written. */
export const tripKey = ({ bus, departureAt }: Trip): string => `${bus} at ${moment(departureAt)}`;

export const sameTrip = (a: Trip, b: Trip): boolean => tripKey(a) === tripKey(b);

function moment(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time : new Date(ms).toISOString();
}
