// The table of metrics, which is TypeScript that imports nothing: without its types it is a module that Node takes.
import { readFileSync } from 'node:fs'
import ts from 'typescript'

const TABLE = 'src/report/metrics/table.ts'

/**
 * @returns {Promise<{ METRICS: Record<string, Metric>, RUN_LABELS: readonly string[] }>}
 * @typedef {{ name: string, type: string, unit: string, labels: readonly string[], help: string }} Metric
 */
export async function readMetricsTable() {
  const { outputText } = ts.transpileModule(readFileSync(TABLE, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 },
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`)
}
