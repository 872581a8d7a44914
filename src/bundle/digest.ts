import { createHash, type Hash } from 'node:crypto'
import type { OpenFile } from '../effects.ts'

const PIECE_BYTES = 1 << 20

/** A part of a file, piece by piece. It ends early where the file does. */
export async function* piecesOf(file: OpenFile, from = 0, bytes = file.size - from): AsyncGenerator<Buffer, void> {
  for (let done = 0; done < bytes; ) {
    const piece = await file.read(from + done, Math.min(PIECE_BYTES, bytes - done))
    if (piece.length === 0) return
    done += piece.length
    yield piece
  }
}

/** The SHA-256 of what comes, in hexadecimal, and how much came. */
export async function digestOf(
  pieces: AsyncIterable<Buffer>,
  onPiece: (piece: Buffer) => unknown = () => {},
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash: Hash = createHash('sha256')
  let bytes = 0
  for await (const piece of pieces) {
    hash.update(piece)
    bytes += piece.length
    await onPiece(piece)
  }
  return { sha256: hash.digest('hex'), bytes }
}
