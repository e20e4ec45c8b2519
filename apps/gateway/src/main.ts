import { runGateway } from './serve.ts';

await runGateway(process.env);
