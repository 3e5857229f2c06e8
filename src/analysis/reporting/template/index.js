"use strict";
addEventListener("DOMContentLoaded", () => {
  const all = (query) => [...document.querySelectorAll(query)];
  const find = document.querySelector(".find");
  if (find) {
    const field = find.querySelector("input"), status = find.querySelector("[role=status]"), list = find.querySelector(".choices");
    field.oninput = () => list.replaceChildren();
    find.onsubmit = (event) => {
      event.preventDefault();
      const places = all("#all-places option").map(({ value, dataset }) => ({ name: value, code: dataset.code }));
      finder.ask(places, field.value, { status, list, pick: (code) => { location.href = `places.html#area=${code}`; } });
    };
  }

  const measure = document.getElementById("measure");
  if (measure) {
    const values = JSON.parse(document.getElementById("tiles").textContent);
    const paint = () => {
      const at = measure.selectedIndex, words = (value) => (at < 2 ? (value / 1000).toFixed(1) : value.toFixed(2));
      const known = Object.values(values).map((each) => each[at]).filter((each) => each !== null).sort((a, b) => a - b);
      const step = (value) => Math.floor(5 * known.indexOf(value) / known.length);
      all(".tiles a").forEach((tile) => {
        const value = values[tile.dataset.code]?.[at] ?? null;
        tile.className = value === null ? "none" : `s${step(value)}`;
        tile.querySelector("small").textContent = value === null ? "\u2013" : words(value);
      });
      document.querySelector(".map .key").innerHTML = [0, 1, 2, 3, 4].map((fifth) => {
        const held = known.filter((each) => step(each) === fifth);
        return held.length ? `<span><i style="background:var(--step-${fifth})"></i>${words(held[0])} to ${words(held.at(-1))}</span>` : "";
      }).join("") + "<span>dashed: not published</span>";
    };
    measure.oninput = paint;
    paint();
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
    told.textContent = `${total} report${total === 1 ? "" : "s"}`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
});
