"use strict";
// Answers what is typed on the page. Each model below mirrors one of the package's to the cent.
addEventListener("DOMContentLoaded", () => {
  // cash_flow.monthly_flows, finance.npv and finance.payback.
  const worth = (facts, chosen) => {
    const v = { ...facts.values, ...chosen }, months = 12 * v.horizon_years, trained = v.training_months;
    const completes = v.completion_rate_pct / 100, attempts = 100 / v.pass_rate_pct, premium = v.premium_pct / 100;
    const exam = trained + v.exam_preparation_months;
    const hired = exam + (attempts - 1) * v.retake_wait_months + (facts.is_entrant ? v.job_search_months : 0);
    const overlap = (m, start, stop) => Math.max(0, Math.min(stop, m + 1) - Math.max(start, m));
    const once = (m, time) => Math.max(0, 1 - Math.abs(m - time));
    const other = (m) => facts.pay_usd[Math.min(m, facts.pay_usd.length - 1)] / (1 + v.certified_share_pct / 100 * premium);
    const shape = (m) => facts.baseline_shape[Math.min(m, facts.baseline_shape.length - 1)];
    const baseline = (m) => facts.is_entrant ? v.baseline_wage_usd * (1 - v.baseline_unemployment_rate_pct / 100) / 12 * shape(m) : other(m);
    const preparation = v.membership_usd + v.materials_usd + v.study_hours * v.baseline_wage_usd / 2080;
    const works = completes * v.placement_rate_pct / 100, stays = 1 - v.annual_separation_rate_pct / 100;
    const first = Math.floor(hired), part = hired - first;
    let npv = 0, total = 0, payback = 0, isBelow = false;
    const totals = [];
    for (let m = 0; m < months; m += 1) {
      const enrolled = overlap(m, 0, trained / 2) + completes * overlap(m, trained / 2, trained);
      let net = -v.tuition_usd * (trained > 0 ? enrolled / trained : once(m, 0)) -
        completes * (once(m, trained) * preparation + once(m, exam) * v.exam_fee_usd * attempts) -
        v.foregone_share_pct / 100 * enrolled * baseline(m);
      for (const [start, weight] of [[first, 1 - part], [first + 1, part]]) {
        if (m < start) continue;
        const isFull = (facts.is_entrant ? m - start : m) >= facts.apprentice_months;
        const pay = other(facts.starts_at_hire ? m - start : m) * (isFull ? 1 + premium : 1);
        net += weight * works * stays ** ((m - start) / 12) * (pay - baseline(m) - v.renewal_usd_per_year / 12);
      }
      if (isBelow && payback === null && total + net >= 0) payback = (m - 1 - total / net) / 12;
      total += net;
      if (!isBelow && total < 0) { isBelow = true; payback = null; }
      totals.push(total);
      npv += net * (1 + v.discount_rate_pct / 100) ** (-m / 12);
    }
    return { npv, payback, totals };
  };

  // required_fte, reserve_for_target, plan_hires and simulate_backlog, on the same draws (mulberry32).
  const drawing = (seed) => {
    let state = seed | 0;
    return () => {
      state = state + 0x6D2B79F5 | 0;
      let mixed = Math.imul(state ^ state >>> 15, 1 | state);
      mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed);
      return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
    };
  };
  const within = ([low, high, likely], u) => {
    const width = high - low;
    if (likely === null || width === 0) return low + width * u;
    return u * width <= likely - low ? low + Math.sqrt(u * width * (likely - low))
      : high - Math.sqrt((1 - u) * width * (high - likely));
  };
  const middle = ([low, high, likely]) => likely === null ? (low + high) / 2 : (low + high + likely) / 3;
  const factors = ([lost, right, rework, routine, proposed, saving, penalty], adoption) => ({
    paid: 1 - lost, rework: 1 + (1 - right) * rework,
    tool: 1 - adoption * routine * (proposed * saving - (1 - proposed) * penalty) });
  const perRecord = (speed, { paid, rework, tool }) => 5 * 480 / speed * rework * tool / (2400 * paid);

  // How long the type that waits longest waits at the end of each day, at so many coders over those kept busy.
  const year = (facts, records, minutes) => {
    const types = facts.priority, random = drawing(facts.seed), weights = facts.weekday_weights;
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    const busy = types.reduce((sum, type) => sum + records[type] * minutes[type], 0);
    const scatter = (cv) => { const s = Math.sqrt(Math.log1p(cv * cv)); return [s, s > 0 ? (s / Math.sinh(s)) ** 3 : 1]; };
    const weekdays = weights.map((weight) => types.map((type) => {
      const expected = weight / mean * records[type];
      return [expected, ...scatter(Math.sqrt(facts.arrivals_cv ** 2 + (expected > 0 ? 1 / expected : 0)))];
    }));
    const [s, one] = scatter(facts.capacity_cv);
    const z = () => 2 * (random() + random() + random()) - 3;
    const days = [];
    for (let n = 0; n < facts.runs * facts.days; n += 1) {
      const arrivals = weekdays[n % facts.days % weights.length].map(([expected, sd, unit]) => Math.exp(sd * z()) * unit * expected);
      days.push([...arrivals, Math.exp(s * z()) * one * busy]);
    }
    return (reserve, target) => {
      let kept = 0, waiting;
      for (let n = 0; n < days.length; n += 1) {
        if (n % facts.days === 0) waiting = types.map(() => 0);
        let left = days[n][types.length] * reserve, longest = 0;
        for (let i = 0; i < types.length; i += 1) {
          waiting[i] += days[n][i];
          const coded = Math.min(waiting[i], left / minutes[types[i]]);
          waiting[i] -= coded;
          left -= coded * minutes[types[i]];
          if (records[types[i]] > 0) longest = Math.max(longest, waiting[i] / records[types[i]]);
        }
        if (longest <= target) kept += 1;
      }
      return kept / days.length;
    };
  };

  const staffed = (facts, chosen) => {
    const v = { ...facts.values, ...chosen }, types = Object.keys(facts.speeds), adoption = v.adoption_pct / 100;
    const records = Object.fromEntries(types.map((type) => [type, v[`${type}_per_day`]]));
    const total = types.reduce((sum, type) => sum + records[type], 0);
    if (total === 0) return null;
    const middles = factors(facts.ranges.map(middle), adoption);
    const minutes = Object.fromEntries(types.map((type) => [type, 480 / middle(facts.speeds[type]) * middles.rework * middles.tool]));
    const workload = types.reduce((sum, type) => sum + records[type] * perRecord(middle(facts.speeds[type]), middles), 0);
    const share = year(facts, records, minutes), goal = v.target_share_pct / 100;
    let low = 99, high = facts.most_reserve_pct;
    if (share(high / 100, v.target_days + 1e-9) < goal) return null;
    while (high - low > 1) {
      const between = Math.floor((low + high) / 2);
      if (share(between / 100, v.target_days + 1e-9) >= goal) high = between; else low = between;
    }
    const reserve = high / 100, random = drawing(facts.seed);
    const columns = [...facts.ranges, ...types.map((type) => facts.speeds[type])]
      .map((range) => Float64Array.from({ length: facts.draws }, () => within(range, random())));
    const ftes = Float64Array.from({ length: facts.draws }, (_, n) => {
      const drawn = factors(facts.ranges.map((_, i) => columns[i][n]), adoption);
      return reserve * types.reduce((sum, type, i) => sum + records[type] * perRecord(columns[facts.ranges.length + i][n], drawn), 0);
    }).sort();
    const [fteLow, fte, fteHigh] = [0.05, 0.5, 0.95].map((q) => {
      const at = q * (facts.draws - 1), k = Math.floor(at);
      return ftes[k] + (at - k) * ((ftes[k + 1] ?? ftes[k]) - ftes[k]);
    });
    const leave = 1 - (1 - v.turnover_pct / 100) ** (1 / 12), target = Math.ceil(workload * reserve);
    let hires = 0, heads = v.coders, left = v.coders, backlog = facts.backlog_days;
    for (let month = 1; month <= facts.months; month += 1) {
      if (month > facts.months_to_fill) {
        const hired = Math.max(0, Math.ceil(target - heads - 1e-9));
        hires += hired;
        heads += hired;
      }
      for (let day = 0; day < facts.days_per_month; day += 1) backlog = Math.max(0, backlog + 1 - left / workload);
      heads *= 1 - leave;
      left *= 1 - leave;
    }
    const pay = facts.loaded_wage_usd;
    return { fte, fteLow, fteHigh, hires, backlog, coders: v.coders, days: v.target_days, target,
      within: 100 * share(v.coders / workload, v.target_days),
      payroll: pay === null ? null : [fte, fteLow, fteHigh].map((each) => pay * each) };
  };

  const dollars = (value) => (value < 0 ? "\u2212$" : "$") + Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: 0 });
  const plain = (value, places) => value.toLocaleString("en-US", { minimumFractionDigits: Math.max(places, 0), maximumFractionDigits: Math.max(places, 0) });
  // wording.amount and wording.interval: to what the error allows, limits outward.
  const placesOf = (se, most) => Math.min(most, -Math.floor(Math.log10(se) - Math.log10(2)));
  const rounded = (value, places, round) => round(Number((value * 10 ** places).toPrecision(15))) / 10 ** places;
  const estimated = (value, low, high, most, write) => {
    if (high <= low) return write(value, Math.min(most, 2));
    const digits = 2 - Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1)));  // three at least
    const places = Math.min(most, Math.max(placesOf((high - low) / (2 * 1.6448536269514722), most), digits));
    const [middle, from, to] = [[value, Math.round], [low, Math.round], [high, Math.round]].map(([each, round]) => write(rounded(each, places, round), places));
    return `${middle} (${from} to ${to})`;
  };
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const data = (name, value, text) => `<data class="${name}" value="${value}">${text}</data>`;

  const answers = {
    "offer": (facts, { offer_usd: typed = facts.offer_usd }) => {
      const usd = typed < facts.hourly_below_usd ? typed * facts.hours_a_year : typed;
      const found = curve.stand(facts, usd), told = curve.worded(found);
      const limits = told.limits && ` (90% interval ${told.limits})`;
      const words = found.share <= 1 ? "hardly" : found.share >= 99 ? "almost" : "offer";
      const text = filled(facts.words[words], { share: told.share, limits, offer: dollars(usd) });
      const isBeyond = found.share < 100 * facts.shares[0] - 1e-7 || found.share > 100 * facts.shares[1] + 1e-7;
      const said = text + (isBeyond ? " This lies beyond the published percentiles: an extrapolation." : "");
      return { said, html: `<p>${data("share", found.share, said)}</p><div class="track" aria-hidden="true">` +
        `<i style="left:${found.low}%;width:${found.high - found.low}%"></i><b style="left:${found.share}%"></b></div>` +
        '<p class="ends" aria-hidden="true"><span>lowest paid</span><span>half earn less</span><span>highest paid</span></p>' };
    },
    "team": (facts, chosen) => {
      const found = staffed(facts, chosen);
      if (found === null) {
        const said = "No team keeps this target: enter at least one record a day, or allow more days.";
        return { said, html: `<p>${said}</p>` };
      }
      const need = estimated(found.fte, found.fteLow, found.fteHigh, 6, plain);
      const one = (value) => plain(value, 1);
      const share = `${Math.round(found.within)}%`, backlog = `${Math.round(found.backlog)} days`;
      const said = `${need} full-time coders needed. ${one(found.coders)} keep the backlog within ${found.days} days on ` +
        `${share} of days; with nobody hired it reaches ${backlog} after ${facts.months} months.`;
      const rows = [["Full-time coders needed", `${data("fte", found.fte, need)}<data class="fte_low" value="${found.fteLow}"></data><data class="fte_high" value="${found.fteHigh}"></data>`],
        ["Days within the target, team of today", data("within", found.within, share)],
        [`Backlog after ${facts.months} months, nobody hired`, data("backlog", found.backlog, `${backlog} of arrivals`)],
        [`Hires in ${facts.months} months, to ${found.target} coders`, data("hires", found.hires, `${found.hires}`)],
        ["Pay of the coders needed, a year", found.payroll === null ? "no wage is published" :
          data("payroll", found.payroll[0], estimated(...found.payroll, 0, dollars))]];
      return { said, html: `<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>` };
    },
    "what-if": ({ accounts }, { account = 0, ...chosen }) => {
      const facts = accounts[account];
      const found = worth(facts, chosen), years = chosen.horizon_years ?? facts.values.horizon_years;
      const again = found.payback === null ? `not within ${years} years` :
        found.payback === 0 ? "at once: it never costs more than it brings" : `after ${found.payback.toFixed(1)} years`;
      const value = dollars(Math.round(found.npv / 100) * 100);
      const said = `Worth about ${value} over ${years} years. Breaks even ${again}.`;
      const least = Math.min(0, ...found.totals), span = Math.max(1, Math.max(0, ...found.totals) - least);
      const y = (total) => (100 - 100 * (total - least) / span).toFixed(1);
      const line = found.totals.map((total, m) => `${(600 * m / found.totals.length).toFixed(1)},${y(total)}`).join(" ");
      return { said, html: `<dl><div><dt>Net present value, about</dt><dd>${data("npv", found.npv, value)}</dd></div>` +
        `<div><dt>Breaks even</dt><dd>${data("payback", found.payback ?? "", again)}</dd></div></dl>` +
        '<svg aria-hidden="true" viewBox="0 -3 600 106" preserveAspectRatio="none">' +
        `<path d="M0 ${y(0)}H600"/><polyline points="${line}"/></svg>` +
        `<p class="ends" aria-hidden="true"><span>today</span><span>running total of gains less costs</span><span>year ${years}</span></p>` };
    },
  };

  document.querySelectorAll(".live").forEach((piece) => {
    const [form, box, status] = ["form", ".answer-box", "[role=status]"].map((query) => piece.querySelector(query));
    const facts = JSON.parse(piece.querySelector("script").textContent);
    const chosen = {};
    let waiting;
    const answer = (isAsked) => {
      const { said, html } = answers[piece.dataset.live](facts, chosen);
      box.innerHTML = html;
      clearTimeout(waiting);  // a screen reader hears the answer once typing pauses
      if (isAsked) waiting = setTimeout(() => { status.textContent = said; }, 700);
    };
    const numbers = [...form.querySelectorAll("[type=number]")];
    numbers.forEach((number) => {
      const slider = number.closest("p").querySelector("[type=range]");
      const typed = (from, to) => {
        const value = from.valueAsNumber;
        const isWrong = Number.isNaN(value) || value < Number(number.min) || value > Number(number.max);
        number.setAttribute("aria-invalid", isWrong);
        if (isWrong) return;
        to.value = value;
        chosen[number.name] = value;
        answer(true);
      };
      number.oninput = () => typed(number, slider);
      slider.oninput = () => typed(slider, number);
    });
    form.querySelectorAll("select").forEach((list) => {
      list.onchange = () => {
        chosen[list.name] = Number(list.value);
        const values = facts.accounts[chosen.account].values;
        numbers.filter((number) => !(number.name in chosen)).forEach((number) => {
          const rounded = Math.round(values[number.name] / number.step) * number.step;
          number.value = number.closest("p").querySelector("[type=range]").value = Number(rounded.toFixed(4));
        });
        answer(true);
      };
    });
    form.onsubmit = (event) => event.preventDefault();
    form.hidden = box.hidden = false;
    piece.querySelector(".instead").hidden = true;
    piece.querySelector("details").open = false;
    answer(false);
  });
});
