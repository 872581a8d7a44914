import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Confine, Habit } from './habit.ts'

type Confined = Required<Pick<Habit, 'confine' | 'skip'>>

/** The program and its children may have so many open files each; go raises the soft limit, so the hard one is set. */
export function fewDescriptors(most: number): Confined {
  return {
    skip: () => failureOf(() => run(['sh', '-c', `ulimit -n ${most}`])),
    confine: () => ({ prefix: ['sh', '-c', `ulimit -n ${most} && exec "$@"`, 'sh'], close: async () => {} }),
  }
}

/** A share of one processor, and so many bytes of memory, by control groups of version 2 or 1. */
export function smallMachine(share: number, bytes: number): Confined {
  const groups = existsSync('/sys/fs/cgroup/cgroup.controllers') ? groupsV2(share, bytes) : groupsV1(share, bytes)
  let count = 0
  const confine: Confine = () => {
    const name = `habits-${process.pid}-${count++}`
    const directories = groups.map(({ parent }) => join(parent, name))
    for (const [i, { settings }] of groups.entries()) makeGroup(directories[i] ?? '', settings)
    const procs = directories.map(directory => join(directory, 'cgroup.procs'))
    const enter = `echo $$ | ${[...asRoot(), 'tee', ...procs].join(' ')} >/dev/null && exec "$@"`
    // Where this process ends early, the groups must not stay.
    const remove = () => removeGroups(directories)
    process.once('exit', remove)
    const close = async () => {
      process.off('exit', remove)
      remove()
    }
    return { prefix: ['sh', '-c', enter, 'sh'], close }
  }
  const skip = () =>
    process.platform === 'linux'
      ? failureOf(() => {
          void confine('').close()
        }, 'control groups cannot be written')
      : 'control groups are of Linux'
  return { confine, skip }
}

interface Group {
  readonly parent: string
  readonly settings: Readonly<Record<string, string>>
}

const PERIOD_US = 100_000
const [MOST_TRIES, PAUSE_MS] = [20, 50]

function groupsV1(share: number, bytes: number): readonly Group[] {
  return [
    {
      parent: '/sys/fs/cgroup/cpu',
      settings: { 'cpu.cfs_period_us': String(PERIOD_US), 'cpu.cfs_quota_us': String(share * PERIOD_US) },
    },
    { parent: '/sys/fs/cgroup/memory', settings: { 'memory.limit_in_bytes': String(bytes) } },
  ]
}

function groupsV2(share: number, bytes: number): readonly Group[] {
  // What a group's children may be given, its parent has to be told first.
  const admitted = { '../cgroup.subtree_control': '+cpu +memory' }
  const settings = { ...admitted, 'cpu.max': `${share * PERIOD_US} ${PERIOD_US}`, 'memory.max': String(bytes) }
  return [{ parent: '/sys/fs/cgroup', settings }]
}

function makeGroup(directory: string, settings: Readonly<Record<string, string>>): void {
  run([...asRoot(), 'mkdir', directory])
  for (const [name, value] of Object.entries(settings))
    run([...asRoot(), 'sh', '-c', 'echo "$1" > "$2"', 'sh', value, join(directory, name)])
}

/** A group goes when its last process has; one that was just killed may take a moment. */
function removeGroups(directories: readonly string[]): void {
  for (let tries = 1; ; tries++)
    try {
      for (const directory of directories) if (existsSync(directory)) run([...asRoot(), 'rmdir', directory])
      return
    } catch (error) {
      if (tries === MOST_TRIES) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
}

/** The only name server is this one: a mount namespace has an /etc/resolv.conf of its own. */
export function onlyNameServer(address: string): Confined {
  return {
    skip: () =>
      failureOf(
        () => run([...namespace(), 'mount', '--bind', '/etc/resolv.conf', '/etc/resolv.conf']),
        'no mount namespace',
      ),
    confine: directory => {
      const file = join(directory, 'resolv.conf')
      writeFileSync(file, `nameserver ${address}\n`)
      const mounting = 'mount --bind "$0" /etc/resolv.conf && exec "$@"'
      return { prefix: [...namespace(), 'sh', '-c', mounting, file], close: async () => {} }
    },
  }
}

function namespace(): readonly string[] {
  return ['unshare', ...(isRoot() ? [] : ['--map-root-user']), '--mount', '--propagation', 'private']
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

function asRoot(): readonly string[] {
  return isRoot() ? [] : ['sudo', '-n']
}

function run([file = '', ...args]: readonly string[]): void {
  execFileSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Why it does not work here. */
function failureOf(work: () => unknown, what = 'not possible here'): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    const { stderr, message } = error as { stderr?: Buffer; message: string }
    return `${what}: ${(stderr?.toString() || message).trim().split('\n')[0]}`
  }
}
