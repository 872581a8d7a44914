import { request } from 'node:http'
import type { Socket } from 'node:net'
import type { HttpProxy } from '../go/http-proxy.ts'
import { USER_AGENT } from '../version.ts'
import {
  faultOfCut,
  faultOfEither,
  faultOfLogin,
  faultOfProtocol,
  faultOfRules,
  faultOfTarget,
  HttpProxyFailure,
  type HttpProxyFault,
} from './http-proxy-fault.ts'

/**
 * Has an HTTP proxy open a connection (RFC 9110, 9.3.6); the socket is that connection from then on. Rejects with an
 * HttpProxyFailure; the caller destroys the socket then, and keeps the time.
 * @param authority host and port, an IPv6 address in brackets
 */
export function connectMethod(socket: Socket, proxy: HttpProxy, authority: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (fault: HttpProxyFault) => reject(new HttpProxyFailure(proxy, fault))
    const asked = request({
      createConnection: () => socket,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, 'user-agent': USER_AGENT, ...loginHeader(proxy) },
      maxHeaderSize: 16 << 10,
    })
    asked.once('connect', ({ statusCode = 0 }) => {
      // go takes 200 alone for a yes.
      if (statusCode === 200) resolve()
      else fail(faultOfStatus(statusCode, proxy))
    })
    asked.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code?.startsWith('HPE_') ? faultOfProtocol(proxy) : faultOfCut(proxy, 'either')),
    )
    asked.end()
  })
}

/** As go sends it: also where the user or the password is empty. */
export function loginHeader({ login }: HttpProxy): { readonly 'proxy-authorization'?: string } {
  if (login === undefined) return {}
  return { 'proxy-authorization': `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` }
}

/** Of an answer to CONNECT that is no yes. */
export function faultOfStatus(status: number, proxy: HttpProxy): HttpProxyFault {
  if (status === 407) return faultOfLogin(proxy, ' (407)')
  if (status === 403 || status === 451) return faultOfRules(String(status))
  if (status === 400 || status === 405 || status === 501)
    return { ...faultOfProtocol(proxy), does: `opens no connections (CONNECT: ${status})` }
  return status >= 500 ? faultOfTarget(String(status)) : faultOfEither(`answers CONNECT with status ${status}`)
}
