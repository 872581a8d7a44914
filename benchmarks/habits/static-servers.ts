import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ledger } from '../../__tests__/support/servers/module-server.ts'
import { findFreePort } from '../../__tests__/support/servers/ports.ts'
import type { Habit, Opened, Place } from './habit.ts'
import { findProgram, type RunningProgram, startProgram } from './programs.ts'

interface StaticServer {
  readonly url: string
  readonly ledger: () => Ledger
  close(): Promise<void>
}

/** One such server, or two for two candidates. */
export function each(start: (place: Place) => Promise<StaticServer>): Habit['open'] {
  return async (place): Promise<Opened> => {
    const servers = [await start(place)]
    if (place.way === 'two') servers.push(await start(place))
    return {
      urls: servers.map(({ url }) => url),
      ledgers: () => servers.map(({ ledger }) => ledger()),
      close: async () => void (await Promise.all(servers.map(server => server.close()))),
    }
  }
}

/** `python3 -m http.server`: HTTP/1.0, a connection for each request, and five that wait to be accepted. */
export async function startPython({ library, directory }: Place): Promise<StaticServer> {
  const port = await findFreePort()
  const options = ['--bind', '127.0.0.1', '--directory', library.tree]
  const program = await startProgram([findProgram('python3') ?? '', '-um', 'http.server', ...options, String(port)], {
    directory,
    port,
  })
  return serverOf(program, port, /"GET (?<path>\S+) HTTP\/1\.\d" (?<status>\d+)/g)
}

/** What a location of nginx may say, besides where its files are. */
export interface NginxOptions {
  /** Of the `http` block: `limit_req_zone …`. */
  readonly http?: string
  readonly server: (place: Place) => string
}

export function nginx({ http = '', server }: NginxOptions): (place: Place) => Promise<StaticServer> {
  return async place => {
    const port = await findFreePort()
    const directory = join(place.directory, `nginx-${port}`)
    mkdirSync(directory)
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map(name => `  ${name}_temp_path ${directory}/${name};\n`)
      .join('')
    const configuration = `daemon off;
worker_processes 2;
pid ${directory}/pid;
error_log stderr;
${process.getuid?.() === 0 ? 'user root;\n' : ''}events { worker_connections 512; }
http {
${paths}  log_format habits 'asked $uri $status';
  access_log /dev/stdout habits;
  ${http}
  server {
    listen 127.0.0.1:${port};
    ${server(place)}
  }
}
`
    writeFileSync(join(directory, 'nginx.conf'), configuration)
    const command = [findProgram('nginx') ?? '', '-p', directory, '-c', join(directory, 'nginx.conf'), '-e', 'stderr']
    return serverOf(await startProgram(command, { directory, port }), port, /^asked (?<path>\S+) (?<status>\d+)$/gm)
  }
}

/** HAProxy in front of these ports. */
export async function startHaproxy(
  place: Place,
  ports: readonly number[],
  { timeouts, server }: { readonly timeouts: string; readonly server: string },
): Promise<StaticServer> {
  const port = await findFreePort()
  const directory = join(place.directory, `haproxy-${port}`)
  mkdirSync(directory)
  const servers = ports.map((one, i) => `  server s${i} 127.0.0.1:${one} ${server}`).join('\n')
  const configuration = `global
  log stdout format raw local0
  maxconn 512
defaults
  mode http
  log global
  log-format "asked %HPO %ST"
  ${timeouts.trim()}
  timeout connect 2s
  timeout client 60s
  timeout server 60s
frontend habits
  bind 127.0.0.1:${port}
  default_backend modules
backend modules
  balance roundrobin
${servers}
`
  writeFileSync(join(directory, 'haproxy.cfg'), configuration)
  const command = [findProgram('haproxy') ?? '', '-db', '-f', join(directory, 'haproxy.cfg')]
  return serverOf(await startProgram(command, { directory, port }), port, /^asked (?<path>\S+) (?<status>\d+)$/gm)
}

/** Its log has a line for each request. */
function serverOf(program: RunningProgram, port: number, line: RegExp): StaticServer {
  const ledger = (): Ledger => {
    const lines = [...program.log().matchAll(line)].map(({ groups }) => ({
      path: groups?.['path'] ?? '',
      status: Number(groups?.['status']),
    }))
    const refused = lines.filter(({ status }) => status === 429 || status === 503)
    return { requests: lines.length, refused, mostAtOnce: 0, banned: false }
  }
  return { url: `http://127.0.0.1:${port}`, ledger, close: program.close }
}
