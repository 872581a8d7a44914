import { type CompletionPlace, type Suggestion, type Values, valuesByKey } from './places.ts'

/**
 * For `source <(go-proxy-setup completion zsh)` behind `compinit`, or as the file `_go-proxy-setup` in fpath. Source:
 * zshcompsys(1), _describe and compset.
 */
export function renderZshCompletion(places: readonly CompletionPlace[]): string {
  const verbs = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  const values = places.flatMap(place =>
    valuesByKey(place).map(
      ([keys, one]) => `    (${keys.map(key => `'${key}'`).join('|')}) ${suggest(one)}; return ;;`,
    ),
  )
  const words = places.map(
    ({ path, words, options, takesFiles }) => `    ('${path}')
      all=(${words.map(quote).join(' ')})
      options=(${options.map(quote).join(' ')})${takesFiles ? '\n      _files' : ''} ;;`,
  )
  return `#compdef go-proxy-setup
_go_proxy_setup() {
  local prev=\${words[CURRENT-1]} place='' word
  local -a all options
  if [[ \${words[CURRENT]} == --*=* ]]; then
    prev=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  for word in \${words[2,CURRENT-1]}; do
    [[ $word == -- ]] && { _default; return; }
    case "\${place:+$place }$word" in
      (${verbs.join('|')}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place:$prev" in
${values.join('\n')}
  esac
  case "$place" in
${words.join('\n')}
  esac
  (( $#all )) && _describe 'word' all
  [[ \${words[CURRENT]} == -* ]] && _describe -o 'option' options
}
if [[ \${funcstack[1]} == _go-proxy-setup ]]; then _go_proxy_setup "$@"; else compdef _go_proxy_setup go-proxy-setup; fi
`
}

/** Behind a colon the description; one without has no colon. */
function quote({ word, description }: Suggestion): string {
  return description === '' ? `'${word}'` : `'${word}:${description}'`
}

function suggest(values: Values): string {
  if (values === 'text') return '_message value'
  if (values === 'files') return '_files'
  return values === 'directories' ? '_files -/' : `compadd -- ${values.join(' ')}`
}
