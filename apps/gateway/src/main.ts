import { runProcess } from '@longhaul/process-kit';
import { together, variables } from './config.ts';
import { serve } from './serve.ts';

await runProcess({ name: 'gateway', variables, together, level: ({ LOG_LEVEL }) => LOG_LEVEL, serve });
