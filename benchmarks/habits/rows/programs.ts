import { startModuleServer } from '../../../__tests__/support/servers/module-server.ts'
import { findFreePort } from '../../../__tests__/support/servers/ports.ts'
import type { Habit, Place } from '../habit.ts'
import { whyNot } from '../programs.ts'
import { each, nginx, startHaproxy, startPython } from '../static-servers.ts'

const needsNginx = () => whyNot('nginx', ['-v'])
const needsHaproxy = () => whyNot('haproxy', ['-v'])
const staticTree = ({ library }: Place) => `root ${library.tree};`

/** Programs that serve modules without knowing Go, or stand in front of a proxy that does. */
export const PROGRAMS: readonly Habit[] = [
  {
    id: 'nginx',
    title: 'nginx with a static tree',
    factors: { family: 'static', program: 'nginx' },
    project: 'many',
    skip: needsNginx,
    open: each(nginx({ server: staticTree })),
  },
  {
    id: 'python',
    title: "python's http.server with a static tree",
    factors: { family: 'static', program: 'python' },
    project: 'many',
    skip: () => whyNot('python3', ['-c', 'import http.server']),
    open: each(startPython),
  },
  {
    id: 'nginx-limit-req',
    title: 'nginx with `limit_req`: 50 a second, 20 may wait, else 503',
    factors: { family: 'limit_req', beyond: 'waits' },
    project: 'many',
    skip: needsNginx,
    open: each(
      nginx({
        http: 'limit_req_zone $binary_remote_addr zone=modules:1m rate=50r/s;',
        server: place => `${staticTree(place)} limit_req zone=modules burst=20;`,
      }),
    ),
  },
  {
    id: 'nginx-limit-req-429',
    title: 'nginx with `limit_req`: 100 a second, a burst of 20 at once, else 429',
    factors: { family: 'limit_req', beyond: 'refused' },
    project: 'many',
    skip: needsNginx,
    open: behindNginx('limit_req_zone $binary_remote_addr zone=modules:1m rate=100r/s;', [
      'limit_req zone=modules burst=20 nodelay;',
      'limit_req_status 429;',
    ]),
  },
  {
    id: 'nginx-limit-conn',
    title: 'nginx with `limit_conn`: 8 at once, else 503',
    factors: { family: 'limit_conn' },
    project: 'many',
    skip: needsNginx,
    open: behindNginx('limit_conn_zone $binary_remote_addr zone=modules:1m;', ['limit_conn modules 8;']),
  },
  {
    id: 'haproxy',
    title: 'HAProxy in front of two: 4 at once each, 503 after 0.1 s in its queue',
    factors: { family: 'haproxy', down: 'none' },
    project: 'many',
    skip: needsHaproxy,
    open: behind(async (place, start) => {
      const ports = [await start(), await start()]
      return await startHaproxy(place, ports, { timeouts: 'timeout queue 100ms', server: 'maxconn 4' })
    }),
  },
  {
    id: 'haproxy-down',
    title: 'HAProxy in front of two of which one is down',
    factors: { family: 'haproxy', down: 'one' },
    project: 'few',
    skip: needsHaproxy,
    open: behind(async (place, start) => {
      const ports = [await findFreePort(), await start()]
      return await startHaproxy(place, ports, { timeouts: 'retries 1\n  option redispatch 1', server: '' })
    }),
  },
]

type Start = () => Promise<number>
type StaticServer = Awaited<ReturnType<typeof startPython>>

/** With module proxies behind it, which answer after 20 ms. */
function behind(open: (place: Place, start: Start) => Promise<StaticServer>): Habit['open'] {
  return each(async place => {
    const { objects } = place.library
    const closers: (() => Promise<void>)[] = []
    const front = await open(place, async () => {
      const server = await startModuleServer({ objects, delayMs: 20 })
      closers.push(server.close)
      return server.port
    })
    const close = async () => {
      await front.close()
      for (const closer of closers) await closer()
    }
    return { ...front, close }
  })
}

function behindNginx(http: string, server: readonly string[]): Habit['open'] {
  return behind(async (place, start) => {
    const lines = [...server, `location / { proxy_pass http://127.0.0.1:${await start()}; }`]
    return await nginx({ http, server: () => lines.join(' ') })(place)
  })
}
