import { isOlder, neededToolchain, parseGoVersion } from '../go/version.ts'
import { type Finding, faultOf, good, warnOf } from './finding.ts'
import type { SetupFacts } from './setup-facts.ts'

/** Go itself: which one works here, and whether it is whole. */
export function findGoFaults(facts: SetupFacts): readonly Finding[] {
  const { settings } = facts
  return [
    good('Go', `${settings.version} ${settings.goos}/${settings.goarch} in ${settings.goroot}`),
    ...findTooOld(facts),
    ...findStaleRoot(facts),
    ...findUnknownDebug(facts),
  ]
}

/** A go line that this Go does not do, where GOTOOLCHAIN forbids or allows to fetch another. */
function findTooOld({ settings, project }: SetupFacts): readonly Finding[] {
  const { version, GOTOOLCHAIN } = settings
  const goLine = project?.goLine
  if (goLine === undefined || !isOlder(version, goLine)) return []
  const switched = neededToolchain(version, goLine, project?.toolchainLine, GOTOOLCHAIN.value)
  if (switched !== undefined && !isOlder(switched, goLine) && /^(auto|.*\+auto|)$/.test(GOTOOLCHAIN.value))
    return [
      good('Go', `go.mod asks for Go ${goLine}; go fetches ${switched} for it (GOTOOLCHAIN is ${GOTOOLCHAIN.value})`),
    ]
  if (switched !== undefined && !isOlder(switched, goLine)) return []
  return [
    faultOf('Go', {
      code: 'GO_TOO_OLD',
      message: `go.mod asks for Go ${goLine}, this one is ${version}, and GOTOOLCHAIN=${GOTOOLCHAIN.value} (from ${GOTOOLCHAIN.from}) forbids fetching another.`,
      hint: `Install Go ${goLine}, or set GOTOOLCHAIN=auto.`,
    }),
  ]
}

/** GOROOT of another Go: the compiler is found there, and refuses this go. */
function findStaleRoot({ settings, goroot, env }: SetupFacts): readonly Finding[] {
  const [found = ''] = goroot.version?.split(/[\s-]/) ?? []
  const own = settings.version.split(/[\s-]/)[0]
  if (parseGoVersion(found) === undefined || found === own) return []
  const where = env['GOROOT'] ? 'GOROOT (from environment)' : 'GOROOT'
  return [
    faultOf('Go', {
      code: 'DOCTOR_GOROOT_STALE',
      message: `${where} is ${settings.goroot}, which holds ${found}, while the go on PATH is ${own}: builds fail with “compile: version … does not match go tool version …”.`,
      hint: 'Unset GOROOT (`unset GOROOT`, `go env -u GOROOT`): go finds its own files. Or put that Go first on PATH.',
    }),
  ]
}

/** Names that pages recommend and no Go has ever known. */
const NEVER_KNOWN = ['gomodulesruntime']

/** Settings that stand in no table of Go's sources. Source: `godebug.New("#…")` there, and older versions. */
const BESIDE_TABLE =
  /^(cpu\.\w+|netdns|http2debug|allocfreetrace|gocache(hash|test|verify)|cmdgonetlimit|execwait|fuzzdebug|gofsystrace\w*|goindex|gotoolchainexec|multipart\w+|toolchaintrace)$/

/** go ignores what it does not know in GODEBUG, without a word. */
function findUnknownDebug({ godebug, goroot, settings }: SetupFacts): readonly Finding[] {
  const names = godebug.split(',').flatMap(pair => pair.split('=')[0]?.trim() || [])
  const unknown = names.filter(
    name =>
      NEVER_KNOWN.includes(name) ||
      (goroot.godebugs !== undefined && !goroot.godebugs.has(name) && !BESIDE_TABLE.test(name)),
  )
  if (unknown.length === 0) return []
  return [
    warnOf('settings', {
      code: 'DOCTOR_GODEBUG_UNKNOWN',
      message: `GODEBUG has ${unknown.map(name => name.slice(0, 60)).join(', ')}, which ${settings.version} does not know and ignores.`,
      hint: `Remove ${unknown.length === 1 ? 'it: it has' : 'them: they have'} no effect. https://go.dev/doc/godebug lists what there is.`,
    }),
  ]
}

/** The names in Go's own tables. @param table src/internal/godebugs/table.go  @param runtime src/runtime/runtime1.go */
export function parseGodebugs(table: string, runtime: string): ReadonlySet<string> | undefined {
  const names = [
    ...[...table.matchAll(/\{Name: "(\w+)"/g)].map(([, name = '']) => name),
    ...[...runtime.matchAll(/\{name: "(\w+)"/g)].map(([, name = '']) => name),
  ]
  // Of another form, they say nothing.
  return names.length < 20 ? undefined : new Set(names)
}
