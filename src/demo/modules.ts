import { createHash } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'
import { sumKey } from '../go/gosum.ts'
import { hashGoMod } from '../go/h1.ts'
import type { ModuleVersion } from '../go/module.ts'

/** A module made in memory, with everything that a proxy serves of it. */
export interface BuiltModule extends ModuleVersion {
  readonly info: Buffer
  readonly mod: Buffer
  readonly zip: Buffer
  /** h1 of the zip and of the go.mod, computed from the known files: independent of the reader in `go/h1`. */
  readonly h1: string
  readonly goModH1: string
}

export interface ModuleSource extends ModuleVersion {
  /** Further files by name; go.mod and a package are made when they are missing. */
  readonly files?: Readonly<Record<string, string | Buffer>>
  readonly requires?: readonly ModuleVersion[]
  readonly goLine?: string
  /** The whole go.mod, in place of one made of these. */
  readonly goMod?: string
  /** Adds a file of so many bytes that do not compress. */
  readonly paddingBytes?: number
}

export function buildModule(source: ModuleSource): BuiltModule {
  const { path, version, requires = [], goLine = '1.21', paddingBytes = 0, goMod } = source
  const lines = requires.map(required => `\t${required.path} ${required.version}\n`)
  const mod = Buffer.from(
    goMod ?? `module ${path}\n\ngo ${goLine}\n${lines.length > 0 ? `\nrequire (\n${lines.join('')})\n` : ''}`,
  )
  const name =
    path
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1)
      ?.replace(/\W/g, '') || 'pkg'
  const files: Record<string, string | Buffer> = {
    'go.mod': mod,
    [`${name}.go`]: `package ${name}\n\nconst Version = "${version}"\n`,
    ...(paddingBytes > 0 ? { 'padding.bin': padding(`${path}@${version}`, paddingBytes) } : {}),
    ...source.files,
  }
  const entries = Object.entries(files).map(([file, data]) => ({
    name: `${path}@${version}/${file}`,
    data: Buffer.from(data),
  }))
  return {
    path,
    version,
    mod,
    info: Buffer.from(`{"Version":"${version}","Time":"2024-01-02T03:04:05Z"}`),
    zip: writeZip(entries),
    h1: hashFiles(entries),
    goModH1: hashGoMod(mod),
  }
}

/** A complete go.sum for these modules. */
export function goSumOf(modules: readonly BuiltModule[]): string {
  return modules.flatMap(m => [`${sumKey(m, 'zip')} ${m.h1}\n`, `${sumKey(m, 'mod')} ${m.goModH1}\n`]).join('')
}

/** A go.mod that requires all of them, as `go mod tidy` would leave it. */
export function goModOf(path: string, modules: readonly ModuleVersion[], goLine = '1.21'): string {
  const lines = modules.map(module => `\t${module.path} ${module.version}\n`)
  return `module ${path}\n\ngo ${goLine}\n\nrequire (\n${lines.join('')})\n`
}

/** Bytes that look random and are the same for the same seed. */
function padding(seed: string, length: number): Buffer {
  const block = (i: number) => createHash('sha512').update(`${seed} ${i}`).digest()
  return Buffer.concat(Array.from({ length: Math.ceil(length / 64) }, (_, i) => block(i))).subarray(0, length)
}

interface FileData {
  readonly name: string
  readonly data: Buffer
}

function hashFiles(files: readonly FileData[]): string {
  const lines = [...files]
    .sort((a, b) => Buffer.from(a.name).compare(Buffer.from(b.name)))
    .map(({ name, data }) => `${createHash('sha256').update(data).digest('hex')}  ${name}\n`)
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`
}

/** A zip with deflated entries, or stored ones where that is smaller. Source: APPNOTE.TXT 4.3. */
export function writeZip(files: readonly FileData[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, data } of files) {
    const deflated = deflateRawSync(data)
    const stored = deflated.length >= data.length
    const body = stored ? data : deflated
    const nameBytes = Buffer.from(name)
    // Version, flags (UTF-8 name), method, time, date, CRC, sizes, length of the name, no extra field.
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(0x58210000, 6)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, nameBytes, body])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, nameBytes]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
