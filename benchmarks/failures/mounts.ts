import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scene } from './scene.ts'

/** Mounts of a process's own need a namespace, which not every machine gives. @returns why not */
export function whyNoMounts(): string | undefined {
  const { status } = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'], { stdio: 'ignore' })
  return status === 0 ? undefined : '`unshare -rm` and a mount in it do not work here'
}

/** The program and its children see the module cache on a disk of its own. */
export function mounted({ job }: Scene, type: string, options: string): void {
  const directory = job.base['GOMODCACHE'] ?? ''
  mkdirSync(directory, { recursive: true })
  const file = join(job.root, 'mounted-node')
  const inside = `mount -t ${type} ${options} ${type} '${directory}' && exec "$@"`
  writeFileSync(
    file,
    `#!/bin/sh\nexec unshare -rm sh -c '${inside.replaceAll("'", `'\\''`)}' sh '${job.node}' "$@"\n`,
    { mode: 0o755 },
  )
  job.node = file
}
