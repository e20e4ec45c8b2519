const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 3rem auto; padding: 0 1.5rem; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid #8884; }
  pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
  .amount { font-size: 2rem; margin: .5rem 0 1.5rem; } .quiet { opacity: .7; }
  button { font: inherit; padding: .6rem 1.6rem; border: 0; border-radius: .4rem; background: #0a7d4f; color: #fff; cursor: pointer; }
`;

/** A piece of a page. Only `html` creates one and escapes all values, so that input of callers is never markup. */
export class Html {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  toString(): string {
    return this.#source;
  }
}

type Piece = string | number | Html | readonly Html[];

export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(parts.map((part, index) => part + (index < pieces.length ? rendered(pieces[index]!) : '')).join(''));
}

export function page(title: string, ...body: readonly Html[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${style}</style>
<h1>${escaped(title)}</h1>
${body.join('\n')}
</html>
`;
}

function rendered(piece: Piece): string {
  if (piece instanceof Html) return piece.toString();
  return Array.isArray(piece) ? piece.join('\n') : escaped(String(piece));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter]!);
}
