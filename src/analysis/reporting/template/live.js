"use strict";
// Answers what is typed on the page. Each model below mirrors one of the package's to the cent.
addEventListener("DOMContentLoaded", () => {
  // Marsaglia's series for the normal distribution, exact to rounding.
  const normal = (z) => {
    if (Math.abs(z) > 8) return z > 0 ? 1 : 0;
    let sum = z, last = 0, term = z;
    for (let i = 3; sum !== last; i += 2) { last = sum; term *= z * z / i; sum += term; }
    return 0.5 + sum * Math.exp(-z * z / 2 - 0.9189385332046727);
  };

  // WageDistribution.percentile_estimate: a cubic between knots, lognormal beyond them.
  const stand = ({ scores, log_wages: logs, slopes, tails, ties, error, normal_90: z90 }, usd) => {
    const end = scores.length - 1, log = Math.log(usd);
    const at = (z) => {
      let k = 0;
      while (k < end - 1 && z > scores[k + 1]) k += 1;
      const h = scores[k + 1] - scores[k], t = (z - scores[k]) / h, rise = logs[k + 1] - logs[k];
      return logs[k] + t * (h * slopes[k] + t * (3 * rise - h * (2 * slopes[k] + slopes[k + 1]) +
        t * (h * (slopes[k] + slopes[k + 1]) - 2 * rise)));
    };
    let low = scores[0], high = scores[end];
    for (let i = 0; i < 60; i += 1) {
      const middle = (low + high) / 2;
      if (at(middle) > log) high = middle; else low = middle;
    }
    const tie = ties.find(([wage]) => Math.abs(usd - wage) <= 1e-12 * wage);
    const share = tie ? (tie[1] + tie[2]) / 2 : normal((low + high) / 2 +
      Math.min(log - logs[0], 0) / tails[0] + Math.max(log - logs[end], 0) / tails[1]);
    const se = error === null ? null : 100 * error * Math.sqrt(share * (1 - share));
    return { share: 100 * share, se, low: Math.max(0, 100 * share - z90 * se), high: Math.min(100, 100 * share + z90 * se) };
  };

  // cash_flow.monthly_flows, finance.npv and finance.payback.
  const worth = (facts, chosen) => {
    const v = { ...facts.values, ...chosen }, months = 12 * v.horizon_years, trained = v.training_months;
    const completes = v.completion_rate_pct / 100, attempts = 100 / v.pass_rate_pct, premium = v.premium_pct / 100;
    const exam = trained + v.exam_preparation_months;
    const hired = exam + (attempts - 1) * v.retake_wait_months + (facts.is_entrant ? v.job_search_months : 0);
    const overlap = (m, start, stop) => Math.max(0, Math.min(stop, m + 1) - Math.max(start, m));
    const once = (m, time) => Math.max(0, 1 - Math.abs(m - time));
    const other = (m) => facts.pay_usd[Math.min(m, facts.pay_usd.length - 1)] / (1 + v.certified_share_pct / 100 * premium);
    const holder = (m) => other(m) * (m < facts.apprentice_months ? 1 : 1 + premium);
    const baseline = (m) => facts.is_entrant ? v.baseline_wage_usd * (1 - v.baseline_unemployment_rate_pct / 100) / 12 : other(m);
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
        const pay = holder(facts.is_entrant ? m - start : m);
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

  const dollars = (value) => (value < 0 ? "\u2212$" : "$") + Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: 0 });
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const data = (name, value, text) => `<data class="${name}" value="${value}">${text}</data>`;

  const answers = {
    "offer": (facts, { offer_usd: typed = facts.offer_usd }) => {
      const usd = typed < facts.hourly_below_usd ? typed * facts.hours_a_year : typed;
      const found = stand(facts, usd);
      const places = found.se > 0 ? Math.min(1, -Math.floor(Math.log10(found.se) - Math.log10(2))) : 1;
      const to = (round, value) => `${(round(value * 10 ** places) / 10 ** places).toFixed(Math.max(places, 0))}%`;
      const limits = found.se === null ? "" : ` (90% interval ${to(Math.floor, found.low)} to ${to(Math.ceil, found.high)})`;
      const words = found.share <= 1 ? "hardly" : found.share >= 99 ? "almost" : "offer";
      const text = filled(facts.words[words], { share: `${Math.round(found.share)}%`, limits, offer: dollars(usd) });
      const isBeyond = found.share < 100 * facts.shares[0] - 1e-7 || found.share > 100 * facts.shares[1] + 1e-7;
      const said = text + (isBeyond ? " This lies beyond the published percentiles: an extrapolation." : "");
      return { said, html: `<p>${data("share", found.share, said)}</p><div class="track" aria-hidden="true">` +
        `<i style="left:${found.low}%;width:${found.high - found.low}%"></i><b style="left:${found.share}%"></b></div>` +
        '<p class="ends" aria-hidden="true"><span>lowest paid</span><span>half earn less</span><span>highest paid</span></p>' };
    },
    "what-if": (facts, chosen) => {
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
    form.onsubmit = (event) => event.preventDefault();
    form.hidden = box.hidden = false;
    piece.querySelector(".instead").hidden = true;
    piece.querySelector("details").open = false;
    answer(false);
  });
});
