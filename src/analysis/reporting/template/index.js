"use strict";
addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".filter");
  if (!form) return;
  const groups = [...document.querySelectorAll(".group")];
  const cards = document.querySelector(".questions");
  const told = form.querySelector("[role=status]");
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

  const filter = () => {
    const [text, question, area, status] = ["text", "question", "area", "status"].map((name) => form.elements[name].value);
    const words = plain(text).split(/\s+/).filter(Boolean);
    let shown = 0;
    groups.forEach((group) => {
      const title = plain(group.querySelector("h2").textContent);
      let any = 0;
      [...group.querySelector("tbody").rows].forEach((row) => {
        const there = title + " " + plain(row.textContent);
        const fits = (!question || question === group.dataset.question) && (!area || area === row.dataset.area) &&
          (!status || status === row.dataset.status) && words.every((word) => there.includes(word));
        row.hidden = !fits;
        any += fits;
      });
      group.hidden = !any;
      shown += any;
    });
    cards.hidden = Boolean(words.length || question || area || status);
    told.textContent = shown === 1 ? "1 report" : `${shown} reports`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
});
