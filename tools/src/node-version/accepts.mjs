/**
 * Whether a version of Node satisfies `engines` as ours is written: `^20.19.0 || >=24.0.0`. Parsed by ourselves, because
 * this runs before anything is known to be installed or to load.
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
 * The one line for whoever runs another Node; undefined when it is a good one.
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
