/** This program's version; the same as package.json's, which a test holds it to. */
export const VERSION = '0.1.0'

/**
 * How proxies see us. It begins as go's own: some servers let no other client in, and what plain go can use is to be
 * usable. Source: net/http, defaultUserAgent.
 */
export const USER_AGENT = `Go-http-client/1.1 go-proxy-setup/${VERSION}`
