// How alike two names are.

/** How many letters have to be put in, left out or replaced to make one text of another. */
export function mistakes(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, count) => count);
  for (let position = 1; position <= one.length; position++) {
    const next = [position];
    for (let at = 1; at <= other.length; at++) {
      const replaced = row[at - 1]! + (one[position - 1] === other[at - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[at]! + 1, next[at - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
