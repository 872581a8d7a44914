import { endianness } from 'node:os'
import { type BuiltModule, buildModule } from '../../../src/demo/modules.ts'
import { goPlatformOf } from '../../../src/toolchain/places.ts'

export const PLATFORM = goPlatformOf(process.platform, process.arch, endianness())

/** What golang.org/toolchain has for this machine: by default with a `go` that prints its version and nothing else. */
export function buildToolchain(version: string, files: Readonly<Record<string, string | Buffer>> = {}): BuiltModule {
  return buildModule({
    path: 'golang.org/toolchain',
    version: `v0.0.1-${version}.${PLATFORM.os}-${PLATFORM.arch}`,
    goMod: 'module golang.org/toolchain\n',
    files: {
      VERSION: `${version}\ntime 2026-11-01T00:00:00Z\n`,
      'bin/go': `#!/bin/sh\necho go version ${version} ${PLATFORM.os}/${PLATFORM.arch}\n`,
      'bin/gofmt': '#!/bin/sh\n',
      [`pkg/tool/${PLATFORM.os}_${PLATFORM.arch}/compile`]: '#!/bin/sh\n',
      'pkg/include/asm.h': '',
      'lib/wasm/go_js_wasm_exec': '#!/bin/sh\n',
      'lib/wasm/wasm_exec.js': '',
      'lib/go_one_exec': '',
      'misc/go_android_exec/_go.mod': 'module misc\n',
      'src/_go.mod': 'module std\n\ngo 1.26\n',
      'src/cmd/_go.mod': 'module cmd\n',
      'src/cmd/_go.mod.txt': '',
      ...files,
    },
  })
}

/** A `go` that is the machine's own under this version's name. @param goCommand absolute */
export function passOn(goCommand: string): string {
  return `#!/bin/sh\nunset GOROOT\nexec '${goCommand}' "$@"\n`
}
