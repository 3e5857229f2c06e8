"use strict";
addEventListener("DOMContentLoaded", () => {
  const all = (query) => [...document.querySelectorAll(query)];
  const root = document.documentElement;

  const code = document.querySelector("[data-does=code]");
  const blocks = all("details.code");
  code.hidden = !blocks.length;
  code.onclick = () => {
    const shown = root.classList.toggle("with-code");
    code.setAttribute("aria-pressed", shown);
    code.textContent = shown ? "Hide code" : "Show code";
    blocks.forEach((block) => { block.open = shown; });
  };

  const wide = matchMedia("(min-width: 66rem)");
  const contents = document.querySelector(".contents details");
  const fit = () => { contents.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  contents.firstElementChild.onclick = (event) => { if (wide.matches) event.preventDefault(); };
  contents.lastElementChild.onclick = () => { if (!wide.matches) contents.open = false; };

  // What is linked to within something folded opens it.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let box = target?.closest("details:not([open])"); box; box = box.parentElement.closest("details:not([open])")) box.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  if (location.hash) open();

  const print_ = document.querySelector("[data-does=print]");
  print_.hidden = false;
  print_.onclick = () => { all("details:not(.code, .take)").forEach((box) => { box.open = true; }); print(); };

  const place = document.querySelector("[data-does=place]");
  if (place) {
    place.hidden = false;
    place.onchange = () => { if (place.value) location.href = `${place.dataset.base}places.html#area=${place.value}`; };
  }

  const links = new Map(all(".contents a").map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(entry.target.getAttribute("aria-labelledby"))?.setAttribute("aria-current", "true");
    });
  }, { rootMargin: "-15% 0px -70% 0px" });
  all("section[aria-labelledby]").forEach((section) => seen.observe(section));

  all("[data-does=copy]").forEach((button) => {
    const text = button.previousElementSibling;
    button.hidden = false;
    button.onclick = async () => {
      getSelection().selectAllChildren(text);
      try { await navigator.clipboard.writeText(text.textContent); } catch { document.execCommand("copy"); }
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    };
  });
});
