// The score sheet by keyboard: 0 to 4 choose a score while the focus is in that part, Ctrl+Enter saves and goes on.
for (const form of document.querySelectorAll("[data-lp-scoring]")) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=next]"));
      return;
    }
    const part = event.target.closest(".lp-rec-criterion");
    const typing = event.target.matches("textarea");
    if (!part || typing || event.ctrlKey || event.metaKey || event.altKey || !/^[0-4]$/.test(event.key)) return;
    const score = part.querySelector(`input[type=radio][value="${event.key}"]`);
    event.preventDefault();
    score.checked = true;
    score.focus();
  });
}
