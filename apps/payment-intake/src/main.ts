import { runProcess } from '@longhaul/process-kit';
import { consumerVariables as variables } from './config.ts';
import { service as name, temporalIn as byLibraries } from './connections.ts';
import { serve } from './serve.ts';

await runProcess({ name, variables, byLibraries, level: ({ LOG_LEVEL }) => LOG_LEVEL, serve });
