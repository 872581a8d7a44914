import { quoteForShell } from '../text/shell.ts'

/**
 * A `tar` that stands first on the child's PATH, on Linux and macOS: what it is asked to extract goes through our own
 * reader, since tar as the library calls it (`-P`) writes wherever an archive says. Everything else is the system's.
 * @param command how to start our reader, which takes the archive on standard input
 */
export function ownTarScript(command: readonly string[]): string {
  const reader = command.map(quoteForShell).join(' ')
  return `#!/bin/sh
PATH="\${PATH#*:}"
if [ "$1" != -xf ]; then
  real=$(command -v "\${0##*/}") || real=tar
  exec "$real" "$@"
fi
case "$*" in
  *--use-compress-program*) unzstd -c < "$2" | ${reader} ;;
  *) exec ${reader} < "$2" ;;
esac
`
}
