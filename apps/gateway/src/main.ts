import { runProcess } from '@longhaul/process-kit';
import { together, variables } from './config.ts';
import { serve, temporalIn as byLibraries } from './serve.ts';

await runProcess({ name: 'gateway', variables, together, byLibraries, level: ({ LOG_LEVEL }) => LOG_LEVEL, serve });
