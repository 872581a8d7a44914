import { type CompletionPlace, type Values, valuesByKey } from './places.ts'

/**
 * For `source <(go-proxy-setup completion bash)`. bash splits `--name=value` at the equals sign. Files are left to readline,
 * which knows how to quote them. Source: bash manual, Programmable completion.
 */
export function renderBashCompletion(places: readonly CompletionPlace[]): string {
  const verbs = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  const values = places.flatMap(place =>
    valuesByKey(place).map(([keys, one]) => `    ${keys.map(key => `'${key}'`).join('|')}) ${suggest(one)}; return ;;`),
  )
  const words = places.map(({ path, words, options, takesFiles }) => {
    const all = [...words, ...options].map(({ word }) => word).join(' ')
    const files = takesFiles ? ' [[ $cur == -* ]] || compopt -o default 2>/dev/null;' : ''
    return `    '${path}') COMPREPLY=($(compgen -W '${all}' -- "$cur"));${files} ;;`
  })
  return `_go_proxy_setup() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' i
  COMPREPLY=()
  if [[ $cur == '=' ]]; then cur=''
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == -- ]] && { compopt -o default 2>/dev/null; return; }
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${verbs.join('|')}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path:$prev" in
${values.join('\n')}
  esac
  case "$path" in
${words.join('\n')}
  esac
}
complete -F _go_proxy_setup go-proxy-setup
`
}

function suggest(values: Values): string {
  if (values === 'text') return ':'
  if (values === 'files') return 'compopt -o default 2>/dev/null'
  if (values === 'directories') return 'compopt -o dirnames 2>/dev/null'
  return `COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$cur"))`
}
