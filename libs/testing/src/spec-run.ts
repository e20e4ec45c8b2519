/**
 * What the files of one run of the specs share, as `vitest-setup.ts` hands it to them. Vitest loads that file by rules of its
 * own, so neither may import a package of this repository.
 */
export const specRun = {
  /** The address of a Temporal server that is up already. */
  server: 'LONGHAUL_TEST_SERVER',
  /** A folder for the workflows' bundles: making one takes two seconds. */
  bundles: 'LONGHAUL_SPEC_BUNDLES',
} as const;
