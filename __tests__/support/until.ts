const LOOK_EVERY_MS = 10

/**
 * For what sends no event when it happens: a file that another process writes, a process that ends. It looks again and
 * again until the condition holds; where it never does, the test runs into its time limit.
 */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS))
}
