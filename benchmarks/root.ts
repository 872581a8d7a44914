import { fileURLToPath } from 'node:url'

/** The repository's, seen from where this is compiled to: `.cache/benchmarks/benchmarks/`. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))
