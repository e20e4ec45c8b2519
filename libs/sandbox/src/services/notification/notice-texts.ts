/** The text of each template. After the opening, a notice lists its data, one item per line. */
export type NoticeTexts = Readonly<Record<string, { readonly subject: string; readonly opening: string }>>;

export interface Notice {
  readonly user: string;
  readonly template: string;
  readonly data: Readonly<Record<string, string>>;
}

export function mailOf(texts: NoticeTexts, { user, template, data }: Notice) {
  const { subject, opening } = texts[template]!;
  const facts = Object.entries(data).map(([name, value]) => `${name}: ${value}`);
  return { to: `${user}@passengers.longhaul.test`, subject, text: [opening, '', ...facts, ''].join('\n') };
}
