import type { FastifyInstance } from 'fastify';
import { html, page, type Html } from './html.ts';

/** A link on the first page to something outside the sandbox. */
export interface Link {
  readonly name: string;
  readonly url: string;
}

/** The first page, with links to everything that can be viewed. */
export function serveHome(
  app: FastifyInstance,
  links: readonly Link[],
  ofServices: () => Promise<readonly Html[]>,
): void {
  app.get('/', async (_request, reply) => reply.type('text/html').send(homePage(links, await ofServices())));
}

const ours: readonly (Link & { readonly about: string })[] = [
  { name: 'Outbox', url: '/outbox', about: 'the mails to passengers, payers and merchants' },
  { name: 'Evidence', url: '/evidence', about: 'all that the services did and were asked, as JSON' },
  { name: 'Faults', url: '/faults', about: 'the fault plan, as JSON' },
];

function homePage(links: readonly Link[], ofServices: readonly Html[]): string {
  const elsewhere = links.map(({ name, url }) => html`<li><a href="${url}">${name}</a></li>`);
  const here = ours.map(({ name, url, about }) => html`<li><a href="${url}">${name}</a>: ${about}</li>`);
  return page(
    'Longhaul sandbox',
    html`<p>The services that Longhaul calls, as one process: real enough to book, to pay and to fail.</p>`,
    html`<ul>
      ${[...elsewhere, ...here]}
    </ul>`,
    ...ofServices,
  );
}
