/** This program's version; the same as package.json's, which a test holds it to. */
export const VERSION = '0.1.0'

/** How proxies see us. */
export const USER_AGENT = `go-proxy-setup/${VERSION}`
