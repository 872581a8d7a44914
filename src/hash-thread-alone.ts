import { hashThread } from './hash-thread.ts'

// The entry of a bundle for the thread alone: the whole program in every thread is 30 MB and half of its start.
await hashThread()
