// `npm test`: Jest, with more workers than there are processors, because most test files wait half of their time: for
// deadlines, for the round trips of simulated networks, for processes. Jest itself takes no share above 100 %.
import { availableParallelism } from 'node:os'
import { run } from 'jest'

const PER_PROCESSOR = 1.5

const given = process.argv.slice(2)
const isSaid = given.some(argument => /^(-w|--maxWorkers|-i$|--runInBand)/.test(argument))
const workers = Math.ceil(PER_PROCESSOR * availableParallelism())
await run(isSaid ? given : ['--maxWorkers', String(workers), ...given])
