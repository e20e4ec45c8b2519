export { missingFrom, patchesIn, type Promised } from './gate.ts';
export {
  cancelInTemporal,
  cancelNow,
  loseAnswer,
  playThrough,
  refuse,
  resolve,
  retry,
  seeThrough,
  sendCancel,
  settled,
  signalNow,
  untilParked,
  type Play,
} from './play.ts';
export { readHistories, type RecordedHistory } from './recorded.ts';
export { recordRuns, type RecordedRun, type Recording } from './record.ts';
export { brokenReplays, storiesOf, type Stories } from './replay.ts';
