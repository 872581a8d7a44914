import { Agent, request } from 'node:https'
import { basic, type CompanyWorld } from './company.ts'

export interface CompanyAnswer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: string
}

/** Keeps its connections. The path is sent as it is. */
export interface CompanyClient {
  ask(path: string, who: { readonly login?: string }): Promise<CompanyAnswer>
  close(): void
}

export function openClient({ port, authority }: Pick<CompanyWorld, 'port' | 'authority'>): CompanyClient {
  const agent = new Agent({ keepAlive: true, ca: authority.cert })
  return {
    ask: (path, { login }) =>
      new Promise((resolve, reject) => {
        const headers = login === undefined ? {} : { authorization: basic(login) }
        const sent = request({ agent, host: '127.0.0.1', port, path, headers }, answer => {
          let body = ''
          answer.setEncoding('utf8').on('data', text => {
            body += text
          })
          answer
            .once('error', reject)
            .once('end', () =>
              resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], body }),
            )
        })
        sent.once('error', reject).end()
      }),
    close: () => agent.destroy(),
  }
}

/** One request on a connection of its own. */
export async function askCompany(
  world: CompanyWorld,
  path: string,
  who: { readonly login?: string },
): Promise<CompanyAnswer> {
  const client = openClient(world)
  try {
    return await client.ask(path, who)
  } finally {
    client.close()
  }
}
