/** What fails is told, and the other pictures are taken all the same. */
export async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(`${what}:`, error);
    process.exitCode = 1;
  }
}
