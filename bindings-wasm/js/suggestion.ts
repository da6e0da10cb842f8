// What somebody may have meant by a name.

/** `: did you mean …?` with the name that is most like this one; nothing if none is. */
export function suggestion(name: string, names: readonly string[]): string {
  const [best] = names
    .map((known) => ({ known, distance: distance(plain(name), plain(known)) }))
    .filter(({ known, distance }) => 3 * distance <= known.length)
    .sort((one, other) => one.distance - other.distance);
  return best === undefined ? "" : `: did you mean ${best.known}?`;
}

/** Letter case and underscores make no difference. */
function plain(name: string): string {
  return name.slice(0, 64).replace(/[_-]/g, "").toLowerCase();
}

/** How many letters have to be changed, added or removed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, position) => position);
  for (let position = 1; position <= from.length; position++) {
    const next = [position];
    for (let column = 1; column <= to.length; column++) {
      const changed = row[column - 1]! + (from[position - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(changed, row[column]! + 1, next[column - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
