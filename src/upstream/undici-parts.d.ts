/** undici has types for the whole of it alone. */
declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici'
}
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici'
}
declare module 'undici/lib/core/socks5-client.js' {
  import { EventEmitter } from 'node:events'
  import type { Socket } from 'node:net'

  /** Speaks SOCKS5 on a connected socket; emits `authenticated`, `connected`, `close`, and `error` with a code. */
  export class Socks5Client extends EventEmitter {
    constructor(socket: Socket, options?: { readonly username: Buffer; readonly password: Buffer })
    /** Offered in this order. */
    readonly authMethods: number[]
    /** What the server said and was not understood yet. */
    readonly buffer: Buffer
    handshake(): void
    connect(address: string, port: number): void
  }
}
