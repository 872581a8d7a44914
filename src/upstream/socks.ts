import type { Socket } from 'node:net'
import { Socks5Client } from 'undici/lib/core/socks5-client.js'
import type { HttpProxy } from '../go/http-proxy.ts'
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

/** A SOCKS5 server that knows us. */
export interface Greeted {
  /** Has it open a connection; the socket is that connection from then on. @param host a name is resolved there */
  connect(host: string, port: number): Promise<void>
}

/**
 * Greets a SOCKS5 server (RFC 1928) and logs in (RFC 1929), offering what go offers: no login, and with a login in the
 * URL that too. Rejects with an HttpProxyFailure; the caller destroys the socket then, and keeps the time.
 */
export async function greetSocks(socket: Socket, proxy: HttpProxy): Promise<Greeted> {
  const { login } = proxy
  // As bytes: the client takes an empty text for no login, and go sends an empty password.
  const options = login && { username: Buffer.from(login.user), password: Buffer.from(login.password) }
  const client = new Socks5Client(socket, options)
  // go's order: where a server wants no login, a wrong one does no harm.
  client.authMethods.reverse()
  // It has no listener between two steps, nor after the last.
  client.on('error', () => {})
  const step = (name: 'authenticated' | 'connected', begin: () => void) =>
    new Promise<void>((resolve, reject) => {
      const isAsked = name === 'connected'
      const fail = (error?: unknown) => reject(new HttpProxyFailure(proxy, faultOf(error, client, proxy, isAsked)))
      client.once('error', fail)
      client.once('close', fail)
      client.once(name, resolve)
      begin()
    })
  await step('authenticated', () => client.handshake())
  return {
    async connect(host, port) {
      await step('connected', () => client.connect(host, port))
      // Nothing reads it now, and the other side speaks when it is spoken to.
      socket.pause()
    },
  }
}

/** @param isAsked whether it was asked for a connection already */
function faultOf(error: unknown, client: Socks5Client, proxy: HttpProxy, isAsked: boolean): HttpProxyFault {
  const code = String((error as { code?: unknown } | undefined)?.code ?? '')
  const [version, reply = 0] = client.buffer
  // Servers leave out the address of a refusal, or its rest.
  if (isAsked && version === 5 && reply !== 0) return faultOfReply(reply, proxy)
  // It asks for a login that was not offered, or one cannot be sent since it is too long.
  const isUnsent = code === 'UND_ERR_INVALID_ARG'
  if (isUnsent || /^UND_ERR_SOCKS5_AUTH_(REJECTED|FAILED)$/.test(code)) return faultOfLogin(proxy)
  if (code === 'UND_ERR_SOCKS5_AUTH_METHOD')
    return { ...faultOfLogin(proxy), does: 'wants a way to log in that go does not have' }
  if (/^UND_ERR_SOCKS5_/.test(code)) return faultOfProtocol(proxy)
  return faultOfCut(proxy, isAsked ? 'either' : 'proxy')
}

/** Source: RFC 1928, 6. */
function faultOfReply(reply: number, proxy: HttpProxy): HttpProxyFault {
  switch (reply) {
    case 2:
      return faultOfRules('SOCKS reply 2')
    case 3:
      return faultOfTarget('SOCKS reply 3, network unreachable')
    case 4:
      return faultOfTarget('SOCKS reply 4, host unreachable')
    case 5:
      return faultOfTarget('SOCKS reply 5, connection refused')
    case 6:
      return faultOfTarget('SOCKS reply 6, TTL expired')
    case 7:
      return { ...faultOfProtocol(proxy), does: 'opens no connections (SOCKS reply 7, command not supported)' }
    case 8:
      return faultOfEither('does not take this kind of address (SOCKS reply 8)', true)
    default:
      return faultOfEither(`fails (SOCKS reply ${reply}${reply === 1 ? ', general failure' : ''})`)
  }
}
