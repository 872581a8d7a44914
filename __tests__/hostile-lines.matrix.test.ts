import { describe, expect, test } from '@jest/globals'
import { parseEntryName } from '../src/build-cache/entry.ts'
import { trackedObjects } from '../src/build-cache/test-times.ts'
import { readOrigin } from '../src/cache/provenance.ts'
import { cachesWithSetupGo, workflowPath } from '../src/cache/setup-go.ts'
import { plainInfo } from '../src/cache/verify.ts'
import { placeIn, withoutAliases } from '../src/credentials/asked.ts'
import { diagnose } from '../src/credentials/diagnose.ts'
import { parseUsersGit } from '../src/credentials/git-config.ts'
import { parseGitUrl } from '../src/credentials/git-url.ts'
import { parseGitVersion } from '../src/credentials/git-version.ts'
import { machinesIn } from '../src/credentials/netrc.ts'
import { isPlainEntry } from '../src/credentials/plain-git-config.ts'
import { parseSshHost } from '../src/credentials/ssh.ts'
import type { KnownCredentials } from '../src/credentials/tried.ts'
import { saidLines } from '../src/download/failure.ts'
import { followWaiting } from '../src/download/waiting.ts'
import { parseRetryAfter } from '../src/gateway/fetching/retry.ts'
import { wordsOfProxy } from '../src/gateway/telling/words.ts'
import { parseObjectPath, requestedModule, unescapeModulePath } from '../src/go/escape.ts'
import { classifyGoError, modulesNamedIn } from '../src/go/failure.ts'
import { splitGoflags } from '../src/go/goflags.ts'
import { loginsIn, normalizeProxyUrl, parseGoproxy, redactGoproxy, redactUrl } from '../src/go/goproxy.ts'
import { addedLines, findSumLine, parseGoSum } from '../src/go/gosum.ts'
import { isSignedNote, parseGosumdb, parseLookup } from '../src/go/gosumdb.ts'
import { mismatchesIn } from '../src/go/mismatch.ts'
import { parseModFile } from '../src/go/mod-file.ts'
import { parseNetrc } from '../src/go/netrc.ts'
import { parseObjectUrl, parseTraceLine } from '../src/go/trace.ts'
import { parseGoVersion } from '../src/go/version.ts'
import { readWithdrawal } from '../src/go/withdrawn.ts'
import { keepEnd, moduleBefore, ownText, readLines } from '../src/go/words.ts'
import { nameRepositories } from '../src/job/diagnose-failure.ts'
import { linesOf, parseGoWorkJson } from '../src/project/gomod.ts'
import { findModuleLine } from '../src/project/lines.ts'
import { codeSpan, escapeMarkdown, preformatted } from '../src/report/escape.ts'
import { createRedactor } from '../src/runner/secrets.ts'
import { parseOriginals } from '../src/settings/original.ts'
import { columnsOf, shortenTo, wrapWords } from '../src/text/columns.ts'
import { sanitizeLine, sanitizeLines } from '../src/text/sanitiser.ts'
import { readTransferred, readWarning } from '../src/transfer/messages.ts'
import { findInHosts } from '../src/upstream/lookup.ts'

const HOST = 'git.corp.example'
const KNOWN: KnownCredentials = {
  logins: [{ host: HOST, port: undefined, path: '', line: 1, user: 'x', token: 'cAnArY-0123456789' }],
  keys: [{ host: HOST, port: undefined, path: 'keys' }],
  empty: [],
  withheldIn: undefined,
  own: [],
  patterns: 'corp.example,git.corp.example',
}
const MODULE = { path: `${HOST}/a`, version: 'v1.0.0' }
const VERIFIER = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
const CLONE = { directory: '/cache/vcs/0123', url: `https://${HOST}/a` }
/** go's own line before what it quotes of git. */
const quoted = (text: string) =>
  `go: ${HOST}/a@v1.0.0: git fetch -f https://${HOST}/a in ${CLONE.directory}: exit status 128:\n\t${text}`
const redactor = createRedactor()
redactor.add('cAnArY-0123456789')

