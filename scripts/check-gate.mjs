// The job `gate` of .github/workflows/ci.yml is the one that branch protection requires: it must need every other job.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

const path = '.github/workflows/ci.yml'
const { jobs } = parse(readFileSync(path, 'utf8'))
const needed = jobs.gate?.needs ?? []
const missing = Object.keys(jobs).filter(name => name !== 'gate' && !needed.includes(name))
if (missing.length > 0) {
  console.error(`${path}: the job gate does not need ${missing.join(', ')}; add it to its list of needs.`)
  process.exitCode = 1
}
