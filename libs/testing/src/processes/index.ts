export { startApp, type AppProcess, type AppProcessSpec, type LogLine } from './app-process.ts';
export {
  apps,
  bundleOf,
  domains,
  namespace,
  queuesOf,
  repository,
  type Addresses,
  type App,
  type Domain,
} from './apps.ts';
export { issueToken, Refused } from './caller.ts';
export { houseApi, type HouseApi, type StartedRun } from './house-api.ts';
export { quotedRide, type RideRequest } from '../quoted-ride.ts';
export { evidenceOf, judgeHouse, type Verdict } from './judge-house.ts';
export { untilReady } from './ready.ts';
export { openRealHouse, type RealHouse } from './real-house.ts';
