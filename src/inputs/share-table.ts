import type { InputRow } from './row.ts'

/** The inputs about what the gateway does for containers of this machine. Part of `INPUTS`. */
export const SHARE_INPUTS = {
  'gateway-listen': {
    group: 'download',
    kind: 'address',
    default: '',
    description:
      'Where the gateway listens besides loopback, for container builds on this machine: `docker` (the address of docker0) or a private IP address of this machine, each with `:port` or without. It needs `gateway: job`, or the command `exec`. Its clients get public modules only.',
  },
  'gateway-listen-private': {
    group: 'download',
    kind: 'boolean',
    default: 'false',
    description:
      'Whether clients of `gateway-listen` also get private modules, and modules from a proxy with a login. Whoever learns the output `gateway-url` in that network can read them until the job ends.',
  },
} as const satisfies Readonly<Record<string, InputRow>>
