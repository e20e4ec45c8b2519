import { killMatrix } from '@longhaul/testing';
import { trials } from './trials.fixture.ts';

killMatrix(trials.approval);
