"use strict";
(() => {
  const root = document.documentElement;
  const kept = (value) => {
    try {
      if (value) localStorage.setItem("theme", value);
      return localStorage.getItem("theme");
    } catch { return null; }
  };
  const wished = kept();
  if (wished) root.dataset.theme = wished;
  root.classList.add("js");

  addEventListener("DOMContentLoaded", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const button = document.querySelector("[data-does=theme]");
    const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
    const label = () => { button.textContent = isDark() ? "Light" : "Dark"; };
    button.setAttribute("aria-label", "Switch between light and dark");
    button.hidden = false;
    button.onclick = () => { root.dataset.theme = isDark() ? "light" : "dark"; kept(root.dataset.theme); label(); };
    dark.addEventListener("change", label);
    label();
    document.querySelectorAll("table[data-sortable]").forEach(sortable);
  });

  // A click on a header sorts by its column; what has no value comes last either way.
  const sortable = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (head.tagName !== "TH") return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.onclick = () => {
        const falling = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        body.append(...sorted([...body.rows], column, falling));
      };
    });
  };
  const sorted = (rows, column, falling) => {
    const keyed = rows.map((row) => {
      const cell = row.cells[column];
      const text = (cell.dataset.sort ?? cell.textContent).trim();
      const digits = text.replace(/[$,%\s]/g, "").replace("\u2212", "-");
      return { row, text, empty: text === "", number: digits === "" ? NaN : Number(digits) };
    });
    const order = (a, b) => {
      if (a.empty || b.empty) return a.empty - b.empty;
      const words = isNaN(a.number) - isNaN(b.number);
      if (words) return words;
      const ahead = isNaN(a.number) ? a.text.localeCompare(b.text, "en") : a.number - b.number;
      return falling ? -ahead : ahead;
    };
    return keyed.sort(order).map((item) => item.row);
  };
})();
