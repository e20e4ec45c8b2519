import { faultMatrix } from '@longhaul/testing';
import { trials } from '../trials.fixture.ts';

faultMatrix(trials.approval);
