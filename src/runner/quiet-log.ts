import type { Log } from '../effects.ts'

/**
 * A log that prints nothing until it is released: then warnings and errors, as they came. What only tells what happens
 * is dropped; what was asked for with RUNNER_DEBUG is printed.
 */
export function holdBack(log: Log): { readonly log: Log; readonly release: () => void } {
  let held: (() => void)[] | undefined = []
  const later = (print: () => void) => {
    if (held === undefined) print()
    else held.push(print)
  }
  return {
    log: {
      ...(log.records ? { records: true } : {}),
      debugging: log.debugging,
      debug: log.debug,
      info: () => {},
      lines: () => {},
      warning: problem => later(() => log.warning(problem)),
      warnings: problems => later(() => log.warnings(problems)),
      error: problem => later(() => log.error(problem)),
      notice: () => {},
      group: (_, body) => body(),
      follow: () => () => {},
      endProgress: () => {},
      columns: log.columns,
      mask: log.mask,
      conceal: log.conceal,
      redact: log.redact,
    },
    release: () => {
      const prints = held ?? []
      held = undefined
      for (const print of prints) print()
    },
  }
}
