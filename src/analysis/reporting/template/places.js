"use strict";
// Compares places, and sets an offer beside each; what is chosen stands in the page's address.
addEventListener("DOMContentLoaded", () => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const { places, most, pages } = facts;
  const by = new Map(places.map((place) => [place.code, place]));
  const find = (query) => document.querySelector(query);
  const form = find(".choose"), status = find(".said"), result = find("#result"), list = find(".chosen");
  const usd = (value) => (value === null ? "not published" : `$${Math.round(value).toLocaleString("en-US")}`);
  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const chosen = { codes: [], offer: null };

  // #area=OH,19430&offer=52000
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    chosen.codes = [...new Set((asked.get("area") || "").split(","))].filter((code) => by.has(code)).slice(0, most);
    const offer = Number(asked.get("offer"));
    chosen.offer = offer > 0 && offer <= 1e6 ? offer : null;
    form.elements.offer.value = chosen.offer ?? "";
  };
  const write = () => {
    const parts = [chosen.codes.length && `area=${chosen.codes.join(",")}`, chosen.offer && `offer=${chosen.offer}`].filter(Boolean);
    history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : location.pathname);
  };

  const yearly = () => (chosen.offer < facts.hourly_below_usd ? chosen.offer * facts.hours_a_year : chosen.offer);
  const stand = (place) => (place.curve && chosen.offer ? curve.stand({ scores: facts.scores, log_wages: place.wages.map(Math.log), shares: facts.shares, ties: [], normal_90: facts.normal_90, ...place.curve }, yearly()) : null);
  const chance = (a, b) => {
    if ([a, b].some((place) => place.wages[2] === null || place.median[2] === null)) return null;
    const spread = Math.hypot(a.median[2], b.median[2]);
    const gap = a.wages[2] - b.wages[2];
    return spread ? curve.normal(gap / spread) : 0.5 + 0.5 * Math.sign(gap);
  };
  const percent = (share) => (share < 0.01 ? "less than 1%" : share > 0.99 ? "more than 99%" : `${Math.round(100 * share)}%`);

  const cell = (text, limits, more = "") => `<td class="number">${escaped(text)}${limits ? `<small>${escaped(limits)}</small>` : ""}${more}</td>`;
  const table = (shown) => {
    const row = (name, cells) => `<tr><th scope="row">${name}</th>${cells.join("")}</tr>`;
    const kinds = { nation: "published", state: "", metropolitan: "metropolitan area", nonmetropolitan: "nonmetropolitan area" };
    const names = ["10th percentile", "25th percentile", "Median wage", "75th percentile", "90th percentile"];
    const wages = names.map((name, i) => row(i === 2 ? `${name}<small>90% interval, our estimate</small>` : name,
      shown.map((place) => (i === 2 ? cell(place.median[0], place.median[1]) : cell(usd(place.wages[i]))))));
    const offer = chosen.offer ? [row(`Earn less than ${usd(yearly())}<small>90% interval</small>`, shown.map((place) => {
      const found = stand(place);
      if (!found) return cell("not published");
      const told = curve.worded(found);
      return `<td class="number"><data class="share" data-place="${place.code}" value="${found.share}">${told.share}</data>${told.limits ? `<small>${told.limits}</small>` : ""}</td>`;
    }))] : [];
    return `<div class="table" tabindex="0" role="group" aria-label="Places side by side"><table><caption>Places side by side, USD a year</caption><thead><tr><th scope="col">What</th>${
      shown.map((place) => `<th scope="col" class="number">${escaped(place.name)}<small>${kinds[place.kind]}</small></th>`).join("")}</tr></thead><tbody>${
      [...wages, ...offer, row("Median at national prices", shown.map((place) => cell(usd(place.prices)))),
        row("Jobs<small>90% interval</small>", shown.map((place) => cell(place.jobs[1], place.jobs[2]))),
        row("Per 1,000 jobs of the place", shown.map((place) => cell(place.per_1000 === null ? "\u2013" : String(place.per_1000)))),
        row("Openings a year", shown.map((place) => cell(place.openings[0], place.openings[0] === "not published" ? "" : `${place.openings[2] === "official" ? "published" : "model: national rates"}; ${left(place.parts)} replace people who leave`))),
      ].join("")}</tbody></table></div>`;
  };

  const left = ([growth, exits, transfers]) => (growth >= 0 ? `${Math.round(100 * (exits + transfers) / (growth + exits + transfers))}%` : "all");
  const strip = (shown) => {
    const drawn = shown.filter((place) => place.wages[0] !== null && place.wages[4] !== null);
    if (!drawn.length) return "";
    const offer = chosen.offer ? yearly() : null;
    const least = Math.min(...drawn.map((place) => place.wages[0])), top = Math.max(...drawn.map((place) => place.wages[4]));
    const width = innerWidth < 640 ? 360 : 760, height = 44 * drawn.length + 40;
    const x = (value) => (10 + (width - 20) * (value - least * 0.95) / (top * 1.03 - least * 0.95)).toFixed(1);
    const step = (top - least) / (width / 110) > 15000 ? 20000 : 10000;
    const ticks = Array.from({ length: 60 }, (_, i) => i * step).filter((value) => value > least * 0.97 && value < top * 1.01);
    const rows = drawn.map((place, i) => {
      const [p10, p25, p50, p75, p90] = place.wages, y = 44 * i + 34;
      return `<text x="10" y="${y - 14}">${escaped(place.name)} <tspan class="quiet">median ${place.median[0]}</tspan></text><line class="range" x1="${x(p10)}" x2="${x(p90)}" y1="${y}" y2="${y}"/>${
        p25 !== null && p75 !== null ? `<rect class="middle" x="${x(p25)}" width="${x(p75) - x(p25)}" y="${y - 7}" height="14"/>` : ""}${p50 === null ? "" : `<line class="median" x1="${x(p50)}" x2="${x(p50)}" y1="${y - 9}" y2="${y + 9}"/>`}`;
    });
    const at = offer !== null && offer > least * 0.95 && offer < top * 1.03 ? `<line class="offer" x1="${x(offer)}" x2="${x(offer)}" y1="6" y2="${height - 24}"/><text class="offer-text" text-anchor="${x(offer) > width / 2 ? "end" : "start"}" x="${x(offer)}" y="${height - 14}" dx="${x(offer) > width / 2 ? -4 : 4}">offer ${usd(offer)}</text>` : "";
    return `<svg class="strip" role="img" aria-label="Pay in ${escaped(drawn.map((place) => place.name).join(", "))}: 10th to 90th percentile, middle half and median; the table has the numbers" viewBox="0 0 ${width} ${height}">${
      ticks.map((value) => `<line class="grid" x1="${x(value)}" x2="${x(value)}" y1="20" y2="${height - 24}"/><text class="quiet" text-anchor="middle" x="${x(value)}" y="${height - 2}">$${value / 1000}k</text>`).join("")}${rows.join("")}${at}</svg><p class="source">Line: 10th to 90th percentile; bar: the middle half; mark: the median.</p>`;
  };

  const chances = (shown) => shown.flatMap((a, i) => shown.slice(i + 1).map((b) => {
    const share = chance(a, b);
    if (share === null) return `<li>${escaped(a.name)} and ${escaped(b.name)}: not known, a median or its error is not published.</li>`;
    const [high, low, how] = share >= 0.5 ? [a, b, share] : [b, a, 1 - share];
    return `<li><data class="chance" data-pair="${a.code} ${b.code}" value="${share}">${percent(how)}</data>: chance that the median is higher in ${escaped(high.name)} than in ${escaped(low.name)}.</li>`;
  })).join("");

  const show = () => {
    const shown = chosen.codes.map((code) => by.get(code));
    document.documentElement.classList.toggle("has-choice", shown.length > 0);
    list.innerHTML = shown.map((place) => `<li><button type="button" data-drop="${place.code}" aria-label="Take ${escaped(place.name)} out">${escaped(place.name)} \u00d7</button></li>`).join("");
    document.querySelectorAll("[data-place]").forEach((tile) => tile.tagName === "BUTTON" && tile.setAttribute("aria-pressed", chosen.codes.includes(tile.dataset.place)));
    if (!shown.length) { result.innerHTML = ""; return; }
    const beside = shown.length === 1 && shown[0].code !== "US" ? [shown[0], by.get("US")] : shown;
    const names = shown.map((place) => place.name);
    const links = shown.flatMap((place) => (pages[place.code] || []).map(([name, path]) => `<li><a href="${path}">${escaped(name)}: ${escaped(place.name)}</a></li>`)).join("");
    result.innerHTML = `<h2 id="side">${escaped(names.length === 1 ? `${names[0]}: median wage ${shown[0].median[0]}` : names.join(" and ").replace(/ and (?=.* and )/g, ", "))}</h2>${strip(beside)}${table(beside)}${
      beside.length > 1 ? `<h2>Which pays more?</h2><ul>${chances(beside)}</ul>` : ""}${links ? `<h2>Reports of these places</h2><ul>${links}</ul>` : ""}<p class="row-tools"><button type="button" data-does="link">Copy link</button><button type="button" data-does="csv">CSV</button><button type="button" data-does="xlsx">Excel</button><button type="button" data-does="print">Print</button></p>`;
    const sheet = result.querySelector("table"), title = `coders ${names.join(" ")}`;
    result.querySelector("[data-does=csv]").onclick = () => save.csvFile(sheet, title);
    result.querySelector("[data-does=xlsx]").onclick = () => save.xlsx(sheet, title);
    result.querySelector("[data-does=print]").onclick = () => print();
    result.querySelector("[data-does=link]").onclick = async () => {
      try { await navigator.clipboard.writeText(location.href); status.textContent = "The link is copied."; } catch { status.textContent = location.href; }
    };
  };

  const add = (code) => {
    if (chosen.codes.includes(code)) chosen.codes = chosen.codes.filter((other) => other !== code);
    else if (chosen.codes.length === most) { status.textContent = `At most ${most} places; take one out first.`; return; }
    else chosen.codes = [...chosen.codes, code];
    status.textContent = "";
    write();
    show();
  };
  const pick = (code) => {
    if (!chosen.codes.includes(code)) add(code);
    form.elements.place.value = "";
    form.elements.place.focus();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    finder.ask(places, form.elements.place.value, { status, list: find(".choices"), pick });
  };
  form.elements.place.oninput = (event) => {
    find(".choices").replaceChildren();
    const isFromList = !event.inputType || event.inputType === "insertReplacementText";
    const found = isFromList && places.find((place) => place.name === event.target.value);
    if (found) pick(found.code);
  };
  form.elements.offer.oninput = (event) => {
    const value = event.target.valueAsNumber;
    const isWrong = event.target.value !== "" && !(value > 0 && value <= 1e6);
    event.target.setAttribute("aria-invalid", isWrong);
    chosen.offer = isWrong || Number.isNaN(value) ? null : value;
    status.textContent = isWrong ? "An offer is between $1 and $1,000,000." : chosen.offer && chosen.offer < facts.hourly_below_usd ? `Taken as an hourly wage: ${usd(yearly())} a year.` : "";
    write();
    show();
  };
  document.addEventListener("click", (event) => {
    const drop = event.target.closest("[data-drop]"), tile = event.target.closest("button[data-place]");
    if (drop) add(drop.dataset.drop);
    if (tile) add(tile.dataset.place);
  });

  const measures = {
    "median wage": [(place) => place.wages[2], usd, (value) => (value / 1000).toFixed(1)],
    "median wage at national prices": [(place) => place.prices, usd, (value) => (value / 1000).toFixed(1)],
    "jobs per 1,000 jobs": [(place) => place.per_1000, (value) => value.toFixed(2), (value) => value.toFixed(2)],
  };
  const select = find(".map select");
  select.append(...Object.keys(measures).map((name) => Object.assign(document.createElement("option"), { textContent: name })));
  const paint = () => {
    const [value, words, short] = measures[select.value];
    const tiles = [...document.querySelectorAll(".tiles button")].map((tile) => [tile, by.has(tile.dataset.place) ? value(by.get(tile.dataset.place)) : null]);
    const known = tiles.map(([, each]) => each).filter((each) => each !== null).sort((a, b) => a - b);
    const step = (each) => Math.floor(5 * known.indexOf(each) / known.length);
    tiles.forEach(([tile, each]) => {
      tile.className = each === null ? "none" : `s${step(each)}`;
      tile.title = `${tile.querySelector("i").textContent.trim()}: ${each === null ? "not published" : words(each)}`;
      tile.querySelector("small").textContent = each === null ? "\u2013" : short(each);
      tile.disabled = !by.has(tile.dataset.place);
    });
    find(".key").innerHTML = [0, 1, 2, 3, 4].map((fifth) => {
      const held = known.filter((each) => step(each) === fifth);
      return held.length ? `<span><i style="background:var(--step-${fifth})"></i>${words(held[0])} to ${words(held.at(-1))}</span>` : "";
    }).join("") + "<span>dashed: not published</span>";
  };
  select.onchange = paint;

  form.hidden = find(".map").hidden = false;
  addEventListener("hashchange", () => { read(); show(); });
  read();
  paint();
  show();
});
