import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleApp, bundleLambda } from './app.ts';
import { compilePackage } from './package.ts';

/** `build/main.ts <project folder>` bundles an app, or compiles a published library to modules and declarations. */
const [folder] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, 'package.json'))) {
  throw new Error(`Name the folder of the project to build, for example apps/booking-worker [${folder ?? ''}]`);
}

if (existsSync(join(folder, 'src/main.ts'))) {
  await bundleApp(folder);
  if (existsSync(join(folder, 'src/lambda.ts'))) await bundleLambda(folder);
  if (existsSync(join(folder, 'src/workflows/index.ts'))) {
    // Imported only here, because it loads webpack, which takes longer than most apps take to build.
    const { bundleWorkflowsOf } = await import('./workflows.ts');
    await bundleWorkflowsOf(folder);
  }
} else {
  compilePackage(folder);
}
