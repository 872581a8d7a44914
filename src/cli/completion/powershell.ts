import { type CompletionPlace, type Suggestion, valuesByKey } from './places.ts'

/**
 * For `go-proxy-setup completion powershell | Out-String | Invoke-Expression`. Where it suggests nothing, PowerShell
 * suggests files. Source: Microsoft's page of Register-ArgumentCompleter.
 */
export function renderPowershellCompletion(places: readonly CompletionPlace[]): string {
  const words = places.map(
    ({ path, words, options }) => `    '${path}' = @(${[...words, ...options].map(pair).join(', ')})`,
  )
  const values = places.flatMap(place =>
    valuesByKey(place).flatMap(([keys, one]) =>
      typeof one === 'string'
        ? []
        : keys.map(key => `    '${key}' = @(${one.map(word => pair({ word, description: '' })).join(', ')})`),
    ),
  )
  return `Register-ArgumentCompleter -Native -CommandName go-proxy-setup -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${words.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() } | Select-Object -Skip 1)
  $place = ''
  foreach ($word in $before) {
    $longer = "$place $word".Trim()
    if ($words.ContainsKey($longer)) { $place = $longer }
  }
  $found = if ($before.Count -gt 0) { $values["\${place}:$($before[-1])"] }
  if (-not $found) { $found = $words[$place] }
  $found | ForEach-Object {
    $word, $tip = $_ -split '=', 2
    if ($word.StartsWith($wordToComplete)) {
      [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $tip)
    }
  }
}
`
}

/** One text, for lists of lists of one are flattened. A tooltip must not be empty. */
function pair({ word, description }: Suggestion): string {
  return `'${word}=${description || word}'`
}
