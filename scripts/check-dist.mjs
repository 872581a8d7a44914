// Says whether dist/, just built, is what the last commit has. Asked of `git status`, because `git diff` does not see
// files that nobody added; a build that wrote nothing is caught by the deletions. Runs in the repository's root.
import { execFileSync } from 'node:child_process'

const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all', '--', 'dist'], {
  encoding: 'utf8',
})
if (status !== '') {
  console.error(`dist/ is not what the sources build; run npm run build and commit the result:\n${status}`)
  process.exitCode = 1
}
