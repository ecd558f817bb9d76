// Painted kernels as text, the way app/kernel_choice.py writes them: "-1,0,1;-2,0,2;-1,0,1".

/** @param {number[][]} rows */
export function kernelText(rows) {
  return rows.map((row) => row.map((value) => String(tidy(value))).join(",")).join(";");
}

/** Remove the dust that steps of 0.1 leave behind (0.30000000000000004). */
export function tidy(value) {
  return Object.is(value, -0) ? 0 : Number(value.toPrecision(12));
}

/** A number as a cell shows it: short, without trailing zeros. */
export function cellText(value) {
  if (Number.isInteger(value)) return String(value).replace("-", "−");
  const short =
    Math.abs(value) >= 100
      ? value.toFixed(0)
      : Math.abs(value) >= 10
        ? value.toFixed(1)
        : value.toFixed(2);
  return String(Number(short))
    .replace("-", "−")
    .replace(/^(−?)0\./, "$1.");
}

/** Other size, same middle; new cells are zero. @param {number[][]} rows */
export function resized(rows, height, width) {
  const top = Math.floor((height - rows.length) / 2);
  const left = Math.floor((width - rows[0].length) / 2);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => rows[row - top]?.[column - left] ?? 0),
  );
}

/** The cells a symmetric brush touches together. @returns {Array<[number, number]>} */
export function mirrored(row, column, height, width, symmetry) {
  const places = [[row, column]];
  if (symmetry === "left-right" || symmetry === "both") places.push([row, width - 1 - column]);
  if (symmetry === "up-down" || symmetry === "both") places.push([height - 1 - row, column]);
  if (symmetry === "both" || symmetry === "point")
    places.push([height - 1 - row, width - 1 - column]);
  return places;
}

/** What someone typed as a weight: a number, a fraction such as 1/9, or null. */
export function typedNumber(text) {
  const match = text
    .trim()
    .replace("−", "-")
    .replace(",", ".")
    .match(/^([+-]?\d*\.?\d+(?:e[+-]?\d+)?)(?:\/(\d*\.?\d+))?$/i);
  if (!match) return null;
  const value = Number(match[1]) / (match[2] ? Number(match[2]) : 1);
  return Number.isFinite(value) && Math.abs(value) <= 1e6 ? value : null;
}
