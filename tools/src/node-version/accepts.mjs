/**
 * Whether a version of Node satisfies a range such as ours in `engines`: `^20.19.0 || >=24.0.0`. Parsed without a package,
 * because this runs before anything is installed.
 *
 * @param {string} range
 * @param {string} version
 * @returns {boolean}
 */
export function accepts(range, version) {
  const [major, minor, patch] = numbers(version);
  return range.split('||').some((alternative) => {
    const [wantedMajor, wantedMinor, wantedPatch] = numbers(alternative);
    if (major !== wantedMajor) return alternative.includes('>=') && major > wantedMajor;
    return minor !== wantedMinor ? minor > wantedMinor : patch >= wantedPatch;
  });
}

/**
 * The message for an unsupported Node version; undefined if it is supported.
 *
 * @param {string} range
 * @param {string} named
 * @param {string} version
 * @returns {string | undefined}
 */
export function refusal(range, named, version) {
  if (accepts(range, version)) return undefined;
  return `Longhaul needs Node ${range}, and this is Node ${version}. Install Node ${named} (.nvmrc) and run npm ci again.`;
}

/**
 * @param {string} text
 * @returns {[number, number, number]}
 */
function numbers(text) {
  const found = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text);
  return [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0), Number(found?.[3] ?? 0)];
}
