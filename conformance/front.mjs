import { createServer, request } from 'node:http'

/**
 * What Go's test proxy understands before a module's path: it then answers like another server. Such a server is a
 * module proxy, and gets a gateway of its own; but a checksum database's URL is asked by go without any proxy.
 */
const OTHER_PROXY = /^\/(invalid|redirect\/\d+|[2-9]\d\d|sumdb-[2-9]\d\d)(?=\/)/
const DATABASE = /^\/sumdb-(?:direct|wrong|redirect)\//

/** What a path begins with when it means another proxy. @param {string} path @returns {string | undefined} */
export function otherProxy(path) {
  return OTHER_PROXY.exec(path)?.[0]
}

/**
 * Where a request below the one URL goes.
 * @param {string} path what follows the URL
 * @returns {{ kind: 'direct' } | { kind: 'gateway', before: string, path: string }} `before`: what is appended to the
 *   test proxy's URL; `path`: the rest
 */
export function route(path) {
  if (DATABASE.test(path)) return { kind: 'direct' }
  const before = otherProxy(path) ?? ''
  return { kind: 'gateway', before, path: path.slice(before.length) }
}

/**
 * One URL, as the scripts have without `exec`: they append to it. Every module proxy that they mean by that has a
 * gateway of its own, as `exec` starts it.
 * @param {string} testProxy its URL
 * @param {readonly string[]} appended what the scripts append, whose gateways are to be there before: no script shall
 *   wait for them
 * @param {(upstream: string) => Promise<import('./peers.mjs').Peer>} startGateway
 * @returns {Promise<import('./peers.mjs').Peer>}
 */
export async function startFront(testProxy, appended, startGateway) {
  /** @type {Map<string, Promise<import('./peers.mjs').Peer>>} */
  const gateways = new Map()
  const gatewayBefore = (/** @type {string} */ before) => {
    const known = gateways.get(before) ?? startGateway(testProxy + before)
    gateways.set(before, known)
    return known
  }
  const server = createServer((incoming, response) => {
    const path = (incoming.url ?? '').replace(/^\/mod(?=\/)/, '')
    const fail = (/** @type {Error} */ error) => {
      if (!response.headersSent) response.writeHead(502)
      response.end(error.message)
    }
    const way = route(path)
    const target =
      way.kind === 'direct'
        ? Promise.resolve(testProxy + path)
        : gatewayBefore(way.before).then(({ url }) => url.split(/[|,]/, 1)[0] + way.path)
    target.then(url => hand(incoming, response, url, fail)).catch(fail)
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(undefined))
  })
  await Promise.all(['', ...appended].map(gatewayBefore))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all(
      [...gateways.values()].map(started =>
        started.then(
          gateway => gateway.close(),
          () => undefined,
        ),
      ),
    )
  }
  return { url: `http://127.0.0.1:${port}/mod`, close }
}

/**
 * @param {import('node:http').IncomingMessage} incoming @param {import('node:http').ServerResponse} response
 * @param {string} url @param {(error: Error) => void} fail
 */
function hand(incoming, response, url, fail) {
  const { host: _, ...headers } = incoming.headers
  const onward = request(url, { method: incoming.method ?? 'GET', headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  onward.on('error', fail)
  response.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
