import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** No `dist/` is near it. */
const MOST_ARCHIVE_BYTES = 256 << 20

/**
 * The `dist/` that is committed at another commit, in a directory of its own below `.cache/`, with the package.json
 * that was beside it.
 * @param {string} ref whatever git understands: a branch, a tag, `HEAD~1`
 * @param {string} root the repository's
 * @returns {import('../src/errors.ts').Result<{ name: string, dist: string, remove: () => void }>}
 */
export function checkOutDist(ref, root) {
  const commit = find(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
  if (commit === undefined)
    return failed({
      code: 'BENCHMARK_NO_COMMIT',
      message: `--against ${ref}: git knows no such commit here.`,
      hint: 'Name a branch, a tag or a commit of this repository; in a shallow clone, `git fetch --unshallow` brings the older ones.',
    })
  const short = commit.slice(0, 7)
  const name = commit.startsWith(ref) ? short : `${ref} (${short})`
  const files = ['dist', 'package.json'].filter(
    path => find(root, ['cat-file', '-e', `${commit}:${path}`]) !== undefined,
  )
  if (find(root, ['cat-file', '-e', `${commit}:dist/index.js`]) === undefined)
    return failed({
      code: 'BENCHMARK_NO_DIST',
      message: `--against ${ref}: no dist/index.js is committed at ${short}.`,
      hint: 'Name a commit that has one: `git log --oneline -- dist/index.js` lists those that changed it.',
    })
  mkdirSync(join(root, '.cache'), { recursive: true })
  const directory = mkdtempSync(join(root, '.cache', 'against-'))
  const remove = () => rmSync(directory, { recursive: true, force: true })
  try {
    const archive = execFileSync('git', ['archive', '--format=tar', commit, '--', ...files], {
      cwd: root,
      maxBuffer: MOST_ARCHIVE_BYTES,
    })
    execFileSync('tar', ['-xf', '-', '-C', directory], { input: archive })
  } catch (error) {
    remove()
    throw error
  }
  return { ok: true, value: { name, dist: join(directory, 'dist'), remove } }
}

/** What git prints, without the line's end; undefined when it says no. @param {string} cwd @param {readonly string[]} args */
function find(cwd, args) {
  try {
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

/** @param {import('../src/errors.ts').Problem} problem */
function failed(problem) {
  return { ok: /** @type {const} */ (false), problems: [problem] }
}
