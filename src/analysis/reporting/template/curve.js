"use strict";
// Where a wage stands in a distribution, as the package computes it, to the last digit.
const curve = (() => {
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

  // A share in percent with its interval, to what its error allows.
  const worded = (found) => {
    const places = found.se > 0 ? Math.min(1, -Math.floor(Math.log10(found.se) - Math.log10(2))) : 1;
    const to = (round, value) => `${(round(value * 10 ** places) / 10 ** places).toFixed(Math.max(places, 0))}%`;
    return { share: `${Math.round(found.share)}%`, limits: found.se === null ? "" : `${to(Math.round, found.low)} to ${to(Math.round, found.high)}` };
  };

  return { normal, stand, worded };
})();
