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
  });
})();
