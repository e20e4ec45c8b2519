import { Approval } from '@longhaul/contracts';
import type { Trial } from '@longhaul/testing';
import { approvalWorkers } from './approval.fixture.ts';
import { approvalReads, approvalScenarios } from './scenarios.fixture.ts';

const approval: Trial<typeof Approval> = {
  worker: 'approval-worker',
  workers: approvalWorkers,
  contract: Approval,
  scenarios: approvalScenarios,
  reads: approvalReads,
  numbered: ['planStage', 'recordEntry', 'tellPerson'],
};

/** How each workflow of this worker is tried, by its contract's type. */
export const trials = { approval };
