"use strict";
addEventListener("DOMContentLoaded", () => {
  const all = (query) => [...document.querySelectorAll(query)];
  const map = document.querySelector(".map form");
  if (map) {
    const choose = () => all("[data-map]").forEach((shown) => { shown.hidden = shown.dataset.map !== map.elements.map.value; });
    map.hidden = false;
    map.oninput = choose;
    map.onsubmit = (event) => event.preventDefault();
    choose();
  }

  const form = document.querySelector(".filter");
  if (!form) return;
  const told = form.querySelector("[role=status]");
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const moment = (text) => Date.parse(text.replace(" UTC", "Z").replace(" ", "T"));
  const groups = all(".group").map((group) => ({ group, title: plain(group.querySelector("h2").textContent) }));
  // Read once, at the first question: thousands of rows are no hindrance then.
  let rows = null;
  const read = () => groups.flatMap(({ group, title }) => [...group.querySelector("tbody").rows].map((row) => ({
    row, group, text: `${title} ${plain(row.textContent)}`, built: moment(row.dataset.built),
  })));

  const filter = () => {
    const [text, question, area, status, days] = ["text", "question", "area", "status", "days"].map((name) => form.elements[name].value);
    const words = plain(text).split(/\s+/).filter(Boolean);
    const isAsked = Boolean(words.length || question || area || status || days);
    if (!rows && !isAsked) return;
    rows ??= read();
    const latest = rows.reduce((last, { built }) => (built > last ? built : last), 0);
    const since = Date.now() - Math.abs(days) * 864e5;
    const isOfAge = (built) => days === "" || (days === "0" ? built === latest : days < 0 ? built < since : built >= since);
    const shown = new Map(groups.map(({ group }) => [group, 0]));
    rows.forEach(({ row, group, text: there, built }) => {
      const fits = (!question || question === group.dataset.question) && (!area || area === row.dataset.area) &&
        (!status || status === row.dataset.status) && isOfAge(built) && words.every((word) => there.includes(word));
      row.hidden = !fits;
      shown.set(group, shown.get(group) + fits);
    });
    let total = 0;
    shown.forEach((count, group) => { group.hidden = !count; total += count; });
    all(".questions, .map, .moved").forEach((part) => { part.hidden = isAsked; });
    told.textContent = `${total} report${total === 1 ? "" : "s"}`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
});
