"use strict";
// What a reader takes away, made in the page itself: a table as CSV or Excel, a figure as SVG or PNG,
// each with its title, its source and the day the page was built.
const save = (() => {
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const slug = (text) => text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "file";
  const page = () => `${document.title}. ${location.protocol === "file:" ? "" : location.href}`.trim();
  const file = (parts, type, name) => {
    const link = made("a", { href: URL.createObjectURL(new Blob(parts, { type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // Plain numbers without dollar and thousands; no text that a spreadsheet would run.
  const field = (text) => {
    const shown = text.replace(/\s+/g, " ").trim();
    const digits = shown.replace(/[$,]/g, "").replace("\u2212", "-");
    if (/^[+-]?\d+(\.\d+)?%?$/.test(digits) && /^\S*$/.test(shown)) return digits;
    return /^[\x00\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(shown) ? `'${shown}` : shown;
  };
  const rows = (table) => [...table.rows].filter((row) => !row.hidden).map((row) => [...row.cells].map((cell) => field(cell.textContent)));
  const quoted = (text) => (/[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csv = (all) => all.map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";

  // A workbook is a zip of XML; stored, not packed, it needs only a checksum.
  const crc = (bytes) => {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let k = 0; k < 8; k += 1) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
    }
    return ~sum >>> 0;
  };
  const zip = (files) => {
    const parts = [], list = [], text = new TextEncoder();
    let at = 0;
    const number = (value, size) => Uint8Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 255);
    for (const [name, content] of files) {
      const [title, body] = [text.encode(name), text.encode(content)];
      const head = [number(20, 2), number(2048, 2), number(0, 2), number(0, 2), number(33, 2), number(crc(body), 4), number(body.length, 4), number(body.length, 4), number(title.length, 2), number(0, 2)];
      parts.push(number(0x04034b50, 4), ...head, title, body);
      list.push(number(0x02014b50, 4), number(20, 2), ...head, number(0, 2), number(0, 2), number(0, 2), number(0, 4), number(at, 4), title);
      at = parts.reduce((sum, part) => sum + part.length, 0);
    }
    const size = list.reduce((sum, part) => sum + part.length, 0);
    return [...parts, ...list, number(0x06054b50, 4), number(0, 4), number(files.length, 2), number(files.length, 2), number(size, 4), number(at, 4), number(0, 2)];
  };
  const xml = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "");
  const sheet = (all) => `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${all.map((row) => `<row>${row.map((cell) =>
    (/^[+-]?\d+(\.\d+)?$/.test(cell) ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t>${xml(cell)}</t></is></c>`)).join("")}</row>`).join("")}</sheetData></worksheet>`;
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
  const workbook = (table, about) => zip([
    ["[Content_Types].xml", `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${[1, 2].map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join("")}</Types>`],
    ["_rels/.rels", `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `${HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets><sheet name="Table" sheetId="1" r:id="r1"/><sheet name="About" sheetId="2" r:id="r2"/></sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${[1, 2].map((n) => `<Relationship Id="r${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join("")}</Relationships>`],
    ["xl/worksheets/sheet1.xml", HEAD + sheet(table)],
    ["xl/worksheets/sheet2.xml", HEAD + sheet(about)],
  ]);
  const about = (table) => {
    const source = table.closest(".output, .numbers, .part, .body")?.querySelector("p.source")?.textContent || "";
    return [["Title", table.caption?.textContent || ""], ["Source", source], ["Page", page()], ["Built", document.querySelector("meta[name=built]")?.content || ""]];
  };

  // The drawing as it is by day, its title and measure on top and its source below.
  const drawing = (figure) => {
    const svg = figure.querySelector(".wide svg") || figure.querySelector("svg");
    const [x, y, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const wrap = (text, most) => text.split(/\s+/).reduce((lines, word) => {
      if (lines.length && `${lines.at(-1)} ${word}`.length <= most) lines.push(`${lines.pop()} ${word}`); else lines.push(word);
      return lines;
    }, []);
    const measure = figure.querySelector("figcaption span")?.textContent || "";
    const source = figure.querySelector(".source")?.textContent || "";
    let top = 14;
    const line = (text, size, weight, color) => { const at = top; top += size * 1.3; return `<text x="${x + 4}" y="${at}" font-size="${size}" font-weight="${weight}" fill="${color}">${xml(text)}</text>`; };
    const words = [...wrap(figure.dataset.title, 74).map((text) => line(text, 12, 700, "#1f2933")), ...wrap(measure, 105).map((text) => line(text, 9, 400, "#616e7c"))].join("");
    const above = top, body = svg.innerHTML.replace(/var\(--[\w-]+, ([^)]+)\)/g, "$1");
    top += height + 4;
    const below = wrap(`${source} ${document.querySelector("meta[name=built]")?.content || ""}`, 120).map((text) => line(text, 7.5, 400, "#616e7c")).join("");
    return { width, height: top, text: `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}pt" height="${top}pt" viewBox="${x} 0 ${width} ${top}" font-family="Arial, Helvetica, sans-serif"><rect x="${x}" width="${width}" height="${top}" fill="#fff"/>${words}<g transform="translate(0 ${above - y})" style="stroke-linejoin: round">${body}</g>${below}</svg>` };
  };
  const png = (figure, name) => {
    const { width, height, text } = drawing(figure);
    const image = new Image();
    image.onload = () => {
      const canvas = made("canvas", { width: Math.round(width * 3), height: Math.round(height * 3) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => file([blob], "image/png", `${name}.png`));
    };
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
  };

  addEventListener("DOMContentLoaded", () => document.querySelectorAll("figure.chart").forEach((figure) => {
    const name = slug(figure.dataset.title), box = made("details", { className: "take" }), list = made("p", {});
    const does = (text, act) => { const button = made("button", { type: "button", textContent: text }); button.setAttribute("aria-label", `${text}: ${figure.dataset.title}`); button.onclick = act; list.append(button); };
    box.append(made("summary", { textContent: "Save or cite" }), list);
    does("PNG", () => png(figure, name));
    does("SVG", () => file([drawing(figure).text], "image/svg+xml", `${name}.svg`));
    does("Copy citation", async (event) => {
      const source = figure.querySelector(".source")?.textContent || "";
      const told = `\u201c${figure.dataset.title}.\u201d ${page()} ${source}`;
      try { await navigator.clipboard.writeText(told); event.target.textContent = "Copied"; } catch { event.target.after(told); }
    });
    figure.querySelector(".chart-bar").append(box);
  }));

  return {
    csv: (table) => csv(rows(table)),
    csvFile: (table, name) => file(["\ufeff", csv(rows(table)), "\r\n", csv(about(table).map((row) => row.map(field)))], "text/csv", `${slug(name)}.csv`),
    xlsx: (table, name) => file(workbook(rows(table), about(table).map((row) => row.map(field))), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", `${slug(name)}.xlsx`),
  };
})();
