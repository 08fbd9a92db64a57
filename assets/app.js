import { initAll } from "./nhsuk/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
// The counter counts as the server does: whole characters, one form for the same letters, no blanks at the ends.
initAll({ characterCount: { countFunction: (text) => [...text.normalize("NFC").trim()].length } });

// Lists with tick boxes: a box for the whole page, and a count that says what a button will act on.
for (const bulk of document.querySelectorAll("[data-lp-bulk]")) {
  const ticks = [...document.querySelectorAll(`input[type=checkbox][form="${bulk.id}"]`)];
  const alls = [...document.querySelectorAll(`[data-lp-select-all="${bulk.id}"]`)];
  const count = bulk.querySelector("[data-lp-count]");

  const say = () => {
    const chosen = ticks.filter((tick) => tick.checked).length;
    count.textContent = `${chosen} selected`;
    bulk.classList.toggle("lp-bulk--active", chosen > 0);
    for (const tick of ticks) tick.closest("tr").classList.toggle("lp-table__chosen", tick.checked);
    for (const all of alls) {
      all.checked = chosen === ticks.length;
      all.indeterminate = chosen > 0 && chosen < ticks.length;
    }
  };

  for (const all of alls) {
    all.closest("label").hidden = false; // without scripts it would do nothing, so it is not shown
    all.addEventListener("change", () => {
      for (const tick of ticks) tick.checked = all.checked;
      say();
    });
  }
  for (const tick of ticks) tick.addEventListener("change", say);
  say();
}
