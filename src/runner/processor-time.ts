import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * Processor time that a process group has used so far, in milliseconds: that of its processes, and of their children
 * that have ended. @param group its leader's process id
 * @returns undefined where the system does not say (Windows), or when the group is gone
 */
export async function processorTime(group: number, platform: NodeJS.Platform): Promise<number | undefined> {
  if (platform === 'win32') return undefined
  const times = platform === 'linux' ? timesInProc(group) : timesInList(await listProcesses(), group)
  return times.length === 0 ? undefined : times.reduce((sum, ms) => sum + ms, 0)
}

/** The unit of every time in /proc, on all architectures (USER_HZ, proc_pid_stat(5)). */
const MS_PER_TICK = 10

function timesInProc(group: number): readonly number[] {
  return processIds().flatMap(id => parseProcStat(readStat(id), group) ?? [])
}

function processIds(): readonly string[] {
  try {
    return readdirSync('/proc').filter(name => /^\d+$/.test(name))
  } catch {
    return []
  }
}

/** Empty for a process that has ended since it was listed, or that may not be seen. */
function readStat(id: string): string {
  try {
    return readFileSync(`/proc/${id}/stat`, 'latin1')
  } catch {
    return ''
  }
}

/**
 * A line of /proc/PID/stat. The name in parentheses may hold anything, so what counts begins behind the last one.
 * @returns the process's time and its ended children's; undefined when it belongs to another group
 */
export function parseProcStat(line: string, group: number): number | undefined {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  if (Number(fields[2]) !== group) return undefined
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return Number.isFinite(ticks) ? ticks * MS_PER_TICK : undefined
}

/**
 * Whether all that is left of a process group has ended, and only its parent has not asked for that yet. What git leaves
 * behind becomes a child of the system's first process; in a container that is often one that never asks, and the group
 * would seem to be there for ever. @returns false where the system does not say
 */
export function isAllZombies(group: number, platform: NodeJS.Platform): boolean {
  const states = platform === 'linux' ? processIds().flatMap(id => parseProcState(readStat(id), group) ?? []) : []
  return states.length > 0 && states.every(state => state === 'Z' || state === 'X')
}

/** @returns the letter of proc_pid_stat(5) for the process's state; undefined when it belongs to another group */
export function parseProcState(line: string, group: number): string | undefined {
  const [state, , id] = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return Number(id) === group ? state : undefined
}

/** So long `ps` may take before there is no answer this time. */
const LIST_MS = 2_000

function listProcesses(): Promise<string> {
  return new Promise(resolve => {
    const options = { timeout: LIST_MS, env: { LC_ALL: 'C' } }
    execFile('/bin/ps', ['-A', '-o', 'pgid=,time='], options, (error, stdout) => resolve(error ? '' : stdout))
  })
}

/** What `ps -A -o pgid=,time=` prints: `  501   0:01.23`, or, as POSIX has it, `501 1-02:03:04`. */
export function timesInList(list: string, group: number): readonly number[] {
  return list.split('\n').flatMap(line => {
    const [, id, days = '0', time = ''] = /^\s*(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line) ?? []
    if (Number(id) !== group) return []
    const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    return Number.isFinite(seconds) ? [Math.round((Number(days) * 86_400 + seconds) * 1000)] : []
  })
}
