import type { Trip } from '../effects.ts';

/** Two ways to write one moment are one trip. */
export const tripKey = ({ bus, departureAt }: Trip): string => `${bus} at ${moment(departureAt)}`;

export const sameTrip = (a: Trip, b: Trip): boolean => tripKey(a) === tripKey(b);

function moment(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time : new Date(ms).toISOString();
}
