import type { Variable } from '../variables.ts'

/**
 * Lines for `| Invoke-Expression` in PowerShell: `$env:NAME = 'value'`. Between single quotes a quote is doubled and all
 * else stands for itself. Every other character than printable ASCII is written as its number, a UTF-16 unit each: Windows
 * PowerShell decodes what a program prints with the console's code page, takes typographic quotation marks for quotes, and
 * a line break would end the line that Invoke-Expression is given. An empty value removes the variable before
 * PowerShell 7.5: for go it is the same. Source: about_Quoting_Rules, about_Environment_Variables.
 */
export function renderPowershell(variables: readonly Variable[]): string {
  return variables.map(({ name, value }) => `$env:${name} = ${expressionFor(value)}\n`).join('')
}

function expressionFor(value: string): string {
  const parts = value.match(/[ -~]+|[^ -~]/g) ?? []
  const terms = parts.map(part =>
    /^[ -~]/.test(part) ? quote(part) : `[char]0x${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
  // A text in front makes texts of the characters behind it: two of them alone cannot be added.
  return (terms[0]?.startsWith("'") ? terms : [quote(''), ...terms]).join(' + ')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
