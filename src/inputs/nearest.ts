/** The word that was probably meant: the one fewest edits away; undefined when none is near. */
export function findNearest(word: string, known: readonly string[], maximumEdits = 2): string | undefined {
  if (word.length > 40) return undefined
  const ranked = known.map(name => ({ name, edits: countEdits(word.toLowerCase(), name) }))
  const best = ranked.reduce((a, b) => (b.edits < a.edits ? b : a), { name: '', edits: maximumEdits + 1 })
  return best.edits <= maximumEdits && best.edits < best.name.length ? best.name : undefined
}

/** Insertions, deletions, replacements (Levenshtein), a row of the table at a time. */
function countEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (char === b[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
