import type { Environment } from '../effects.ts'

const OWNER_AND_NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/
const REF = /^[A-Za-z0-9_][\w./+-]{0,200}$/

/**
 * Where the page of verdicts is that belongs to this version of the action. undefined where it cannot be told: for
 * `uses: ./`, on a command line, and on servers of one's own, whose runners take actions from there or from github.com.
 */
export function verdictsPage(env: Environment): string | undefined {
  const repository = env['GITHUB_ACTION_REPOSITORY'] ?? ''
  const ref = env['GITHUB_ACTION_REF'] ?? ''
  if (env['GITHUB_SERVER_URL'] !== 'https://github.com') return undefined
  if (!OWNER_AND_NAME.test(repository) || !REF.test(ref)) return undefined
  const parts = `${repository}/${ref}`.split('/')
  if (parts.some(part => part === '' || part === '.' || part === '..')) return undefined
  return `https://github.com/${repository}/blob/${ref}/docs/verdicts.md`
}
