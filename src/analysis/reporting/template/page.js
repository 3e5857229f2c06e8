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

  // Sections fold; what is searched for or linked to in a folded one opens it.
  all("section > .body").forEach((body) => {
    const heading = body.previousElementSibling;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    const fold = (folded) => {
      body.hidden = folded;
      if (folded) body.setAttribute("hidden", "until-found");
      button.textContent = folded ? "Unfold" : "Fold";
      button.setAttribute("aria-expanded", !folded);
    };
    button.setAttribute("aria-describedby", heading.id);
    button.onclick = () => fold(!body.hidden);
    body.addEventListener("beforematch", () => fold(false));
    addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target === heading || body.contains(target)) fold(false);
    });
    fold(false);
    heading.before(button);
  });

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
