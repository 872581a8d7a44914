import type { HttpProxy } from '../go/http-proxy.ts'
import { classifyError, type OutcomeKind } from './outcome.ts'

/** What is wrong between us and an upstream, where the network's own proxy stands there. Nothing in it is foreign text. */
export interface HttpProxyFault {
  /**
   * `proxy`: the HTTP proxy serves no client. `target`: it works, but cannot or may not reach this upstream. `either`: the
   * answer, or silence, may mean both.
   */
  readonly whose: 'proxy' | 'target' | 'either'
  /** It would be the same a moment later. */
  readonly lasting: boolean
  /** There is no proxy, as far as we can tell: nothing listens there, nothing answers, or nothing has that name. */
  readonly away?: true
  /** What it does: a verb comes first. */
  readonly does: string
  readonly hint: string
}

/** A connection that the network's proxy did not open. */
export class HttpProxyFailure extends Error {
  readonly kind: OutcomeKind
  /** Plain words; they name the proxy without its login. */
  readonly reason: string
  readonly fault: HttpProxyFault

  /** @param isFinal whether to ask again is in vain */
  constructor(proxy: HttpProxy, fault: HttpProxyFault, isFinal = fault.lasting) {
    const reason = `the ${nameOf(proxy)} ${fault.does}`
    super(reason)
    this.reason = reason
    this.fault = fault
    this.kind = fault.whose === 'target' ? 'unreachable' : isFinal ? 'http proxy refuses' : 'http proxy unreachable'
  }
}

function nameOf({ protocol, url, variable }: HttpProxy): string {
  const name = protocol === 'socks5' ? 'SOCKS proxy' : 'HTTP proxy'
  return url === '' ? `${name} of ${variable}` : `${name} ${url} (${variable})`
}

/** No connection to the proxy itself, or no TLS with it. */
export function faultOfHop(error: unknown, { host, variable }: HttpProxy): HttpProxyFault {
  if (host === '')
    return { whose: 'proxy', lasting: true, does: 'has no host', hint: `Write ${variable} as http://host:port.` }
  const isThere = `Is the proxy running, and is ${variable} right? Hosts in NO_PROXY bypass it.`
  const kind = classifyError(error)
  switch (kind) {
    case 'unknown host':
      return {
        whose: 'proxy',
        lasting: false,
        away: true,
        does: 'has a name that does not resolve here',
        hint: isThere,
      }
    case 'bad certificate':
      return {
        whose: 'proxy',
        lasting: true,
        does: 'has a certificate that is not trusted here',
        hint: 'Set SSL_CERT_FILE to the CA that issued it.',
      }
    case 'tls failed':
      return { whose: 'proxy', lasting: true, does: 'does not speak TLS', hint: `Write http:// in ${variable}?` }
    case 'cut':
      return { whose: 'proxy', lasting: false, does: 'closes the connection', hint: isThere }
    default: {
      const isRefused = String((error as { code?: unknown }).code) === 'ECONNREFUSED'
      return {
        whose: 'proxy',
        lasting: false,
        ...(kind === 'unreachable' ? { away: true } : {}),
        does: isRefused ? 'refuses connections' : 'does not answer',
        hint: isThere,
      }
    }
  }
}

/** The proxy took the connection, and then says nothing. */
export function faultOfSilence({ variable }: HttpProxy, whose: HttpProxyFault['whose']): HttpProxyFault {
  return {
    whose,
    lasting: false,
    ...(whose === 'proxy' ? { away: true } : {}),
    does: 'does not answer',
    hint: `Is the proxy running, and is ${variable} right?`,
  }
}

/** It does not speak what the variable's scheme says. */
export function faultOfProtocol({ protocol, variable }: HttpProxy): HttpProxyFault {
  return {
    whose: 'proxy',
    lasting: true,
    does: `does not speak ${protocol === 'socks5' ? 'SOCKS5' : 'HTTP'}`,
    hint: `The scheme in ${variable} must be the one that the proxy speaks: http, https, socks5 or socks5h.`,
  }
}

/** It closed the connection instead of answering. */
export function faultOfCut({ variable }: HttpProxy, whose: HttpProxyFault['whose']): HttpProxyFault {
  return {
    whose,
    lasting: false,
    does: 'closes the connection without an answer',
    hint: `Are the scheme and the login in ${variable} right, and does the proxy allow connections to this host?`,
  }
}

/** @param detail what it said, by number */
export function faultOfLogin({ login, variable }: HttpProxy, detail = ''): HttpProxyFault {
  return {
    whose: 'proxy',
    lasting: true,
    does: `${login === undefined ? 'wants a user and a password' : 'refuses the user and password'}${detail}`,
    hint: `Check the user and password in ${variable}; special characters are percent-encoded there.`,
  }
}

/** It works, and does not reach this upstream. @param detail what it said */
export function faultOfTarget(detail: string): HttpProxyFault {
  return {
    whose: 'target',
    lasting: false,
    does: `cannot connect to it (${detail})`,
    hint: 'Is the host right? If the host must be reached without the proxy, list it in NO_PROXY.',
  }
}

/** Its rules do not let us reach this upstream. @param detail what it said */
export function faultOfRules(detail: string): HttpProxyFault {
  return {
    whose: 'target',
    lasting: true,
    does: `does not allow connections to it (${detail})`,
    hint: 'Ask the proxy’s operator to allow the host, or use another upstream.',
  }
}

/** An answer that may be about the upstream or about the proxy itself. */
export function faultOfEither(does: string, lasting = false): HttpProxyFault {
  return { whose: 'either', lasting, does, hint: 'The proxy’s own log says why.' }
}
