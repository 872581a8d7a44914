import { either, type GoMessage, inOrder, row } from './message.ts'

/** What is wrong with the project, its modules or this machine, each in go's own words: no proxy can mend it. */
export const PROJECT_MESSAGES: readonly GoMessage[] = [
  row('GO_MOD_WITHOUT_MODULE', /missing module declaration/, {
    retry: 'never',
    message: 'go.mod has no module line.',
    hint: 'Is the file complete? It needs a line `module PATH` with the path of this module; `go mod init PATH` writes a new file.',
  }),
  row('GO_WORK_OLDER', /listed in go\.work file requires go >= /, {
    retry: 'never',
    message: 'go.work has an older go line than a module that it names.',
    hint: 'Run `go work use` and commit go.work.',
  }),
  row('GO_REPLACE_MISSING', inOrder(/\(replaced by /, /\): reading \S+go\.mod: open /), {
    retry: 'never',
    message: 'A replace line of go.mod names a directory that has no go.mod.',
    hint: 'If the directory belongs to a submodule or another repository, check it out in this job. If not, remove the line: `go mod edit -dropreplace=PATH`.',
  }),
  row('GO_FLAGS_UNREADABLE', /parsing \$GOFLAGS: |\$GOFLAGS/, {
    retry: 'never',
    message: 'GOFLAGS contains something that go does not know.',
    hint: 'Correct GOFLAGS: `go env GOFLAGS` shows its value, and `go help environment` says what it may contain.',
  }),
  row('GO_ZIP_REFUSED', /(^|: )unzip \S+: /, {
    retry: 'never',
    message: 'A module contains files that go refuses to unpack.',
    hint: 'Every proxy has the same files. Require another version of the module, and tell its author.',
  }),
  row('GIT_NOT_INSTALLED', /failed to execute git version: |exec: "[^"]*": executable file not found/, {
    retry: 'never',
    message: 'A module comes from its repository, and git is not installed here.',
    hint: 'Install git, or let go ask a module proxy: GOPROXY must not begin with `direct`, and no GOPRIVATE pattern may cover a public module.',
  }),
  row('GO_FILE_PROXY_LACKS', /reading file:\/\/\S+: (no such file or directory|The system cannot find)/, {
    retry: 'never',
    message: 'The directory that GOPROXY names as a file:// URL lacks a module.',
    hint: 'Put the module there, or add another proxy after it in GOPROXY, separated by a comma.',
  }),
  row(
    'GO_SUMDB_KEY',
    either(inOrder(/verifying /, /\b(unverifiable|invalid signature|malformed) note/), /reading tree note: /),
    {
      retry: 'never',
      message: 'The checksum database’s answer is not signed with the key that go expects.',
      hint: 'Does the key in GOSUMDB (input sumdb) belong to this database? If it does, another server answers in its place: do not disable GOSUMDB.',
    },
  ),
]