/** Whatever reads the words of go, git, ssh, a server, a cache or a repository. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'go’s lines': text => ownText(readLines(text)),
  'git’s lines': text => ownText(readLines(quoted(text))),
  'the end of them': text => keepEnd(text, 1_000),
  'a module before words': text => moduleBefore(text, ' requires'),
  'go’s error': classifyGoError,
  'go’s error with git’s': text => classifyGoError(quoted(text)),
  modulesNamedIn,
  mismatchesIn,
  'a private host’s error': text => diagnose(text, '', KNOWN),
  'a private host’s error with git’s': text => diagnose(quoted(text), text, KNOWN),
  placeIn: text => placeIn(text, KNOWN),
  withoutAliases,
  nameRepositories: text => nameRepositories(text, { urls: [], repositories: [], clones: [CLONE], gitWorks: false }),
  saidLines: text => saidLines(text, undefined),
  'what go waits for': text => {
    const waiting = followWaiting()
    waiting.note({ kind: 'command started', text })
    return waiting.read()
  },
  parseTraceLine,
  parseObjectUrl: text => parseObjectUrl(text, ['https://proxy.example']),
  parseUsersGit,
  parseGitUrl,
  parseGitVersion,
  isPlainEntry: text => isPlainEntry(text, text),
  parseSshHost: text => parseSshHost(HOST, text),
  machinesIn,
  parseNetrc,
  parseModFile,
  readWithdrawal: text => readWithdrawal(text, MODULE.version),
  'a go.mod’s lines': text => findModuleLine(MODULE, [{ file: '/x/go.mod', name: 'go.mod', text }]),
  linesOf,
  parseGoWorkJson: text => parseGoWorkJson('{}', text),
  parseGoSum,
  addedLines: text => addedLines(text, `${text}x`),
  findSumLine: text => findSumLine(text, 'a', 'b'),
  isSignedNote: text => isSignedNote(text, VERIFIER),
  parseLookup: text => parseLookup(text, MODULE, VERIFIER),
  parseGosumdb,
  parseGoproxy,
  redactGoproxy,
  loginsIn,
  normalizeProxyUrl,
  redactUrl,
  splitGoflags,
  parseGoVersion,
  parseObjectPath,
  requestedModule,
  unescapeModulePath,
  'a server’s words': wordsOfProxy,
  parseRetryAfter: text => parseRetryAfter(text, new Date(0)),
  readOrigin,
  plainInfo: text => plainInfo(JSON.stringify({ Version: text, Time: text })),
  cachesWithSetupGo: text => cachesWithSetupGo(text, 'job'),
  workflowPath: text => workflowPath(text, 'owner/name'),
  readTransferred,
  readWarning,
  parseEntryName,
  trackedObjects: text => trackedObjects(text, 'ab'),
  parseOriginals,
  findInHosts: text => findInHosts(text, HOST),
  redact: redactor.redact,
  escapeMarkdown,
  preformatted,
  codeSpan,
  sanitizeLine,
  sanitizeLines,
  columnsOf,
  shortenTo: text => shortenTo(text, 30),
  wrapWords: text => wrapWords(text, 60),
}

/** A line is full of one of these: of what a pattern may begin with, go on with, or look for. */
const PIECES = [
  ...[
    ' ',
    '\t',
    '\r',
    '\n',
    'a',
    '0',
    '.',
    '/',
    '@',
    ':',
    ',',
    '|',
    '-',
    '"',
    '\\',
    '\\"',
    '%',
    '[',
    '`',
    '\u001b[',
    '\u200b',
  ],
  ...[
    'a.',
    'a/',
    'a-',
    'a@',
    'a:',
    'a ',
    ' a',
    '@v1',
    'a@v1',
    'a.b@v1.',
    'a@a.',
    'git@a.b:c/',
    '.go-proxy-setup-01234567-0',
  ],
  ...['"a', '": "', '://', 'https://a', 'https://a@', 'https://a/?', 'ssh://a@', 'Get "', 'Get "https://a', 'Get "\\'],
  ...[
    'go: ',
    '\ngo: ',
    '\ngo: a.b@v1: ',
    '\n\t',
    '\tfatal: ',
    'remote: ',
    ': exit status 1',
    'reading a: ',
    'lookup a on b: ',
  ],
  ...[
    'verifying ',
    'verifying go.mod: ',
    'verifying module: a/lookup/a: ',
    '/lookup/',
    '(replaced by ',
    '\t"Error": "',
  ],
  ...[
    "fatal: repository '",
    'git ',
    'git -c ',
    'git -c a ',
    ': git fetch https://a ',
    ' origin ',
    ' origin in ',
    ' in ',
    ' in a:',
  ],
  ...[
    'cd a; git ',
    'mkdir -p a #',
    '# get a',
    'socks connect a a: ',
    'errors parsing a',
    '.mod:1',
    '500 A',
    'unzip ',
    'exec: "',
  ],
  ...[
    'machine ',
    'machine a login ',
    ' => ',
    'h1:A',
    '\n— a ',
    '\n - uses: a',
    'with:\n',
    '{"a":',
    '::a',
    '##[',
    '漢',
    '\ud800',
  ],
]
const BEGINNINGS = ['', 'Get "']
/** As much as is read of a line. Source: lineSplitter. */
const CHARACTERS = 64 << 10

/** Time may grow with a line’s length, and not with its square: some would then take longer than a test may. */
describe('lines of 64 kB that are full of what is looked for are read to their end', () => {
  test.each(Object.entries(READERS))(
    '%s',
    async (_, read) => {
      for (const beginning of BEGINNINGS)
        for (const piece of PIECES) {
          const text = beginning + piece.repeat(CHARACTERS / piece.length)
          expect(() => read(text)).not.toThrow()
          // Or the deadline would never be looked at.
          await new Promise(resolve => setImmediate(resolve))
        }
    },
    20_000,
  )
})
