import { hashThread } from './hash-thread.ts'

// The entry of a bundle for the thread alone, which need not read and compile the whole program.
await hashThread()
