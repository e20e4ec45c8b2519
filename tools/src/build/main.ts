import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleApp, bundleLambda } from './app.ts';
import { compilePackage } from './package.ts';

/** `build/main.ts <project folder>`: an app becomes its bundles, a published library its modules and declarations. */
const [folder] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, 'package.json'))) {
  throw new Error(`Which project is to be built? Name its folder, as in apps/booking-worker [${folder ?? ''}]`);
}

if (existsSync(join(folder, 'src/main.ts'))) {
  await bundleApp(folder);
  if (existsSync(join(folder, 'src/lambda.ts'))) await bundleLambda(folder);
  if (existsSync(join(folder, 'src/workflows/index.ts'))) {
    // Loaded only here: it brings webpack, which takes longer to load than most apps take to build.
    const { bundleWorkflowsOf } = await import('./workflows.ts');
    await bundleWorkflowsOf(folder);
  }
} else {
  compilePackage(folder);
}
