/**
 * Formats an amount in minor units for people: "NGN 200.00", "RWF 3,500". The decimals of `Intl` are good enough for a page;
 * amounts to charge never come from here.
 */
export function amountInWords(amount: number, currency: string): string {
  const shown = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const { maximumFractionDigits: digits = 2 } = shown.resolvedOptions();
  return shown.format(amount / 10 ** digits).replace('\u00a0', ' ');
}
