import { FAMILIES } from '../../benchmarks/failures/rows/all.ts'
import { playFamily } from './play.ts'

playFamily(FAMILIES.usage)
