import { expect, test } from '@jest/globals'
import { readProcessorQuota } from '../../src/runner/processor-quota.ts'

/** A system on which these files exist. */
function quotaOn(files: Readonly<Record<string, string>>): number | undefined {
  return readProcessorQuota(path => files[path])
}

const V1_MOUNTS = `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
33 31 0:30 / /sys/fs/cgroup/cpuacct rw,relatime shared:5 - cgroup cgroup rw,cpuacct
32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime shared:4 master:1 - cgroup cgroup rw,cpu
`
const V2_MOUNTS = '35 24 0:30 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n'
const at = (directory: string, quota: string, period = '100000\n') => ({
  [`${directory}/cpu.cfs_quota_us`]: quota,
  [`${directory}/cpu.cfs_period_us`]: period,
})

test.each<[string, Readonly<Record<string, string>>, number | undefined]>([
  [
    'version 2 in a container that sees its own group as the root',
    { '/proc/self/cgroup': '0::/\n', '/proc/self/mountinfo': V2_MOUNTS, '/sys/fs/cgroup/cpu.max': '20000 100000\n' },
    0.2,
  ],
  [
    'version 2 without a limit',
    { '/proc/self/cgroup': '0::/\n', '/proc/self/mountinfo': V2_MOUNTS, '/sys/fs/cgroup/cpu.max': 'max 100000\n' },
    undefined,
  ],
  [
    'version 2, a group above grants less',
    {
      '/proc/self/cgroup': '0::/user.slice/job.scope\n',
      '/proc/self/mountinfo': V2_MOUNTS,
      '/sys/fs/cgroup/user.slice/cpu.max': '150000 100000\n',
      '/sys/fs/cgroup/user.slice/job.scope/cpu.max': '400000 100000\n',
    },
    1.5,
  ],
  [
    'version 2, the process was moved out of its name space',
    {
      '/proc/self/cgroup': '0::/../other\n',
      '/proc/self/mountinfo': V2_MOUNTS,
      '/sys/fs/cgroup/cpu.max': '50000 100000',
    },
    0.5,
  ],
  [
    'version 1',
    {
      '/proc/self/cgroup': '2:cpuacct:/\n1:cpu:/small\n0::/\n',
      '/proc/self/mountinfo': V1_MOUNTS + V2_MOUNTS,
      ...at('/sys/fs/cgroup/cpu/small', '20000\n'),
      ...at('/sys/fs/cgroup/cpu', '-1\n'),
    },
    0.2,
  ],
  [
    'version 1 in a container whose mount begins at its group',
    {
      '/proc/self/cgroup': '4:cpu,cpuacct:/docker/0123\n',
      '/proc/self/mountinfo':
        '8 7 0:9 /docker/0123 /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n9 7 0:9 / /elsewhere ro - cgroup cgroup rw,cpu\n',
      ...at('/sys/fs/cgroup/cpu,cpuacct', '50000'),
    },
    0.5,
  ],
  [
    'a mount point with a blank in its name',
    {
      '/proc/self/cgroup': '0::/a\n',
      '/proc/self/mountinfo': '35 24 0:30 / /my\\040groups rw - cgroup2 none rw\n',
      '/my groups/a/cpu.max': '30000 100000',
    },
    0.3,
  ],
  ['neither Linux nor control groups', {}, undefined],
  [
    'text that says nothing',
    { '/proc/self/cgroup': 'x\n0:\n', '/proc/self/mountinfo': ' - \n-\n', '/cpu.max': '1 1' },
    undefined,
  ],
  [
    'figures that say nothing',
    { '/proc/self/cgroup': '0::/\n', '/proc/self/mountinfo': V2_MOUNTS, '/sys/fs/cgroup/cpu.max': '20000 0' },
    undefined,
  ],
])('%s', (_name, files, quota) => {
  expect(quotaOn(files)).toBe(quota)
})

test('this system is asked without a failure', () => {
  expect([readProcessorQuota()].every(quota => quota === undefined || quota > 0)).toBe(true)
})
