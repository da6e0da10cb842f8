// Why a command ends without having done what it was asked for, and the codes it ends with.

/** What the process ends with. The help of every command lists them. */
export const exitCodes = { done: 0, refused: 1, wrongUse: 2, unreachable: 3 } as const;

type FailureName = "wrong_use" | "unreachable";

/** What the person at the terminal can put right. Its message holds no value of an argument, file or variable. */
export class Failure extends Error {
  readonly code: FailureName;

  constructor(code: FailureName, message: string) {
    super(message);
    this.code = code;
  }

  get exitCode(): number {
    return this.code === "wrong_use" ? exitCodes.wrongUse : exitCodes.unreachable;
  }
}

/** An option, a field or a secret is at fault. */
export function wrongUse(message: string): Failure {
  return new Failure("wrong_use", message);
}

/** A file or the endpoint is at fault. */
export function unreachable(message: string): Failure {
  return new Failure("unreachable", message);
}
