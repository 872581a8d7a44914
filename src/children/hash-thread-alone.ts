import { hashThread } from './hash-thread.ts'

// The entry of a bundle for the thread alone, so that it need not load and compile the whole program.
void hashThread()
