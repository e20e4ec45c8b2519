import { marks, type MarksOf } from '../../every-service/marks.ts';

export const { open, markUndone, alreadyUndone }: MarksOf<'charge' | 'payment' | 'top-up'> = marks;
