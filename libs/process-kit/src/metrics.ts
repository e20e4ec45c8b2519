/** The labels of a series. Their values must come from fixed lists, because each new combination is a new series. */
type Labels = Readonly<Record<string, string>>;

interface Counter {
  add(labels: Labels): void;
}

interface Histogram {
  observe(labels: Labels, value: number): void;
}

/** The metrics of a process. Workers use the SDK's metrics instead. */
export interface Metrics {
  counter(name: string, help: string): Counter;
  /** `buckets`: upper bounds, ascending. */
  histogram(name: string, help: string, buckets: readonly number[]): Histogram;
  /** In Prometheus's text format. */
  text(): string;
}

export function createMetrics(): Metrics {
  const families: (() => readonly string[])[] = [];
  const head = (name: string, help: string, type: string) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];

  return {
    counter(name, help) {
      const counts = new Map<string, number>();
      families.push(() => [
        ...head(name, help, 'counter'),
        ...[...counts].map(([labels, count]) => `${name}{${labels}} ${count}`),
      ]);
      return { add: (labels) => void counts.set(written(labels), (counts.get(written(labels)) ?? 0) + 1) };
    },
    histogram(name, help, buckets) {
      const series = new Map<string, { readonly within: number[]; sum: number; count: number }>();
      families.push(() => [
        ...head(name, help, 'histogram'),
        ...[...series].flatMap(([labels, { within, sum, count }]) => [
          ...buckets.map((bound, index) => `${name}_bucket{${labels},le="${bound}"} ${within[index]}`),
          `${name}_bucket{${labels},le="+Inf"} ${count}`,
          `${name}_sum{${labels}} ${sum}`,
          `${name}_count{${labels}} ${count}`,
        ]),
      ]);
      return {
        observe(labels, value) {
          const key = written(labels);
          const one = series.get(key) ?? { within: buckets.map(() => 0), sum: 0, count: 0 };
          series.set(key, one);
          buckets.forEach((bound, index) => value <= bound && (one.within[index]! += 1));
          one.sum += value;
          one.count += 1;
        },
      };
    },
    text: () => families.flatMap((family) => family()).join('\n'),
  };
}

function written(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`)
    .join(',');
}
