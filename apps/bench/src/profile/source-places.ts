import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from './groups.ts';
import type { CallFrame } from './read-profile.ts';

/**
 * Finds the source of functions in built files through source maps. `workflows` is the workflow bundle, which has another name in
 * the sandbox.
 */
export function sourcePlaces(workflows: string): (frame: CallFrame) => Frame {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (url: string): SourceMap | undefined => {
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    if (!maps.has(file)) maps.set(file, readMap(/workflow-bundle-/.test(file) ? workflows : file));
    return maps.get(file);
  };
  return (frame) => {
    if (!/\/dist\/[^/]+\.js$|workflow-bundle-/.test(frame.url) || frame.url.includes('node_modules')) return frame;
    const entry = mapOf(frame.url)?.findEntry(frame.lineNumber, frame.columnNumber);
    return entry && 'originalSource' in entry ? { functionName: frame.functionName, url: entry.originalSource } : frame;
  };
}

function readMap(file: string): SourceMap | undefined {
  const code = readFileSync(file, 'utf8');
  const inline = /\/\/# sourceMappingURL=data:application\/json;[^,]*base64,([A-Za-z0-9+/=]+)\s*$/.exec(
    code.slice(code.lastIndexOf('\n//# ')),
  );
  const beside = code.includes(`sourceMappingURL=${basename(file)}.map`)
    ? readFileSync(`${file}.map`, 'utf8')
    : undefined;
  const json = inline?.[1] === undefined ? beside : Buffer.from(inline[1], 'base64').toString();
  return json === undefined ? undefined : new SourceMap(JSON.parse(json) as SourceMapPayload);
}
