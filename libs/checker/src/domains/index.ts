import type { Domain } from '../domain.ts';
import { booking } from './booking/index.ts';
import { payment } from './payment/index.ts';
import { approval } from './approval/index.ts';

export const domains: readonly Domain[] = [booking, payment, approval];
