import { access, chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findExecutable, WayClosed, type Way } from './find-executable.ts';
import { cacheFolder, isExecutable, onPath, run, type Environment } from './machine.ts';
import { tellPlainly, type Progress } from './progress.ts';
import { cached, named, realSurroundings, type Surroundings } from './temporal-cli.ts';

const testServerVersion = '1.35.0';

/** The path of a program that starts the time-skipping server on the port given to it. */
export function findTestServer(
  progress: Progress = tellPlainly(),
  { env, download }: Surroundings = realSurroundings,
): Promise<string> {
  const folder = join(cacheFolder(env), `temporal-test-server-${testServerVersion}`);
  const target = join(folder, 'temporal-test-server');
  return findExecutable(
    {
      what: 'Time-skipping test server',
      lock: `${folder}.lock`,
      ways: [
        named('TEMPORAL_TEST_SERVER', env),
        cached(target),
        cachedJars(folder, target, env),
        {
          name: 'the download of the Temporal SDK',
          takes: 'up to a minute',
          walk: () =>
            download(
              {
                kind: 'createTimeSkipping',
                prefix: 'temporal-test-server',
                version: `v${testServerVersion}`,
                target,
              },
              env,
            ),
        },
        maven(folder, target, env),
      ],
      advice: 'Install Java and Maven, or set TEMPORAL_TEST_SERVER to the path of a `temporal-test-server` executable.',
    },
    progress,
  );
}

function cachedJars(folder: string, target: string, env: Environment): Way {
  return {
    name: "our cache of the server's jars",
    async walk() {
      const jars = join(folder, 'jars');
      await access(join(jars, `temporal-test-server-${testServerVersion}.jar`)).catch(() => {
        throw new WayClosed(`nothing there [${jars}]`);
      });
      return await writeWrapper(folder, target, env);
    },
  };
}

function maven(folder: string, target: string, env: Environment): Way {
  return {
    name: `Maven's io.temporal:temporal-test-server:${testServerVersion}`,
    takes: 'about half a minute',
    async walk() {
      const mvn = await onPath('mvn', env);
      if (!mvn) throw new WayClosed('there is no `mvn` on the PATH');
      if (!(await onPath('java', env))) throw new WayClosed('there is no `java` on the PATH');
      await mkdir(folder, { recursive: true });
      const work = await mkdtemp(join(folder, 'jars.download-'));
      try {
        await writeFile(join(work, 'pom.xml'), pom);
        const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
        await run(mvn, ['-q', '-B', copy, `-DoutputDirectory=${join(work, 'jars')}`], { env, cwd: work });
        await rename(join(work, 'jars'), join(folder, 'jars'));
      } finally {
        await rm(work, { recursive: true, force: true });
      }
      return await writeWrapper(folder, target, env);
    },
  };
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>longhaul</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${testServerVersion}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;

/** The SDK starts one program and stops it by its process id, hence \`exec\`. It waits 5 s for it, hence the quick JVM. */
async function writeWrapper(folder: string, target: string, env: Environment): Promise<string> {
  const java = await onPath('java', env);
  if (!java) throw new WayClosed('there is no `java` on the PATH');
  if (await isExecutable(target)) return target;
  const flags = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx512m';
  const draft = `${target}.${process.pid}`;
  await mkdir(dirname(target), { recursive: true });
  const line = `exec '${java}' ${flags} -cp '${join(folder, 'jars')}/*' io.temporal.testserver.TestServer "$@"`;
  await writeFile(draft, `#!/bin/sh\n${line}\n`);
  await chmod(draft, 0o755);
  await rename(draft, target);
  return target;
}
