import { isOlder } from './version.ts'

/** Of a control group's quota the runtime takes no less. */
const LEAST = 2

/**
 * How many processors go uses unless GOMAXPROCS says so; `go mod download` fetches as many modules at a time. Since
 * Go 1.25 a control group's quota counts. Source: runtime, adjustCgroupGOMAXPROCS.
 * @param quota in processors; undefined: none
 */
export function defaultGomaxprocs(version: string, processors: number, quota: number | undefined): number {
  if (quota === undefined || isOlder(version, 'go1.25')) return processors
  return Math.min(processors, Math.max(LEAST, Math.ceil(quota)))
}
