"use strict";
// What a table of figures can do: sort, filter, show all its rows, be copied and saved.
addEventListener("DOMContentLoaded", () => {
  const MANY = 12; // rows from which on a filter helps
  const TALL = 24; // rows from which on a table scrolls in its box
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const button = (text) => made("button", { type: "button", textContent: text });
  const numeral = (text) => text.replace(/[$,%\s]/g, "").replace("\u2212", "-");

  // A click on a header sorts by its column; what has no value comes last either way.
  const sorted = (rows, column, falling) => {
    const keyed = rows.map((row) => {
      const cell = row.cells[column];
      const text = (cell.dataset.sort ?? cell.textContent).trim();
      const digits = numeral(text);
      const found = /^[+-]?[\d.]+/.exec(digits);
      return { row, text, empty: text === "" || text === "\u2013" || text === "not published",
        number: found && (digits === found[0] || cell.classList.contains("number")) ? Number(found[0]) : NaN };
    });
    const order = (a, b) => {
      if (a.empty || b.empty) return a.empty - b.empty;
      const words = isNaN(a.number) - isNaN(b.number);
      if (words) return words;
      const ahead = isNaN(a.number) ? a.text.localeCompare(b.text, "en", { numeric: true }) : a.number - b.number;
      return falling ? -ahead : ahead;
    };
    return keyed.sort(order).map((item) => item.row);
  };
  const sortable = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (head.tagName !== "TH") return;
      const sort = made("button", { type: "button" });
      sort.append(...head.childNodes);
      head.append(sort);
      head.setAttribute("aria-sort", "none");
      sort.onclick = () => {
        const falling = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.hasAttribute("aria-sort") && other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        table.tBodies[0].append(...sorted([...table.tBodies[0].rows], column, falling));
      };
    });
  };

  const tools = (table) => {
    const rows = [...table.tBodies[0].rows];
    const name = table.caption ? table.caption.textContent : "table";
    const sheet = made("div", { className: "sheet" });
    const bar = made("div", { className: "sheet-bar" });
    const box = table.closest(".table") || table;
    box.before(sheet);
    sheet.append(bar, box);
    if (rows.length >= MANY) {
      const texts = rows.map((row) => plain(row.textContent));
      const search = made("label", { textContent: "Filter " });
      const input = made("input", { type: "search", autocomplete: "off" });
      const told = made("output", {});
      input.setAttribute("aria-label", `Filter rows: ${name}`);
      input.oninput = () => {
        const words = plain(input.value).split(/\s+/).filter(Boolean);
        let shown = 0;
        rows.forEach((row, i) => {
          row.hidden = !words.every((word) => texts[i].includes(word));
          shown += !row.hidden;
        });
        told.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
      };
      search.append(input);
      bar.append(search, told);
      bar.classList.add("wide");
    }
    const copy = button("");
    const label = (words) => { copy.textContent = words; copy.setAttribute("aria-label", `${words}: ${name}`); };
    copy.dataset.does = "csv";
    label("Copy");
    copy.onclick = async () => {
      const text = save.csv(table);
      try { await navigator.clipboard.writeText(text); } catch {
        const area = made("textarea", { value: text, className: "unseen" });
        copy.after(area);
        area.select();
        document.execCommand("copy");
        area.remove();
        copy.focus();
      }
      label("Copied");
      setTimeout(label, 2000, "Copy");
    };
    bar.append(copy);
    for (const [words, act] of [["CSV", save.csvFile], ["Excel", save.xlsx]]) {
      const file = button(words);
      file.setAttribute("aria-label", `Save as ${words}: ${name}`);
      file.onclick = () => act(table, name);
      bar.append(file);
    }
    if (rows.length > TALL) {
      const all = button("");
      const fold = (folded) => {
        box.classList.toggle("tall", folded);
        all.textContent = folded ? `Show all ${rows.length} rows` : "Show fewer rows";
        all.setAttribute("aria-expanded", !folded);
      };
      all.className = "more";
      all.onclick = () => { fold(!box.classList.contains("tall")); dispatchEvent(new Event("resize")); };
      fold(true);
      sheet.append(all);
    }
  };

  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    if (!table.tHead || !table.tBodies.length) return;
    sortable(table);
    if (table.dataset.sortable !== "plain") tools(table);
  });

  // What scrolls can be reached by keyboard; what does not is no stop on the way.
  const reach = () => {
    const boxes = [...document.querySelectorAll("div.figure, .table")];
    const isWide = boxes.map((box) => box.scrollWidth > box.clientWidth);
    const isTall = boxes.map((box) => box.scrollHeight > box.clientHeight + 1);
    boxes.forEach((box, i) => {
      if (isWide[i] || isTall[i]) box.tabIndex = 0; else box.removeAttribute("tabindex");
      if (isWide[i] || box.querySelector("thead .long")) box.closest(".sheet")?.classList.add("broad");
    });
  };
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
  reach();
});
