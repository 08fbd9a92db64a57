// While somebody ticks, the panel beside the list is counted anew. The server counts, so the browser never holds who is in
// touch with which community, and there is one rule for what a share is.
const form = document.querySelector("[data-lp-mix-form]");
const said = form?.querySelector("[data-lp-ticked]");
let asking;

const ticked = () => [...form.querySelectorAll("input[name=applications]:checked")].map((tick) => tick.value);

const count = async () => {
  asking?.abort();
  asking = new AbortController();
  const panel = form.querySelector("[data-lp-mix]");
  const chosen = ticked();
  said.textContent = chosen.length ? `${chosen.length} ticked` : "Nobody ticked";
  const query = new URLSearchParams(chosen.map((reference) => ["applications", reference]));
  try {
    const answer = await fetch(`${panel.dataset.lpMix}?${query}`, { signal: asking.signal });
    if (!answer.ok || answer.redirected) throw new Error("not counted");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    panel.replaceWith(page.querySelector("[data-lp-mix]"));
  } catch (problem) {
    if (problem.name !== "AbortError") said.textContent = "The panel could not be counted. Load the page again.";
  }
};

form?.addEventListener("change", (event) => {
  if (event.target.matches("input[name=applications]")) count();
});
// After "Back" the browser ticks again what was ticked.
if (form && ticked().length) count();
