/**
 * An amount in minor units as a person reads it: "NGN 200.00", "RWF 3,500". `Intl` knows how many decimals a currency has well
 * enough for a page; what is charged is never made from this.
 */
export function amountInWords(amount: number, currency: string): string {
  const shown = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const { maximumFractionDigits: digits = 2 } = shown.resolvedOptions();
  return shown.format(amount / 10 ** digits).replace('\u00a0', ' ');
}
