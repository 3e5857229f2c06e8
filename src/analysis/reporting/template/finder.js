"use strict";
// The one rule by which a place is found by what a reader types: "Boise, Idaho", "boise id", "Boise City, ID".
const finder = (() => {
  const MOST = 8, NEAR = 5;
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f.'\u2019]/g, "").replace(/[^a-z0-9]+/g, " ").trim().replace(/\bsaint\b/g, "st");
  const isState = ({ code }) => /^[A-Z]{2}$/.test(code) && code !== "US";
  const index = (places) => {
    const states = places.filter(isState).map(({ code, name }) => ({ postal: plain(code), name: plain(name) }));
    const entries = places.map((place) => {
      const [, before, postals] = place.name.match(/^(.*), ([A-Z-]+)$/) || [null, place.name, ""];
      const name = plain(place.name), towns = postals ? [...before.split(/[-/]/), before].map(plain) : [name];
      const within = states.filter(({ postal, name: state }) => (postals ? plain(postals).split(" ").includes(postal) : ` ${name} `.includes(` ${state} `)));
      return { place, name, towns, within: isState(place) ? [] : within.map(({ postal }) => postal) };
    });
    return { states, entries };
  };
  const edits = (a, b) => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    [...a].forEach((sign, i) => {
      const next = [i + 1];
      [...b].forEach((other, j) => next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (sign !== other))));
      row = next;
    });
    return row.at(-1);
  };
  // Each way to read what was typed: all of it a name, or its end a state.
  const readings = (asked, states) => [{ head: asked, state: null }, ...states.flatMap(({ postal, name }) => [postal, name].filter((end) => asked.endsWith(` ${end}`)).map((end) => ({ head: asked.slice(0, -end.length - 1), state: postal })))];
  const levels = [
    ({ towns }, head) => towns.includes(head),
    ({ towns }, head) => towns.some((town) => town.startsWith(`${head} `)),
    ({ towns }, head) => towns.some((town) => town.startsWith(head)),
    ({ name }, head) => name.includes(head),
  ];

  // Places that fit best, or where none fits, the nearest; `fits` tells which.
  const search = (places, text) => {
    const asked = plain(text), { states, entries } = index(places), ways = readings(asked, states);
    const whole = entries.filter(({ place, name }) => plain(place.code) === asked || (name === asked && place.name.includes(",")));
    if (whole.length) return { fits: true, places: whole.map(({ place }) => place) };
    for (const level of levels) {
      const found = entries.filter((entry) => ways.some(({ head, state }) => (!state || entry.within.includes(state)) && level(entry, head)));
      if (found.length) return { fits: true, places: found.map(({ place }) => place) };
    }
    const distance = ({ towns }) => Math.min(...ways.flatMap(({ head }) => towns.map((town) => Math.min(edits(head, town), town.startsWith(`${head} `) ? 0 : Infinity) / head.length)));
    const near = entries.map((entry) => [distance(entry), entry]).filter(([far]) => far <= 0.4).sort(([a], [b]) => a - b).map(([, entry]) => entry);
    const named = ways.map(({ state }) => state).filter(Boolean);
    const around = entries.filter(({ place, within }) => named.includes(plain(place.code)) || (!place.name.includes(",") && within.some((state) => named.includes(state))));
    return { fits: false, places: [...new Set([...near.slice(0, around.length ? 3 : NEAR), ...around])].slice(0, NEAR).map(({ place }) => place) };
  };

  // Goes to the one place that fits; else lists what there is to choose from in `list`, and says why in `status`.
  const ask = (places, text, { status, list, pick }) => {
    list.replaceChildren();
    status.textContent = "";
    if (!plain(text)) return;
    const { fits, places: found } = search(places, text);
    if (fits && found.length === 1) { pick(found[0].code); return; }
    const rest = found.length - MOST;
    status.textContent = fits ? `${found.length} places fit \u201c${text.trim()}\u201d; choose one${rest > 0 ? `, or type more of the name: ${rest} are not listed` : ""}.`
      : `No place fits \u201c${text.trim()}\u201d.${found.length ? " The nearest:" : ""}`;
    list.append(...found.slice(0, MOST).map(({ code, name }) => {
      const item = document.createElement("li"), button = Object.assign(document.createElement("button"), { type: "button", textContent: isState({ code }) ? `${name} (${code})` : name });
      button.onclick = () => { list.replaceChildren(); status.textContent = ""; pick(code); };
      item.append(button);
      return item;
    }));
  };
  return { ask, search };
})();
