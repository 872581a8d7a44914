import { either, type GoMessage, inOrder, row } from './message.ts'

/** What is wrong with the project, its modules or this machine, each in go's own words: no proxy can mend it. */
export const PROJECT_MESSAGES: readonly GoMessage[] = [
  row('GO_MOD_WITHOUT_MODULE', /missing module declaration/, {
    retry: 'never',
    message: 'go.mod has no module line.',
    hint: 'Was it written to its end? Its first line is `module` and the path of this module; `go mod init PATH` makes a new one.',
  }),
  row('GO_WORK_OLDER', /listed in go\.work file requires go >= /, {
    retry: 'never',
    message: 'go.work has an older go line than a module that it names.',
    hint: 'Run `go work use` and commit go.work.',
  }),
  row('GO_REPLACE_MISSING', inOrder(/\(replaced by /, /\): reading \S+go\.mod: open /), {
    retry: 'never',
    message: 'A replace line of go.mod leads to a directory that has no go.mod.',
    hint: 'Is it a submodule, or another repository that this job does not check out? Else remove the line: `go mod edit -dropreplace=PATH`.',
  }),
  row('GO_FLAGS_UNREADABLE', /parsing \$GOFLAGS: |\$GOFLAGS/, {
    retry: 'never',
    message: 'GOFLAGS has something that go does not know.',
    hint: 'Mend GOFLAGS: `go env GOFLAGS` shows it, and `go help environment` says what it may have.',
  }),
  row('GO_ZIP_REFUSED', /(^|: )unzip \S+: /, {
    retry: 'never',
    message: 'A module has files that go does not unpack.',
    hint: 'Every proxy has the same ones: require another version of it, and tell its author.',
  }),
  row('GIT_NOT_INSTALLED', /failed to execute git version: |exec: "[^"]*": executable file not found/, {
    retry: 'never',
    message: 'A module comes from its repository, and git is not installed here.',
    hint: 'Install git, or name a module proxy: GOPROXY without `direct` in front, and no GOPRIVATE pattern for public modules.',
  }),
  row('GO_FILE_PROXY_LACKS', /reading file:\/\/\S+: (no such file or directory|The system cannot find)/, {
    retry: 'never',
    message: 'The directory that GOPROXY names as a file:// URL lacks a module.',
    hint: 'Put the module there, or name another proxy behind it in GOPROXY, after a comma.',
  }),
  row(
    'GO_SUMDB_KEY',
    either(inOrder(/verifying /, /\b(unverifiable|invalid signature|malformed) note/), /reading tree note: /),
    {
      retry: 'never',
      message: 'The answer of the checksum database is not signed with its key.',
      hint: 'Does the key in GOSUMDB (input sumdb) belong to this database? If it does, another server answers in its place: do not disable GOSUMDB.',
    },
  ),
]
