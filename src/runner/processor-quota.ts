import { readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** The file's text; undefined when it cannot be read. */
type ReadText = (path: string) => string | undefined

/**
 * How many processors' time a control group grants this process, such as 0.2; the least where groups above it grant less.
 * undefined: no limit, or the system does not tell. Source: the kernel's cgroup-v2.rst and sched-bwc.rst; Go's runtime
 * reads the same files.
 */
export function readProcessorQuota(read: ReadText = readSystemFile): number | undefined {
  const group = findGroup(read('/proc/self/cgroup') ?? '', read('/proc/self/mountinfo') ?? '')
  const quotas = group === undefined ? [] : directoriesOf(group).flatMap(directory => quotaIn(directory, group, read))
  return quotas.length === 0 ? undefined : Math.min(...quotas)
}

interface ControlGroup {
  /** Where the hierarchy is mounted, and this process's group below it. */
  readonly mount: string
  readonly below: string
  readonly version: 1 | 2
}

/** The group that bounds the processor's time: of version 1 where that has the controller, else of version 2. */
function findGroup(groups: string, mounts: string): ControlGroup | undefined {
  const lines = groups.split('\n').map(line => /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [])
  const hierarchies = [
    { version: 1, path: lines.find(([, controllers]) => controllers?.split(',').includes('cpu'))?.[2] },
    { version: 2, path: lines.find(([, controllers]) => controllers === '')?.[2] },
  ] as const
  for (const { version, path } of hierarchies) {
    const mount = path === undefined ? undefined : findMount(mounts, version)
    if (path !== undefined && mount !== undefined)
      return { mount: mount.at, below: relativeTo(mount.root, path), version }
  }
  return undefined
}

/** Lines of mountinfo: `ID PARENT DEVICE ROOT MOUNT-POINT OPTIONS [TAGS] - TYPE SOURCE SUPER-OPTIONS` (proc_pid_mountinfo(5)). */
function findMount(mounts: string, version: 1 | 2): { readonly root: string; readonly at: string } | undefined {
  for (const line of mounts.split('\n')) {
    const [before = '', after = ''] = line.split(' - ')
    const [, , , root, at] = before.split(' ')
    const [type, , options = ''] = after.split(' ')
    const isIt = version === 2 ? type === 'cgroup2' : type === 'cgroup' && options.split(',').includes('cpu')
    if (isIt && root !== undefined && at !== undefined) return { root: withoutEscapes(root), at: withoutEscapes(at) }
  }
  return undefined
}

/** Blanks and backslashes are written in octal there. */
function withoutEscapes(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** A container sees its own group as the root, whatever the path says that its process has. */
function relativeTo(root: string, path: string): string {
  const below = posix.relative(root, path)
  return below.startsWith('..') ? '' : below
}

function directoriesOf({ mount, below }: ControlGroup): readonly string[] {
  const names = below.split('/').filter(name => name !== '')
  return [...names, ''].map((_, i) => posix.join(mount, ...names.slice(0, names.length - i)))
}

function quotaIn(directory: string, { version }: ControlGroup, read: ReadText): readonly number[] {
  const text = (name: string) => read(posix.join(directory, name)) ?? ''
  const [quota, period] =
    version === 2 ? text('cpu.max').split(' ') : [text('cpu.cfs_quota_us'), text('cpu.cfs_period_us')]
  const share = Number.parseInt(quota ?? '', 10) / Number.parseInt(period ?? '', 10)
  // `max`, and -1, are no limit.
  return Number.isFinite(share) && share > 0 ? [share] : []
}

function readSystemFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
