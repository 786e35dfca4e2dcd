import { html, raw } from "hono/html";
import type { Html } from "../layout.ts";

const QUIET_MODULES = 4;

/** A QR code as one path on white, whatever the colours around it; with the Swiss cross where it is one of theirs. */
export function qrImage(rows: boolean[][], { label, isSwiss }: { label: string; isSwiss: boolean }): Html {
  const size = rows.length + 2 * QUIET_MODULES;
  const path = rows.map((row, y) => lineOf(row, y + QUIET_MODULES)).join("");
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    <rect width="${size}" height="${size}" fill="#fff"/><path stroke="#000" d="${raw(path)}"/>${isSwiss ? swissCross(size) : ""}</svg>`;
}

/** The dark runs of a row as strokes through its middle. */
function lineOf(row: boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x++;
    path += `M${start + QUIET_MODULES} ${y}.5h${x + 1 - start}`;
  }
  return path;
}

/** 7 mm of the 46 that the code measures (SIX Implementation Guidelines QR-bill, 6.4.2). */
function swissCross(size: number): Html {
  const unit = (size - 2 * QUIET_MODULES) / 46;
  const square = (mm: number, fill: string) => bar(mm, mm, fill);
  const bar = (width: number, height: number, fill: string) =>
    html`<rect x="${size / 2 - (width * unit) / 2}" y="${size / 2 - (height * unit) / 2}" width="${width * unit}" height="${height * unit}" fill="${fill}"/>`;
  return html`${square(7, "#fff")}${square(6, "#000")}${bar(3.89, 1.17, "#fff")}${bar(1.17, 3.89, "#fff")}`;
}
