// A reporter for Jest: the ten test files that took longest, as lines `slowest: SECONDS FILE` that .ci/run collects.
import { relative } from 'node:path'

const SHOWN = 10

export default class SlowestFiles {
  onRunComplete(_, { testResults }) {
    const timed = testResults.map(({ testFilePath, perfStats }) => ({
      file: relative(process.cwd(), testFilePath),
      seconds: (perfStats.end - perfStats.start) / 1000,
    }))
    const slowest = timed.sort((a, b) => b.seconds - a.seconds).slice(0, SHOWN)
    for (const { file, seconds } of slowest) console.log(`slowest: ${seconds.toFixed(1).padStart(6)} s ${file}`)
  }
}
