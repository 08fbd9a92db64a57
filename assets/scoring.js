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
    if (!score) return;
    event.preventDefault();
    score.checked = true;
    score.focus();
  });
}

// The page before an application has one thing to do: Ctrl+Enter does it.
for (const form of document.querySelectorAll("[data-lp-go]")) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
