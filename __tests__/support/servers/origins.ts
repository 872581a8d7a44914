import { generate } from 'selfsigned'
import type { BuiltModule } from '../../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../../src/demo/proxy.ts'
import { faults, tampered } from './faults.ts'
import { findFreePort } from './ports.ts'

/** What a candidate on loopback is like. All but `good` are near, and each fails in its own way. */
export type OriginKind = 'good' | BadKind
export type BadKind = '404' | 'silent' | 'closed' | 'tampering' | '200' | 'trickling' | 'certificate' | 'commands'

export interface Origin extends Pick<DemoProxy, 'url' | 'requests' | 'close'> {
  readonly kind: OriginKind
}

/** What a hostile proxy would have the runner do. Each line is a command to it if it is printed as it came. */
export const HOSTILE_LINES = [
  '::error::injected',
  '##[set-output name=goproxy]injected',
  'text ##[add-mask]a',
  '::set-env name=PATH::injected',
  '\u0085::stop-commands::injected',
  '::save-state name=directory::/injected',
]

export async function startOrigin(
  kind: OriginKind,
  modules: readonly BuiltModule[],
  options: Pick<ProxyOptions, 'latencyMs' | 'bytesPerSecond'> = {},
): Promise<Origin> {
  if (kind === 'closed')
    return { kind, url: `http://127.0.0.1:${await findFreePort()}`, requests: [], close: async () => {} }
  const fault = faultOf(kind, modules)
  const tls = kind === 'certificate' ? await selfSigned() : undefined
  return { kind, ...(await startProxy({ modules, ...options, ...(fault && { fault }), ...(tls && { tls }) })) }
}

function faultOf(kind: OriginKind, modules: readonly BuiltModule[]): ProxyOptions['fault'] {
  const zips =
    (fault: NonNullable<ProxyOptions['fault']>): ProxyOptions['fault'] =>
    request =>
      request.path.endsWith('.zip') ? fault(request) : undefined
  switch (kind) {
    case '404':
      return zips(() => faults.status(404, 'not found'))
    case 'silent':
      return () => faults.silent
    case 'tampering': {
      const wrong = new Map(modules.map(module => [module.path, tampered(module)]))
      return zips(({ path }) => {
        const module = wrong.get(path.split('/@v/')[0] ?? '')
        return module && faults.send(module.zip)
      })
    }
    case '200':
      return () => faults.yesToAll
    case 'trickling':
      return zips(() => faults.trickle(2_000, 20))
    case 'commands':
      return () => faults.status(500, HOSTILE_LINES.join('\n'))
    default:
      return undefined
  }
}

async function selfSigned(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  return { key, cert }
}
