import { sumKey } from '../go/gosum.ts'
import type { ModuleVersion } from '../go/module.ts'

/** Modules every public proxy has, for projects without go.sum lines of their own. Hashes as the checksum database has them. */
const LINES: readonly (readonly [path: string, version: string, zip: string, mod: string])[] = [
  [
    'github.com/spf13/pflag',
    'v1.0.5',
    'iy+VFUOCP1a+8yFto/drg2CJ5u0yRoB7fZw3DKv/JXA=',
    'McXfInJRrz4CZXVZOBLb0bTZqETkiAhM9Iw0y3An2Bg=',
  ],
  [
    'github.com/pkg/errors',
    'v0.9.1',
    'FEBLx1zS214owpjy7qsBeixbURkuhQAwrK5UwLGTwt4=',
    'bwawxfHBFNV+L2hUp1rHADufV3IMtnDRdf1r5NINEl0=',
  ],
  [
    'github.com/google/uuid',
    'v1.6.0',
    'NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=',
    'TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=',
  ],
  [
    'golang.org/x/sys',
    'v0.20.0',
    'Od9JTbYCk261bKm4M/mw7AklTlFYIa0bIp9BgSm1S8Y=',
    '/VUhepiaJMQUp4+oa/7Zr1D23ma6VTLIYjOOTFZPUcA=',
  ],
]

export const PINNED: { readonly modules: readonly ModuleVersion[]; readonly sums: ReadonlyMap<string, string> } = {
  modules: LINES.map(([path, version]) => ({ path, version })),
  sums: new Map(
    LINES.flatMap(([path, version, zip, mod]) => [
      [sumKey({ path, version }, 'zip'), `h1:${zip}`],
      [sumKey({ path, version }, 'mod'), `h1:${mod}`],
    ]),
  ),
}
