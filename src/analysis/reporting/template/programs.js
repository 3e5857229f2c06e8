"use strict";
addEventListener("DOMContentLoaded", () => {
  const STEP = 40; // rows put on the page at a time: the rest is searched, not drawn
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const names = ["unitid", "school", "state", "control", "level", "completers", "earnings", "isSoon", "threshold", "verdict", "debt", "campuses"];
  const rows = JSON.parse(document.getElementById("programs").textContent).map((values) => {
    const row = Object.fromEntries(names.map((name, i) => [name, values[i]]));
    return Object.assign(row, { text: plain(row.school) });
  });
  const form = document.querySelector(".filter");
  const table = document.querySelector("table");
  const more = document.querySelector(".more button");
  const told = form.querySelector("[role=status]");
  const heads = [...table.tHead.rows[0].cells];
  const numbers = new Intl.NumberFormat("en-US");
  const made = (tag, text = "", className = "") => Object.assign(document.createElement(tag), { textContent: text, className });
  const usd = (value) => (value === null ? "not published" : `$${numbers.format(value)}`);
  const cell = (value, write) => made("td", value === null ? "not published" : write(value), value === null ? "number none" : "number");
  const compared = new Intl.Collator("en", { numeric: true }).compare;
  let key = "school";
  let falling = false;
  let found = rows;
  let drawn = 0;

  const line = (row) => {
    const tr = made("tr");
    const school = made("th", row.school);
    school.scope = "row";
    school.append(made("small", [row.level, row.control, row.state].filter(Boolean).join(", ")),
      made("small", `UNITID ${row.unitid}${row.campuses > 1 ? `; figures shared by ${row.campuses} campuses` : ""}`),
      made("small", `High school ${usd(row.threshold)}; debt ${usd(row.debt)}; completers ${row.completers ?? "not published"}`, "less"));
    const earnings = cell(row.earnings, usd);
    if (row.earnings !== null && row.isSoon) earnings.append(made("small", "1 year after"));
    tr.append(school, earnings, cell(row.threshold, usd), made("td", row.verdict || "none given", row.verdict || "none"),
      cell(row.debt, usd), cell(row.completers, numbers.format));
    return tr;
  };
  const draw = () => {
    table.tBodies[0].append(...found.slice(drawn, drawn + STEP).map(line));
    drawn = Math.min(found.length, drawn + STEP);
    more.hidden = drawn >= found.length;
    more.textContent = `Show ${Math.min(STEP, found.length - drawn)} more`;
  };
  const order = (a, b) => {
    const [x, y] = [a[key], b[key]];
    const isEmpty = (value) => value === null || value === "";
    if (isEmpty(x) || isEmpty(y)) return isEmpty(x) - isEmpty(y) || a.place - b.place; // what has no value comes last either way
    const ahead = typeof x === "string" ? compared(x, y) : x - y;
    return (falling ? -ahead : ahead) || a.place - b.place;
  };
  const search = () => {
    const [school, state, level, control, verdict] = ["school", "state", "level", "control", "verdict"].map((name) => form.elements[name].value);
    const words = plain(school).split(/\s+/).filter(Boolean);
    const is = (asked, value) => !asked || (asked === "-" ? !value : asked === value);
    found = rows.filter((row) => is(state, row.state) && is(level, row.level) && is(control, row.control) &&
      is(verdict, row.verdict) && words.every((word) => row.text.includes(word)));
    if (key !== "school" || falling) found.sort(order);
    table.tBodies[0].replaceChildren();
    drawn = 0;
    draw();
    const silent = found.filter((row) => row.earnings === null).length;
    told.textContent = `${numbers.format(found.length)} program${found.length === 1 ? "" : "s"}, ${numbers.format(silent)} without published earnings`;
  };
  rows.forEach((row, place) => { row.place = place; });
  heads.forEach((head) => head.querySelector("button").addEventListener("click", () => {
    falling = head.dataset.key === key ? !falling : false;
    key = head.dataset.key;
    heads.forEach((other) => other.setAttribute("aria-sort", other !== head ? "none" : falling ? "descending" : "ascending"));
    search();
  }));
  more.addEventListener("click", () => {
    const next = drawn;
    draw();
    const row = table.tBodies[0].rows[next];
    row.tabIndex = -1;
    row.focus();
  });
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = table.hidden = false;
  search();
});
