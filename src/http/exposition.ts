/** One metric: its kind, what it says, and its values, by label where there is one. What is null is not known and left out. */
export type Metric = {
  name: string;
  type: "counter" | "gauge";
  help: string;
} & ({ value: number | null } | { label: string; values: Record<string, number> });

/** Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** The metrics as text in that format. */
export function writeExposition(metrics: Metric[]): string {
  return metrics.map(writeMetric).join("");
}

function writeMetric(metric: Metric): string {
  const { name, type, help } = metric;
  const samples = samplesOf(metric);
  if (samples.length === 0) return "";
  return [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`, ...samples, ""].join("\n");
}

function samplesOf(metric: Metric): string[] {
  if ("value" in metric) return metric.value === null ? [] : [`${metric.name} ${metric.value}`];
  const { name, label, values } = metric;
  return Object.entries(values).map(
    ([of, value]) => `${name}{${label}="${escaped(of).replaceAll('"', '\\"')}"} ${value}`,
  );
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
