import type { CompletionPlace, Suggestion, Values } from './places.ts'

/** For `go-proxy-setup completion fish | source`. Source: fish-doc, complete. */
export function renderFishCompletion(places: readonly CompletionPlace[]): string {
  const verbs = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  return `function __go_proxy_setup_place
  set -l place
  for word in (commandline -opc)[2..-1]
    contains -- (string join -- ' ' $place $word) ${verbs.join(' ')}; and set -a place $word
  end
  string join -- ' ' $place
end
complete -c go-proxy-setup -f
${places.flatMap(linesOf).join('\n')}
`
}

function linesOf({ path, words, options, values, takesFiles }: CompletionPlace): readonly string[] {
  const start = `complete -c go-proxy-setup -n 'test "$(__go_proxy_setup_place)" = "${path}"'`
  return [
    ...words.map(one => `${start} -a '${one.word}'${describe(one)}`),
    ...options.map(one => {
      const taken = values.find(({ names }) => names.includes(one.word))?.values
      const name = one.word.startsWith('--') ? `-l ${one.word.slice(2)}` : `-s ${one.word.slice(1)}`
      return `${start} ${name}${take(taken)}${describe(one)}`
    }),
    ...(takesFiles ? [`${start} -F`] : []),
  ]
}

function take(values: Values | undefined): string {
  if (values === undefined) return ''
  if (values === 'files') return ' -r -F'
  if (values === 'directories') return " -x -a '(__fish_complete_directories)'"
  return values === 'text' ? ' -x' : ` -x -a '${values.join(' ')}'`
}

function describe({ description }: Suggestion): string {
  return description === '' ? '' : ` -d '${description}'`
}
