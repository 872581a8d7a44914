/** A parent that is a file, a link that leads round in a circle, a name no file can have: nothing is at such a path either. */
const ABSENT: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']

/** For `catch`: missing things are answers, everything else is an error. */
export function absent(error: NodeJS.ErrnoException): undefined {
  if (ABSENT.includes(error.code)) return undefined
  throw error
}
