import type { Effects } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { SharedPlace } from '../gateway/sharing/place.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Policy } from '../policy.ts'

/** What the action and the command line hand to `runJob`. */
export interface Job {
  readonly effects: Effects
  readonly inputs: Inputs
  readonly policy: Policy
  /** The clock's reading when the process began its work. */
  readonly startMs: number
  /** Warnings of the inputs. */
  readonly warnings: readonly Problem[]
  /** Processors of this machine. */
  readonly processors: number
  /** So little of a processor may be used that the pauses which that means would be measured with the proxies. */
  readonly pausing?: boolean
  /** Ours alone; the caller removes it. */
  readonly temporaryDirectory: string
  readonly onBackup: (directory: string) => void
  /** Run behind the gateway instead of the download. */
  readonly command?: readonly string[]
  /** The benchmark itself is asked for (`bench`): as for an empty module cache, and waiting for every candidate. */
  readonly thorough?: boolean
  /** Whether to fetch and install a Go that is missing; undefined: yes. */
  readonly installsGo?: boolean
  /** Where to keep the proven zip of the Go that is asked for. It is fetched even if that Go is installed. */
  readonly keptGoZip?: string
  /** The process that started this one: the runner, or a shell. */
  readonly parentProcessId: number
  /** Starts this program once more: the runtime, and the file it runs. Without it nothing is cached. */
  readonly program?: readonly [string, string]
  /** Aborts when the user or the runner stops us. */
  readonly signal: AbortSignal
  /** Where others than this job reach the gateway; undefined: nowhere, or not known yet. */
  readonly shared?: SharedPlace | undefined
}
