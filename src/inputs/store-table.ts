import type { InputRow } from './row.ts'

/** The inputs about modules for builds in containers and on machines without a network. Part of `INPUTS`. */
export const STORE_INPUTS = {
  'module-store': {
    group: 'download',
    kind: 'directory',
    default: 'false',
    description:
      '`true`, or the path of a new directory: the step puts the project’s modules there, each checked against go.sum, so that a container build with `GOPROXY=file://…` needs no network. With `true` it is removed with the job.',
  },
  'module-store-private': {
    group: 'download',
    kind: 'boolean',
    default: 'false',
    description:
      'Whether the module store contains private modules too. Whoever gets the store, or the image layer that holds it, can read them.',
  },
} as const satisfies Readonly<Record<string, InputRow>>
